import { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ADMIN_URL_SETTING, dropDatabase, TEMPLATE_SETTING } from './database';
import { KEEPER } from './global-setup';

/** Stopping the server takes a moment; the keeper goes on by itself should it need longer. */
const STOP_TIMEOUT_MS = 30_000;

/** Lets go of the keeper, which then stops the server and removes its files. */
export default async function globalTeardown(): Promise<void> {
  const template = process.env[TEMPLATE_SETTING];
  // A server of our own goes away as a whole.
  if (process.env.TEST_DATABASE_URL && template !== undefined) await dropDatabase(template);
  const keeper: unknown = Reflect.get(globalThis, KEEPER);
  if (!(keeper instanceof ChildProcess) || keeper.exitCode !== null) return;
  Reflect.deleteProperty(globalThis, KEEPER);
  Reflect.deleteProperty(process.env, ADMIN_URL_SETTING);
  keeper.ref();
  const ended = once(keeper, 'exit', { signal: AbortSignal.timeout(STOP_TIMEOUT_MS) });
  keeper.disconnect();
  await ended;
}
