import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { listAt, parseJson, textAt } from '../../src/shared/json';

const PROGRAM = join(__dirname, '../../dist/scripts/doctor.js');
/** A browser takes its time to start, and what is printed here is looked at elsewhere. */
const NO_BROWSER = { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' };

export interface Examined {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program, with these settings and no others. */
export async function runDoctor(
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Examined> {
  const env = { PATH: process.env['PATH'], ...NO_BROWSER, ...settings };
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...heard };
}

export interface Report {
  readonly code: number | null;
  readonly body: unknown;
  /** `ok`, `warn`, `fail` or `skipped`; undefined where there is no such finding. */
  readonly statusOf: (check: string) => string | undefined;
  readonly messageOf: (check: string) => string;
  readonly failures: readonly string[];
}

/** The same by its JSON. */
export async function askDoctor(settings: Readonly<Record<string, string>>): Promise<Report> {
  const { code, stdout, stderr } = await runDoctor(settings, ['--json']);
  const body = parseJson(stdout);
  const findings = listAt(body, 'findings');
  if (findings.length === 0) throw new Error(`no report: ${stdout}${stderr}`);
  const named = (check: string) => findings.filter((one) => textAt(one, 'check') === check);
  const failed = findings.filter((one) => textAt(one, 'status') === 'fail');
  return {
    code,
    body,
    statusOf: (check) => textAt(named(check)[0], 'status') ?? undefined,
    messageOf: (check) =>
      named(check)
        .map((one) => textAt(one, 'message'))
        .join('\n'),
    failures: failed.map((one) => textAt(one, 'check') ?? ''),
  };
}
