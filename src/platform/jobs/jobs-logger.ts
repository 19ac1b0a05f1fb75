import { Logger as WorkerLogger } from 'graphile-worker';
import { type Logger } from '../logging/log';

/** Lines of the job library that tell of trouble; a line per job would say nothing that a route's line does not. */
export function jobsLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level: string, message) => {
    if (level === 'error') log.warn({ error: message }, 'jobs');
    else if (level === 'warning') log.debug({ warning: message }, 'jobs');
  });
}
