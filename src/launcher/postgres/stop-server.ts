import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError, systemCode } from '../launcher-error';
import { isServerOf } from './pid-file';

const POLL_MS = 20;

/**
 * In order of politeness. SIGINT is the fast shutdown: open transactions are rolled back and a
 * checkpoint is written, which a busy disk may draw out. The other two mean crash recovery later.
 */
const STEPS: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[] = [
  { signal: 'SIGINT', waitMs: 20_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

interface Server {
  readonly pid: number;
  readonly clusterFolder: string;
}

async function hasEnded({ pid, clusterFolder }: Server, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (isServerOf(pid, clusterFolder)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function signalServer({ pid, clusterFolder }: Server, signal: NodeJS.Signals): void {
  if (!isServerOf(pid, clusterFolder)) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** Ends a server; every signal is preceded by a look at whether the number is still its own. */
export async function stopServer(server: Server): Promise<void> {
  for (const { signal, waitMs } of STEPS) {
    signalServer(server, signal);
    if (await hasEnded(server, waitMs)) return;
  }
  throw new LauncherError(`The database server, process ${server.pid}, does not end.`);
}
