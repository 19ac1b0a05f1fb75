import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { textAt } from '../../src/shared/json';
import { within } from './crash-within';

/** Of the sources or of what they were compiled to; programs are always run from the latter. */
const HERE = join(__dirname, '../..');
const ROOT = basename(HERE) === 'dist' ? dirname(HERE) : HERE;
/** Loading Nest and migrating take about a second. Six at once, beside everything else, took more than thirty. */
const START_TIMEOUT_MS = 90_000;

/** The end of what a process said is enough to see why it ended. */
const SAID_MAX = 4_000;

type Settings = Readonly<Record<string, string>>;

/** The app as a process of its own, so that it can be killed like one. */
export class CrashApp {
  private child: ChildProcess | null = null;
  private address = '';
  /** What it said when it ended by itself, which nothing excuses. */
  readonly ownEnds: string[] = [];

  /** `preload` is loaded before the app: it may replace parts of it. */
  constructor(
    private readonly settings: Settings,
    private readonly preload: string | null = null,
  ) {}

  /** Changes with every start. */
  get url(): string {
    return this.address;
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Settles when it listens; `changes` are settings for this start. */
  async start(changes: Settings = {}): Promise<void> {
    const preload = this.preload === null ? [] : ['--require', this.preload];
    const child = spawn(process.execPath, [...preload, join(ROOT, 'dist/src/main.js')], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...this.settings, ...changes },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    let said = '';
    let isListening = false;
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-SAID_MAX);
    });
    child.once('exit', (_, signal) => {
      if (signal === 'SIGKILL' || !isListening) return;
      // Nobody but us may end it: what it said last is the reason why everything else fails.
      this.ownEnds.push(said);
      process.stderr.write(`the app ended by itself: ${said}\n`);
    });
    this.address = await addressOf(child, () => `the app did not start: ${said}`);
    isListening = true;
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

/** The simulators as a process of their own, which nobody kills; their memory is in that file. */
export async function startSandboxProcess(settings: Settings) {
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/sandbox/main.js')], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = await addressOf(child, () => 'the simulators did not start');
  const close = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { url, close };
}

/** Where a program that was just started listens; one that does not say so in time does not stay. */
async function addressOf(child: ChildProcess, complaint: () => string): Promise<string> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(complaint());
  });
  // Only its first race matters; a later end is a kill of ours.
  ended.catch(() => undefined);
  const told = Promise.race([once(child, 'message'), ended]);
  try {
    const what = `${child.spawnargs.at(-1)} says where it listens`;
    const messages: unknown[] = await within(START_TIMEOUT_MS, what, told);
    return textAt(messages[0], 'listening') ?? '';
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Compiles what is not compiled yet; the processes run from there. */
export async function compileApp(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/setup.mjs'), '--quiet']);
}
