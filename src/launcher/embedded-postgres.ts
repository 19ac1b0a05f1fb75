import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { openDataDir } from './data-dir';
import { ensureCluster } from './postgres/cluster';
import { explainUnusable, findPostgresPackage } from './postgres/package';
import { isServerOf } from './postgres/pid-file';
import { choosePlace, type Place } from './postgres/place';
import { databaseUrl, ensureDatabase } from './postgres/probe';
import { runProgram } from './postgres/run-program';
import { openServerLog } from './postgres/server-log';
import { runServer, type RunningServer } from './postgres/server';
import { newPostgresState, readPostgresState, savePostgresState } from './postgres/state';
import { stopServer } from './postgres/stop-server';

export interface EmbeddedPostgres {
  /** A `postgres://` URL with the password in it, of the database `kassa`. */
  readonly url: string;
  /** Settles when the server is no longer there, for whatever reason. */
  readonly ended: Promise<void>;
  /** Rolls back what is open, writes everything to disk and ends the server. */
  readonly stop: () => Promise<void>;
}

/** Loading a program from a cold disk; it then prints its version and ends. */
const CHECK_TIMEOUT_MS = 30_000;
/** An adopted server is not our child, so nobody tells us of its end. */
const WATCH_MS = 1_000;

async function checkBinaries(place: Place): Promise<void> {
  const outcome = await runProgram({
    path: join(place.binFolder, 'postgres'),
    args: ['--version'],
    account: place.account,
    cwd: dirname(place.clusterFolder),
    timeoutMs: CHECK_TIMEOUT_MS,
  });
  if (!outcome.ok) throw explainUnusable(outcome.text);
}

async function untilEnded({ child, pid }: RunningServer, clusterFolder: string): Promise<void> {
  if (child !== undefined) {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (isServerOf(pid, clusterFolder)) return;
      clearInterval(timer);
      resolve();
    }, WATCH_MS);
    timer.unref();
  });
}

/** Remembers the port, creates the database and hands the server over; a failure ends it. */
async function present(
  dataDir: string,
  place: Place,
  { server, stop }: { readonly server: RunningServer; readonly stop: () => Promise<void> },
): Promise<EmbeddedPostgres> {
  const { port } = server;
  const { password } = place.state;
  try {
    savePostgresState(dataDir, { ...place.state, port });
    await ensureDatabase(port, password);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = databaseUrl({ port, password, database: 'kassa' });
  return { url, ended: untilEnded(server, place.clusterFolder), stop };
}

/**
 * Starts the PostgreSQL that npm installed, on a folder of its own, or takes over the one that an
 * earlier start left running there. Only one caller at a time may use a data folder. Throws a
 * LauncherError with the cure where it cannot.
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  readonly log: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const dataDir = openDataDir(options.dataDir);
  const source = findPostgresPackage();
  const state = readPostgresState(dataDir) ?? newPostgresState();
  // Saved before initdb uses it: a password that only the killed attempt knew would lock us out.
  savePostgresState(dataDir, state);
  const place = await choosePlace({ dataDir, source, state, log: options.log });
  await checkBinaries(place);
  await ensureCluster(place, options.log);
  const log = openServerLog(dataDir);
  try {
    const server = await runServer(place, log);
    const stop = () => stopServer({ pid: server.pid, clusterFolder: place.clusterFolder });
    return await present(dataDir, place, { server, stop });
  } finally {
    log.close();
  }
}
