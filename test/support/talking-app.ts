import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { textAt } from '../../src/shared/json';

/** Of the sources or of what they were compiled to; programs are always run from the latter. */
const HERE = join(__dirname, '../..');
const ROOT = basename(HERE) === 'dist' ? dirname(HERE) : HERE;
/** Loading Nest and migrating take about a second; a busy machine takes several. */
const START_TIMEOUT_MS = 60_000;

/** The compiled program as a process of its own, with all that it wrote. */
export interface TalkingApp {
  readonly url: string;
  /** Standard output and standard error so far. */
  said(): string;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGUSR2'): void;
  /** Null while it runs. */
  exitCode(): number | null;
  /** Settles when it has ended and all that it wrote is in `said`. */
  ended(): Promise<void>;
  close(): Promise<void>;
}

/** Fails with what the program said when it ends instead of listening. */
export async function startTalkingApp(
  settings: Readonly<Record<string, string>>,
): Promise<TalkingApp> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  const said = (): string => Buffer.concat(chunks).toString('utf8');
  // Not `exit`: what was written last may arrive after it.
  const closed = once(child, 'close');
  const endedEarly = closed.then(() => {
    throw new Error(`the app ended: ${said()}`);
  });
  // Only the race at the start matters.
  endedEarly.catch(() => undefined);
  const listening = once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
  const messages: unknown[] = await Promise.race([listening, endedEarly]);
  const close = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await closed;
  };
  return {
    url: textAt(messages[0], 'listening') ?? '',
    said,
    signal: (name) => void child.kill(name),
    exitCode: () => child.exitCode,
    ended: async () => void (await closed),
    close,
  };
}
