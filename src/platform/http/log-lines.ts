import { type FastifyRequest } from 'fastify';
import { isObject } from '../../shared/json';

/** Reads with this configuration may log more than the line about the request: they ask a provider or print a document. */
export const LOGS_MORE = { logsMore: true };

/** Commands with this configuration log nothing more, or name the request in it themselves. */
export const LOGS_ONE_LINE = { logsMore: false };

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may log lines besides its own: commands ask providers, reads hardly ever do. */
export function logsMore({ method, routeOptions }: FastifyRequest): boolean {
  const config: unknown = routeOptions.config;
  const said = isObject(config) ? config['logsMore'] : undefined;
  return typeof said === 'boolean' ? said : !READS.has(method);
}
