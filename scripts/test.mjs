/**
 * `npm test`: every kind of test but the kills of `npm run test:crash`, then one line that says how many ran. A run
 * that tested nothing fails: a pattern without a match must not look like success.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson } from './lib/files.mjs';
import { root, setupOrExplain } from './setup.mjs';

/** Runs jest to its end; a signal to us goes to jest, which has children of its own to stop. */
function runJest(args, { isWhole, niceness }) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [jest, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The whole of it runs many files as one, see test/together.
    env: { ...process.env, ...(isWhole ? { KASSA_TEST_TOGETHER: '1' } : {}) },
  });
  // What it starts later inherits it.
  if (niceness > 0) beNice(child.pid, niceness);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function beNice(pid, niceness) {
  try {
    setPriority(pid, niceness);
  } catch {
    // It only makes the whole of it take longer.
  }
}

/** Lines at the end, because what a row says of a test may be a thousand lines above. */
function nameNotPassed(result) {
  for (const file of result.testResults) {
    const path = file.name.replace(`${root}/`, '');
    if (file.status === 'failed' && file.assertionResults.length === 0)
      process.stdout.write(`could not run: ${path}\n`);
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') continue;
      process.stdout.write(
        `${status === 'failed' ? 'failed' : 'skipped'}: ${fullName} (${path})\n`,
      );
    }
  }
}

function summarise(results) {
  const total = (name) => results.reduce((sum, result) => sum + result[name], 0);
  const [passed, failed] = [total('numPassedTests'), total('numFailedTests')];
  const skipped = total('numPendingTests') + total('numTodoTests');
  results.forEach(nameNotPassed);
  const ran = passed + failed;
  if (ran === 0) process.stdout.write('No test ran, and that counts as a failure.\n');
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return ran > 0;
}

const NOTHING_RAN = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

/**
 * What jest is called with: rows of projects, side by side. Tests with a database wait for most of their time, and the
 * others work. Each row has a database server of its own, because an open transaction of one test holds up the events
 * of another on the same server; on a server that was given to us all that need one stay in one row.
 */
function rowsOf(args) {
  if (args.length > 0) return [{ args, niceness: 0 }];
  const { projects } = createRequire(import.meta.url)('../jest.config.js');
  const rows = new Map();
  for (const { displayName, globalSetup } of projects) {
    if (displayName === ELSEWHERE) continue;
    const row = rowOf(displayName, globalSetup !== undefined);
    rows.set(row, [...(rows.get(row) ?? []), displayName]);
  }
  return [...rows.entries()].flatMap(([row, names]) =>
    partsOf(row).map((part) => ({
      args: ['--selectProjects', ...names, ...part],
      niceness: NICENESS[row] ?? 0,
    })),
  );
}

function partsOf(row) {
  return PARTS[row]?.map((shares) => ['--testPathPatterns', shares]) ?? [[]];
}

function rowOf(project, needsDatabase) {
  if (needsDatabase && process.env.TEST_DATABASE_URL !== undefined) return 'database';
  return ROWS[project] ?? 'others';
}

/** Rows that take about as long as one another. */
const ROWS = {
  e2e: 'e2e',
  integration: 'integration',
  'new-provider': 'new-provider',
  contract: 'contract',
  sandbox: 'contract',
  pdf: 'pdf',
  launcher: 'pdf',
};

/** One that takes longer than the others is several, by the numbers of its shares. */
const PARTS = { e2e: ['e2e-[1]', 'e2e-[2]', 'e2e-[3]'] };

/**
 * Who would else be the last one goes first, and what has compilers of its own, and no deadlines, takes what the others
 * leave. More than these steps would cost: a processor that many take in turns has less in its caches.
 */
const NICENESS = { e2e: 1, contract: 2, pdf: 2, others: 2, 'new-provider': 6 };

/** What `npm run test:crash` runs: docs/decisions/0019. */
const ELSEWHERE = 'crash';

async function runOne({ args, niceness, isWhole, outputFile }) {
  // Six thousand tests that passed would hide the one that did not.
  const quiet = isWhole ? ['--verbose=false'] : [];
  const report = ['--json', `--outputFile=${outputFile}`];
  const code = await runJest([...args, ...quiet, ...report], { isWhole, niceness });
  return { code, result: readJson(outputFile) ?? NOTHING_RAN };
}

async function main() {
  if (!(await setupOrExplain({ quiet: true, withBrowser: true }))) return 1;
  const folder = mkdtempSync(join(tmpdir(), 'kassa-test-result-'));
  try {
    const given = process.argv.slice(2);
    const isWhole = given.length === 0;
    const ended = await Promise.all(
      rowsOf(given).map((row, at) =>
        runOne({ ...row, isWhole, outputFile: join(folder, `${at}.json`) }),
      ),
    );
    const someRan = summarise(ended.map(({ result }) => result));
    const code = Math.max(...ended.map((run) => run.code));
    return code === 0 && !someRan ? 1 : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
