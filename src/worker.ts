import 'reflect-metadata';
import { runProcess } from './run-process';
import { startWorker } from './start-app';

/** The background work alone: the same modules, no routes. Any number of workers may run beside any number of APIs. */
runProcess(startWorker, (_worker, log) => {
  log.info({}, 'working');
  process.send?.({ working: true });
});
