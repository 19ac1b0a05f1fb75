/**
 * `npm test`: every kind of test, then one line that says how many ran. A run that tested nothing
 * fails: a pattern without a match must not look like success.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson } from './lib/files.mjs';
import { root, setupOrExplain } from './setup.mjs';

/** Runs jest to its end; a signal to us goes to jest, which has children of its own to stop. */
function runJest(args) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [jest, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function nameSkipped(result) {
  for (const file of result.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue;
      process.stdout.write(`skipped: ${test.fullName} (${file.name.replace(`${root}/`, '')})\n`);
    }
  }
}

function nameBrokenFiles(result) {
  for (const file of result.testResults) {
    if (file.status !== 'failed' || file.assertionResults.length > 0) continue;
    process.stdout.write(`could not run: ${file.name.replace(`${root}/`, '')}\n`);
  }
}

function summarise(result) {
  const { numPassedTests: passed, numFailedTests: failed } = result;
  const skipped = result.numPendingTests + result.numTodoTests;
  nameSkipped(result);
  nameBrokenFiles(result);
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

async function main() {
  if (!(await setupOrExplain({ quiet: true }))) return 1;
  const folder = mkdtempSync(join(tmpdir(), 'kassa-test-result-'));
  const outputFile = join(folder, 'result.json');
  try {
    const code = await runJest([...process.argv.slice(2), '--json', `--outputFile=${outputFile}`]);
    const someRan = summarise(readJson(outputFile) ?? NOTHING_RAN);
    return code === 0 && !someRan ? 1 : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
