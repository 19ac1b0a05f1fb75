import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError } from '../launcher-error';
import { freePort } from '../ports';
import { isServerOf, readPidFile, removeMisleadingPidFile } from './pid-file';
import { type Place } from './place';
import { askServer } from './probe';
import { PROGRAM_ENVIRONMENT } from './run-program';
import { type ServerLog } from './server-log';
import { stopServer } from './stop-server';

/** A server that answers; `child` is absent for one that outlived an earlier launcher. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly child?: ChildProcess;
}

/** Recovery after a crash replays what was written since the last checkpoint, five minutes at most. */
const READY_TIMEOUT_MS = 120_000;
const POLL_MS = 30;
/** Orphans answer at once, or they are still starting; one that stays silent is replaced. */
const ADOPT_TIMEOUT_MS = 15_000;
/** After a crash the old server's children hold its memory until they notice: seconds at most. */
const MAX_STARTS = 30;
const RETRY_MS = 500;

const PASSING_TROUBLE = /shared memory block|lock file|could not bind|could not create any TCP/;

/** Waits until a server answers or is gone; `undefined` means that it stayed silent. */
async function waitUntilReady(
  server: { readonly port: number; readonly password: string; readonly timeoutMs: number },
  isRunning: () => boolean,
): Promise<'ready' | 'wrong_password' | 'gone' | undefined> {
  const deadline = Date.now() + server.timeoutMs;
  while (Date.now() < deadline) {
    const answer = await askServer(server.port, server.password);
    if (!isRunning()) return 'gone';
    if (answer !== 'silent') return answer;
    await sleep(POLL_MS);
  }
  return undefined;
}

/** The server that an earlier launcher left behind, if it is this folder's and takes our password. */
export async function adoptOrphan(place: Place): Promise<RunningServer | undefined> {
  const { clusterFolder } = place;
  removeMisleadingPidFile(clusterFolder);
  const found = readPidFile(clusterFolder);
  if (found === undefined || !isServerOf(found.pid, clusterFolder)) return undefined;
  const { pid, port = place.state.port ?? 0 } = found;
  const outcome = await waitUntilReady(
    { port, password: place.state.password, timeoutMs: ADOPT_TIMEOUT_MS },
    () => isServerOf(pid, clusterFolder),
  );
  if (outcome === 'ready') return { pid, port };
  await stopServer({ pid, clusterFolder });
  return undefined;
}

function launch({ place, port, log }: { place: Place; port: number; log: ServerLog }) {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  return spawn(join(place.binFolder, 'postgres'), ['-D', place.clusterFolder, ...options], {
    ...place.account,
    cwd: place.clusterFolder,
    env: PROGRAM_ENVIRONMENT,
    stdio: ['ignore', log.descriptor, log.descriptor],
    // Ctrl-C would reach it before the app has finished its work.
    detached: true,
  });
}

async function tryStart(place: Place, log: ServerLog): Promise<RunningServer | undefined> {
  const port = await freePort(place.state.port);
  const child = launch({ place, port, log });
  child.on('error', () => undefined);
  const isRunning = () =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const { password } = place.state;
  const outcome = await waitUntilReady({ port, password, timeoutMs: READY_TIMEOUT_MS }, isRunning);
  if (outcome === 'ready' && child.pid !== undefined) return { pid: child.pid, port, child };
  if (child.pid !== undefined)
    await stopServer({ pid: child.pid, clusterFolder: place.clusterFolder });
  if (outcome !== 'wrong_password') return undefined;
  throw new LauncherError(
    `The password in postgres.json is not the one of the database in ${place.clusterFolder}. ` +
      'Put the right postgres.json back, or remove the data folder to start with an empty one.',
  );
}

/** Adopts or starts the server, again and again while what stands in the way will pass. */
export async function runServer(place: Place, log: ServerLog): Promise<RunningServer> {
  for (let attempt = 1; attempt <= MAX_STARTS; attempt += 1) {
    const server = (await adoptOrphan(place)) ?? (await tryStart(place, log));
    if (server !== undefined) return server;
    if (!PASSING_TROUBLE.test(log.tail())) break;
    await sleep(RETRY_MS);
  }
  throw new LauncherError(`The database did not start. ${log.path} says:\n${log.tail()}`);
}
