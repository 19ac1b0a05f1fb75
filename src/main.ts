import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { environment, readConfig } from './config';
import { createLogger } from './platform/logging/logger';
import { startApp } from './start-app';

/** Requests under way get this long to finish; then the process ends with what they have written. */
const DRAIN_TIMEOUT_MS = 25_000;

// V8 would let the heap grow to several times what lives before it collects; half again is enough for the same
// rate, and keeps the process below 200 MB under load.
setFlagsFromString('--heap-growing-percent=50');

async function main(): Promise<void> {
  const config = readConfig(environment());
  const log = createLogger(config.logging.LOG_LEVEL);
  const app = await startApp(config, log);
  log.info({ url: app.url }, 'listening');
  let isStopping = false;
  const stop = (why: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  // Started by another program over a channel: it is told the address, and when it is gone so are we.
  process.once('disconnect', () => stop('the starting program ended'));
  process.send?.({ listening: app.url });
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
