import { connect, createServer, type Server, type Socket } from 'node:net';

/** A process on this machine answers at once or is not there. */
const CONNECT_TIMEOUT_MS = 2_000;

export interface Balancer {
  readonly port: number;
  /** Takes no new connections and cuts the ones there are. */
  close(): Promise<void>;
}

interface Listening {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where connections are handed on, in turn; one that does not take them is passed over. */
  readonly targets: readonly number[];
}

/** What stands in front of several API processes: hands each connection to the next one that takes it. */
export async function startBalancer({ host, port, targets }: Listening): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    keep(sockets, client);
    turn += 1;
    const order = targets.map((_, at) => targets[(turn + at) % targets.length]);
    void handOn(client, order, sockets);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  return {
    port: portOf(server) ?? port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function handOn(
  client: Socket,
  order: readonly (number | undefined)[],
  sockets: Set<Socket>,
): Promise<void> {
  for (const port of order) {
    const upstream = port === undefined ? null : await open(port);
    if (!upstream) continue;
    keep(sockets, upstream);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    client.pipe(upstream).pipe(client);
    return;
  }
  client.destroy();
}

function open(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: CONNECT_TIMEOUT_MS });
    // Where nobody listens, a socket that was given that very port by chance would reach itself.
    socket.once('connect', () => resolve(isOfItself(socket) ? null : socket.setTimeout(0)));
    socket.once('timeout', () => socket.destroy());
    socket.once('close', () => resolve(null));
    socket.on('error', () => undefined);
  });
}

function isOfItself({ localPort, remotePort }: Socket): boolean {
  return localPort === remotePort;
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
}

function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}
