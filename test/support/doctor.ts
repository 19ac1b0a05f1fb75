import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readConfiguration } from '../../scripts/doctor/configuration';
import { examine } from '../../scripts/doctor/examine';
import { readLauncherProcess } from '../../src/launcher/launcher.config';
import { listAt, parseJson, textAt } from '../../src/shared/json';
import { environmentSource } from '../../src/shared/settings-reader';

const PROGRAM = join(__dirname, '../../dist/scripts/doctor.js');
/** A browser takes its time to start, and what is printed here is looked at elsewhere. */
const NO_BROWSER = { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' };

type Settings = Readonly<Record<string, string>>;

export interface Examined {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function environmentOf(settings: Settings) {
  return { PATH: process.env['PATH'], ...NO_BROWSER, ...settings };
}

/** The real program, with these settings and no others. */
export async function runDoctor(
  settings: Settings,
  args: readonly string[] = [],
): Promise<Examined> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: environmentOf(settings),
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
export async function askProgram(settings: Settings): Promise<Report> {
  return reportOf(await runDoctor(settings, ['--json']));
}

/** What the program would say, without starting it: that takes longer than most of what it looks at. */
export async function askDoctor(settings: Settings): Promise<Report> {
  const environment = environmentOf(settings);
  const source = environmentSource(environment, noFile);
  const configuration = readConfiguration(source, readLauncherProcess(environment));
  const { text, code } = await examine(configuration, { asJson: true });
  return reportOf({ code, stdout: text, stderr: '' });
}

function noFile(): string {
  throw new Error('no test setting comes from a file');
}

function reportOf({ code, stdout, stderr }: Examined): Report {
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
