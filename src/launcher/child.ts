import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { textAt } from '../shared/json';
import { type Environment } from './launcher.config';
import { LauncherError, messageOf, systemCode } from './launcher-error';
import { type Part } from './part';

export interface ChildOptions {
  readonly name: string;
  /** A compiled file. */
  readonly script: string;
  readonly environment: Environment;
  /** How long it gets to finish its work after SIGTERM before it is killed. */
  readonly stopTimeoutMs: number;
  /** `pipe` where the launcher reads what the child prints. */
  readonly stdout?: 'inherit' | 'pipe';
}

export interface Child extends Part {
  readonly process: ChildProcess;
  /** Settles with the exit code; 128 and more for a signal, as shells count. */
  readonly exitCode: Promise<number>;
  /** The address that it reports as `{ listening: url }` once it takes requests. */
  untilListening(timeoutMs: number): Promise<string>;
}

/** The system ends a killed process at once, unless the disk holds it. */
const KILL_TIMEOUT_MS = 5_000;
const SIGNAL_BASE = 128;

/** Signals a child and, when it is to die, everything that it started. */
function send(child: ChildProcess, signal: NodeJS.Signals): void {
  // The number of a process that has ended may already belong to another.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

async function endsWithin(ended: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const timeout = sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const result = await Promise.race([ended.then(() => true), timeout]);
  timer.abort();
  return result;
}

function watchEnd(child: ChildProcess): { ended: Promise<string>; exitCode: Promise<number> } {
  const outcome = new Promise<{ text: string; code: number }>((resolve) => {
    child.once('error', (error) => resolve({ text: messageOf(error), code: 1 }));
    child.once('exit', (code, signal) => {
      const text = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      resolve({ text, code: code ?? SIGNAL_BASE });
    });
  });
  return {
    ended: outcome.then(({ text }) => text),
    exitCode: outcome.then(({ code }) => code),
  };
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const url = textAt(message, 'listening');
      if (url !== null) resolve(url);
    });
  });
}

/**
 * Starts a compiled file as a child with a channel to us, whose end tells it that we are gone. It
 * leads a process group of its own, so that Ctrl-C in the terminal reaches the launcher alone.
 */
export function startChild(options: ChildOptions): Child {
  const { name, script, environment, stopTimeoutMs } = options;
  const child = spawn(process.execPath, [script], {
    env: environment,
    stdio: ['ignore', options.stdout ?? 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  const { ended, exitCode } = watchEnd(child);
  const url = listeningUrl(child);
  return {
    name,
    process: child,
    ended,
    exitCode,
    untilListening: async (timeoutMs) => {
      const failed = ended.then((how) => {
        throw new LauncherError(`${name} ${how} before it was ready; its reason is above.`);
      });
      if (await endsWithin(Promise.race([url, failed]), timeoutMs)) return url;
      throw new LauncherError(`${name} was not ready after ${timeoutMs / 1000} s.`);
    },
    stop: async () => {
      send(child, 'SIGTERM');
      if (await endsWithin(ended, stopTimeoutMs)) return;
      send(child, 'SIGKILL');
      if (await endsWithin(ended, KILL_TIMEOUT_MS)) return;
      throw new LauncherError(`process ${child.pid} does not end`);
    },
  };
}
