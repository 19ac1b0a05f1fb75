import { connect, createServer, type Socket } from 'node:net';
import { wayThrough } from './way-to-database';

export interface SilentProxy {
  /** The address of the database, by way of the proxy. */
  readonly url: string;
  /** From now on the connections there are carry nothing, and nobody says so; new ones do. */
  silence(): void;
  /** From now on every connection is ended in good order, those that are made later as well. */
  sendAway(): void;
  close(): Promise<void>;
}

/** Stands between the app and PostgreSQL like a firewall that forgets connections. */
export async function startSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let carried = new Set<Socket>();
  let isClosed = false;
  const server = createServer((client) => {
    if (isClosed) {
      client.on('error', () => client.destroy());
      client.resume().end();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      carried.add(from);
      from.on('error', () => from.destroy());
      from.on('data', (bytes) => carried.has(from) && to.write(bytes));
      from.on('close', () => {
        open.delete(from);
        if (carried.has(from)) to.destroy();
      });
    }
  });
  const url = await wayThrough(server, databaseUrl);
  return {
    url,
    silence: () => {
      carried = new Set();
    },
    sendAway: () => {
      isClosed = true;
      for (const socket of open) socket.end();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
