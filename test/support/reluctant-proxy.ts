import { connect, createServer, type Socket } from 'node:net';
import { wayThrough } from './way-to-database';

export interface ReluctantProxy {
  /** The address of the database, by way of the proxy. */
  readonly url: string;
  /** From now on the database is asked, and its answers stay here. */
  holdAnswers(): void;
  giveAnswers(): void;
  /** All that was asked, as text. */
  sent(): string;
  close(): Promise<void>;
}

/** Stands between the app and PostgreSQL, and keeps answers back for a while. */
export async function startReluctantProxy(databaseUrl: string): Promise<ReluctantProxy> {
  const target = new URL(databaseUrl);
  const sockets: Socket[] = [];
  const asked: Buffer[] = [];
  const answering: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    sockets.push(client, upstream);
    answering.push(upstream);
    client.on('data', (bytes) => asked.push(bytes));
    client.pipe(upstream);
    upstream.pipe(client);
  });
  const url = await wayThrough(server, databaseUrl);
  return {
    url,
    holdAnswers: () => answering.forEach((socket) => socket.pause()),
    giveAnswers: () => answering.forEach((socket) => socket.resume()),
    sent: () => Buffer.concat(asked).toString('latin1'),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
