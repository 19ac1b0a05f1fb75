import { Socket } from 'node:net';
import { Client, type Pool, type PoolClient } from 'pg';

/** Longer than the server's own limit of a statement, which says more where it still can. */
const SILENCE_MAX_MS = 5_500;
const LOOK_EVERY_MS = 500;
/** Counted in looks, because a process that was stopped for a while has not listened meanwhile. */
const LOOKS_MAX = SILENCE_MAX_MS / LOOK_EVERY_MS;

/** What a statement fails with whose connection fell silent; it may still be running at the server. */
export const NO_ANSWER = 'Query read timeout';

interface Waiting {
  readonly bytesRead: number;
  readonly looks: number;
}

/**
 * Breaks connections that somebody uses and that received nothing for six seconds: a server that is gone times
 * nothing out. `query_timeout` of pg does it with a timer per statement, which keeps every result alive until the
 * next full garbage collection: lists were a third slower with it.
 */
export function watchForSilence(pool: Pool): void {
  const inUse = new Set<PoolClient>();
  let waiting: ReadonlyMap<PoolClient, Waiting> = new Map();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('remove', (client) => inUse.delete(client));
  const timer = setInterval(() => {
    waiting = lookAt(inUse, waiting);
    if (pool.ended) clearInterval(timer);
  }, LOOK_EVERY_MS).unref();
}

function lookAt(inUse: ReadonlySet<PoolClient>, before: ReadonlyMap<PoolClient, Waiting>) {
  const after = new Map<PoolClient, Waiting>();
  for (const client of inUse) {
    const socket = socketOf(client);
    if (!socket) continue;
    const { bytesRead } = socket;
    const known = before.get(client);
    const looks = known?.bytesRead === bytesRead ? known.looks + 1 : 0;
    after.set(client, { bytesRead, looks });
    if (looks >= LOOKS_MAX) socket.destroy(new Error(NO_ANSWER));
  }
  return after;
}

/** What a connection is made of; null where it is none of ours. */
export function socketOf(client: PoolClient): Socket | null {
  if (!(client instanceof Client)) return null;
  const { stream } = client.connection;
  return stream instanceof Socket ? stream : null;
}
