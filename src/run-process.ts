import { setFlagsFromString } from 'node:v8';
import { type AppConfig, environment, readConfig } from './config';
import { describeError } from './platform/logging/describe-error';
import { type Logger } from './platform/logging/log';
import { createLogger } from './platform/logging/logger';

/** Requests and jobs under way get this long to finish; then the process ends with what they have written. */
const DRAIN_TIMEOUT_MS = 25_000;
/** Ctrl-C arrives twice where npm stands in between; who sends a second signal later means it. */
const SAME_SIGNAL_MS = 1_000;

export interface Stoppable {
  close(): Promise<void>;
}

/** Starts what `start` starts and ends it in order: on SIGTERM, SIGINT, or when whoever started us has gone. */
export function runProcess<T extends Stoppable>(
  start: (config: AppConfig, log: Logger) => Promise<T>,
  ready: (running: T, log: Logger) => void,
): void {
  economize();
  run(start, ready).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
}

/** Both are about garbage: what a request leaves behind should go at once, and the heap should stay small. */
function economize(): void {
  // V8 would let the heap grow to several times what lives before it collects; half again is enough for the
  // same rate, and keeps the process below 200 MB under load.
  setFlagsFromString('--heap-growing-percent=50');
  // The start reads rows that stay, from which V8 learns to put every later row among the old objects at once. There
  // each one keeps all that it names until the next full collection: half of all that requests ever read.
  setFlagsFromString('--no-allocation-site-pretenuring');
}

async function run<T extends Stoppable>(
  start: (config: AppConfig, log: Logger) => Promise<T>,
  ready: (running: T, log: Logger) => void,
): Promise<void> {
  const config = readConfig(environment());
  const log = createLogger(config.logging.LOG_LEVEL);
  tellOfCrashes(log);
  const running = await start(config, log);
  let stoppingSinceMs: number | null = null;
  const stop = (why: string) => {
    if (stoppingSinceMs !== null) {
      if (performance.now() - stoppingSinceMs > SAME_SIGNAL_MS) endAtOnce(why, log);
      return;
    }
    stoppingSinceMs = performance.now();
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS).unref();
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // Started by another program over a channel: when it is gone so are we.
  process.once('disconnect', () => stop('the starting program ended'));
  ready(running, log);
}

/** Node.js would print the whole error, which may hold a request with its credentials. */
function tellOfCrashes(log: Logger): void {
  process.on('uncaughtException', (error) => {
    const told = describeError(error);
    log.error({ error: told }, 'crashed');
    // Also where lines are switched off.
    process.stderr.write(`crashed: ${told}\n`);
    process.exit(1);
  });
}

/** What was under way is finished by another process, as after a crash. */
function endAtOnce(why: string, log: Logger): never {
  log.warn({ why }, 'ended at once');
  process.exit(1);
}
