import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { textAt } from '../../src/shared/json';

const ROOT = join(__dirname, '../..');
/** Loading Nest and migrating take about a second; a busy machine takes several. */
const START_TIMEOUT_MS = 30_000;

/** The app as a process of its own, so that it can be killed like one. */
export class CrashApp {
  private child: ChildProcess | null = null;
  private address = '';

  constructor(private readonly settings: Readonly<Record<string, string>>) {}

  /** Changes with every start. */
  get url(): string {
    return this.address;
  }

  /** Settles when it listens; `changes` are settings for this start. */
  async start(changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...this.settings, ...changes },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.once('exit', (_, signal) => {
      // Nobody but us may end it: what it said last is the reason why everything else fails.
      if (signal !== 'SIGKILL') process.stderr.write(`the app ended by itself: ${said}\n`);
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the app did not start: ${said}`);
    });
    // Only its first race matters; a later end is a kill of ours.
    ended.catch(() => undefined);
    const listening = once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    const messages: unknown[] = await Promise.race([listening, ended]);
    this.address = textAt(messages[0], 'listening') ?? '';
  }

  /** SIGKILL: nothing is finished, nothing is written, nobody is told. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** Compiles what is not compiled yet; the processes run from there. */
export async function compileApp(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/setup.mjs'), '--quiet']);
}
