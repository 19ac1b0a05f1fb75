import { Client } from 'pg';
import { valueAt } from '../src/shared/json';

/**
 * Preloaded into both servers, so that neither knows of it: counts what their PostgreSQL clients are asked to run,
 * and tells the bench how much processor time and memory the process has used.
 */
const counts = new Map<string, number>();

function nameOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const name = valueAt(query, 'name') ?? valueAt(query, 'text');
  return typeof name === 'string' ? name : 'another statement';
}

const original: unknown = Reflect.get(Client.prototype, 'query');

Reflect.set(
  Client.prototype,
  'query',
  function counted(this: unknown, ...parameters: unknown[]): unknown {
    const name = nameOf(parameters[0]);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (typeof original !== 'function') throw new Error('pg has no Client.query');
    const result: unknown = Reflect.apply(original, this, parameters);
    return result;
  },
);

process.on('message', (message) => {
  const probe = valueAt(message, 'probe');
  if (typeof probe !== 'number') return;
  const { user, system } = process.cpuUsage();
  process.send?.({
    probe,
    cpuUs: user + system,
    rssBytes: process.memoryUsage.rss(),
    statements: [...counts],
  });
});
