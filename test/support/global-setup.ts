import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ADMIN_URL_SETTING, TEMPLATE_SETTING } from './database';

/** Where the teardown, a module of its own in the same process, finds the child to stop. */
export const KEEPER = Symbol.for('kassa.test-database');

/** Installing, compiling and initdb on a slow machine; a start that takes longer is a failure. */
const START_TIMEOUT_MS = 120_000;

function urlOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('url' in message)) return undefined;
  return typeof message.url === 'string' ? message.url : undefined;
}

function waitForUrl(keeper: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The test database was not ready after ${START_TIMEOUT_MS} ms.`));
    }, START_TIMEOUT_MS);
    keeper.once('error', reject);
    keeper.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The test database ended with code ${code}; its reason is above.`));
    });
    keeper.on('message', (message) => {
      const url = urlOf(message);
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

/**
 * One server for all projects and workers of a run. A process of its own keeps it, outside our
 * process group, so that nothing stays behind even when the run is interrupted or killed.
 */
export default async function globalSetup(): Promise<void> {
  process.env[TEMPLATE_SETTING] ??= `kassa_template_${randomUUID()}`;
  if (process.env[ADMIN_URL_SETTING]) return;
  if (process.env.TEST_DATABASE_URL) {
    process.env[ADMIN_URL_SETTING] = process.env.TEST_DATABASE_URL;
    return;
  }
  const script = join(__dirname, '../../scripts/test-database.mjs');
  const keeper = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  Reflect.set(globalThis, KEEPER, keeper);
  process.env[ADMIN_URL_SETTING] = await waitForUrl(keeper);
  keeper.unref();
  keeper.channel?.unref();
}
