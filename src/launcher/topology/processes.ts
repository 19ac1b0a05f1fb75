import { join } from 'node:path';
import { startChild } from '../child';
import { startEmbeddedPostgres } from '../embedded-postgres';
import { type Environment } from '../launcher.config';
import { findPostgresPackage } from '../postgres/package';
import { readPidFile } from '../postgres/pid-file';
import { type RunningPart, untilReady } from './kept-part';

/** What `close` of a process may take, and a little more. */
const STOP_TIMEOUT_MS = 30_000;

export interface ProcessOptions {
  readonly name: string;
  /** A compiled file below dist/src. */
  readonly script: string;
  readonly environment: Environment;
}

/** Starts a program of ours; settles once it says over its channel that it works. */
export async function launchProcess(options: ProcessOptions): Promise<RunningPart> {
  const { name, environment } = options;
  const script = join(__dirname, '../..', options.script);
  const child = startChild({ name, script, environment, stopTimeoutMs: STOP_TIMEOUT_MS });
  const { ended } = child;
  const ready = new Promise<'ready'>((resolve) => {
    child.process.once('message', () => resolve('ready'));
  });
  await untilReady(name, { ready, ended });
  return { pid: child.process.pid ?? null, ended, stop: () => child.stop() };
}

/** The same PostgreSQL on the same port and data, however often it is started. */
export async function launchDatabase(
  dataDir: string,
  say: (line: string) => void,
): Promise<RunningPart & { readonly url: string }> {
  const server = await startEmbeddedPostgres({ dataDir, log: say });
  const cluster = join(dataDir, `pg${findPostgresPackage().major}`);
  return {
    url: server.url,
    pid: readPidFile(cluster)?.pid ?? null,
    ended: server.ended.then(() => 'ended'),
    stop: server.stop,
  };
}
