import { spawn } from 'node:child_process';
import { messageOf } from '../launcher-error';
import { type Account } from './account';

interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly account: Account | undefined;
  readonly cwd: string;
  readonly timeoutMs: number;
}

export interface Outcome {
  readonly ok: boolean;
  /** What it printed, or why it could not be started. */
  readonly text: string;
}

/** More than any of the programs prints; the rest of a longer text is dropped. */
const MAX_TEXT = 16_384;

/**
 * English messages, because they are read; nothing else of the caller's environment, whose PG…
 * variables are meant for other servers.
 */
export const PROGRAM_ENVIRONMENT = { LC_ALL: 'C' };

/** Runs one of the PostgreSQL programs to its end. */
export function runProgram({ path, args, account, cwd, timeoutMs }: Program): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      ...account,
      cwd,
      env: PROGRAM_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      // Ctrl-C in the terminal is for the launcher, which then stops things in order.
      detached: true,
    });
    let text = '';
    const collect = (chunk: Buffer) => {
      if (text.length < MAX_TEXT) text += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, text: messageOf(error) }));
    child.on('close', (code, signal) => {
      resolve({ ok: code === 0, text: `${text.trim()} (${signal ?? `exit code ${code}`})` });
    });
  });
}
