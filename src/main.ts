import 'reflect-metadata';
import { runProcess } from './run-process';
import { startApp } from './start-app';

/** The HTTP API and, unless RUN_JOBS is false, the background work in the same process. */
runProcess(startApp, (app, log) => {
  log.info({ url: app.url }, 'listening');
  // A starting program with a channel is told the address.
  process.send?.({ listening: app.url });
});
