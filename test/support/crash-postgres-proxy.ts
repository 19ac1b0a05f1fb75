import { connect, createServer, type Socket } from 'node:net';
import { addressOf } from './crash-gateway-proxy';

/** CommandComplete of the protocol: type, length 11, the tag. The server says it once a commit is on disk. */
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1');
/** A simple query: type, length 10, the text. */
const BEGIN = Buffer.from('Q\0\0\0\x0aBEGIN\0', 'latin1');

/** ReadyForQuery of the protocol, outside of any transaction: whatever was said before is on disk. */
const IDLE = Buffer.from('Z\0\0\0\x05I', 'latin1');
/** Statements that are a whole transaction by themselves; the name is said with every use. */
const ALONE = ['insert-payment-with-intent', 'change-payment'].map((name) => Buffer.from(name));

/**
 * - `statement`: what is said to the database with the marker in it never arrives
 * - `commit`: the transaction that held the marker is on disk, and the app is never told
 */
export type HeldAt = 'statement' | 'commit';

export interface PostgresProxy {
  /** The address of the database, by way of the proxy. */
  readonly url: string;
  /** Stops the next connection that gets there with this text, for ever; settles when one did. */
  hold(where: HeldAt, marker: string): Promise<void>;
  close(): Promise<void>;
}

interface Rule {
  readonly where: HeldAt;
  readonly marker: Buffer;
  readonly reached: () => void;
}

/** Stands between the app and PostgreSQL and reads along; what is not stopped passes untouched. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const rules = new Set<Rule>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // Whichever side dies takes the other with it, as a cut cable would.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    readAlong(client, upstream, rules);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(addressOf(server.address()).port);
  return {
    url: url.href,
    hold: (where, marker) =>
      new Promise((resolve) => {
        rules.add({ where, marker: Buffer.from(marker), reached: resolve });
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readAlong(client: Socket, upstream: Socket, rules: Set<Rule>): void {
  let isHeld = false;
  let isOpen = false;
  const inTransaction = new Set<Rule>();
  const alone = new Set<Rule>();
  const stopAt = (rule: Rule): void => {
    isHeld = true;
    rules.delete(rule);
    rule.reached();
  };
  client.on('data', (said) => {
    if (said.includes(BEGIN)) {
      inTransaction.clear();
      isOpen = true;
    }
    const spoken = [...rules].filter(({ marker }) => said.includes(marker));
    for (const rule of spoken) {
      if (rule.where === 'statement') stopAt(rule);
      else if (isOpen) inTransaction.add(rule);
      else if (ALONE.some((name) => said.includes(name))) alone.add(rule);
    }
    if (!isHeld) upstream.write(said);
  });
  upstream.on('data', (answered) => {
    if (answered.includes(COMMITTED)) {
      for (const rule of inTransaction) if (rules.has(rule)) stopAt(rule);
    }
    if (answered.includes(IDLE)) {
      for (const rule of alone) if (rules.has(rule)) stopAt(rule);
      isOpen = false;
    }
    if (!isHeld) client.write(answered);
  });
}
