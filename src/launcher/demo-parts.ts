import { join } from 'node:path';
import { valueAt } from '../shared/json';
import { type Child, startChild } from './child';
import { startEmbeddedPostgres } from './embedded-postgres';
import { readJsonIfPresent, writeJsonAtomically } from './files';
import { type Environment, type LauncherConfig } from './launcher.config';
import { type Part } from './part';
import { freePort } from './ports';
import { say } from './say';

/** Requests under way may be waiting for a provider, whose own limit is shorter. */
const APP_STOP_TIMEOUT_MS = 30_000;
/** It answers from memory and has nothing to finish. */
const SANDBOX_STOP_TIMEOUT_MS = 5_000;
/** Interrupted demo data is completed by the next start. */
const DEMO_DATA_STOP_TIMEOUT_MS = 5_000;

/** Compiled files lie beside each other as the sources do. */
function compiled(path: string): string {
  return join(__dirname, '..', path);
}

/** The user's database, which is not ours to stop, or one that comes with the demo. */
export async function startDatabase(
  config: LauncherConfig,
): Promise<{ readonly url: string; readonly part?: Part }> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl };
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log: say });
  const ended = server.ended.then(
    () => `ended; ${join(config.dataDir, 'postgres.log')} may say why`,
  );
  return { url: server.url, part: { name: 'The database', ended, stop: server.stop } };
}

/** The port of the last start where it is free: stored checkout links lead to it. */
export async function sandboxPort(dataDir: string): Promise<number> {
  const path = join(dataDir, 'sandbox-port.json');
  const known = valueAt(readJsonIfPresent(path), 'port');
  const port = await freePort(typeof known === 'number' ? known : undefined);
  if (typeof known === 'number' && known !== port) {
    say(`port ${known} is taken: pay pages of earlier payments have moved to port ${port}`);
  }
  writeJsonAtomically(path, { port });
  return port;
}

export function startSandbox(environment: Environment): Child {
  return startChild({
    name: 'The simulator',
    script: compiled('sandbox/main.js'),
    environment,
    stopTimeoutMs: SANDBOX_STOP_TIMEOUT_MS,
  });
}

export function startDemoData(environment: Environment): Child {
  return startChild({
    name: 'The demo data',
    script: compiled('launcher/demo-data.js'),
    environment,
    stopTimeoutMs: DEMO_DATA_STOP_TIMEOUT_MS,
    stdout: 'pipe',
  });
}

export function startApp(environment: Environment): Child {
  return startChild({
    name: 'The app',
    script: compiled('main.js'),
    environment,
    stopTimeoutMs: APP_STOP_TIMEOUT_MS,
  });
}
