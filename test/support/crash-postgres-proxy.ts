import { connect, createServer, type Socket } from 'node:net';
import { wayThrough } from './way-to-database';

/** CommandComplete of the protocol: type, length 11, the tag. The server says it once a commit is on disk. */
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1');
/** A simple query: type, length 10, the text. */
const BEGIN = Buffer.from('Q\0\0\0\x0aBEGIN\0', 'latin1');

/** ReadyForQuery of the protocol, outside of any transaction: whatever was said before is on disk. */
const IDLE = Buffer.from('Z\0\0\0\x05I', 'latin1');
/** Statements that are a whole transaction by themselves; the name is said with every use. */
const ALONE = ['insert-payment-with-intent', 'change-payment'].map((name) => Buffer.from(name));

/** A simple query: type, length 11, the text. */
const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1');

/**
 * - `statement`: what is said to the database with the markers in it never arrives
 * - `answer`: it arrives and is done, and nobody hears the answer
 * - `committing`: the commit of the transaction that held the markers was just said, and nobody hears its answer
 * - `commit`: that transaction is on disk, and the app is never told
 */
export type HeldAt = 'statement' | 'answer' | 'committing' | 'commit';

export interface PostgresProxy {
  /** The address of the database, by way of the proxy. */
  readonly url: string;
  /** Stops the next connection that gets there with a statement that holds all these texts, for ever; settles when one did. */
  hold(where: HeldAt, ...markers: readonly string[]): Promise<void>;
  /** Forgets what was to be held and was not. */
  disarm(): void;
  close(): Promise<void>;
}

interface Rule {
  readonly where: HeldAt;
  readonly markers: readonly Buffer[];
  readonly reached: () => void;
}

/**
 * Stands between the app and PostgreSQL and reads along; what is not stopped passes untouched, a little later
 * where there is a latency.
 */
export async function startPostgresProxy(
  databaseUrl: string,
  latencyMs = 0,
): Promise<PostgresProxy> {
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
    const say = (said: Buffer) => {
      if (latencyMs === 0) upstream.write(said);
      else setTimeout(() => upstream.write(said), latencyMs);
    };
    readAlong({ client, upstream, say }, rules);
  });
  const url = await wayThrough(server, databaseUrl);
  return {
    url,
    hold: (where, ...markers) =>
      new Promise((resolve) => {
        const texts = markers.map((marker) => Buffer.from(marker));
        rules.add({ where, markers: texts, reached: resolve });
      }),
    disarm: () => rules.clear(),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Wire {
  readonly client: Socket;
  readonly upstream: Socket;
  /** Passes on to the server what the client said, after the latency of the network. */
  readonly say: (said: Buffer) => void;
}

function readAlong({ client, upstream, say }: Wire, rules: Set<Rule>): void {
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
    if (isHeld) return;
    const spoken = [...rules].filter(({ markers }) => markers.every((text) => said.includes(text)));
    for (const rule of spoken) {
      if (rule.where === 'statement' || rule.where === 'answer') stopAt(rule);
      else if (isOpen) inTransaction.add(rule);
      else if (ALONE.some((name) => said.includes(name))) alone.add(rule);
    }
    if (spoken.some(({ where }) => where === 'answer')) say(said);
    if (isHeld) return;
    say(said);
    const ending = said.includes(COMMIT) ? inTransaction : alone;
    for (const rule of ending) {
      if (rule.where === 'committing' && rules.has(rule)) stopAt(rule);
    }
  });
  upstream.on('data', (answered) => {
    if (answered.includes(COMMITTED)) {
      for (const rule of inTransaction) if (rules.has(rule)) stopAt(rule);
    }
    if (answered.includes(IDLE)) {
      for (const rule of alone) if (rules.has(rule)) stopAt(rule);
      alone.clear();
      isOpen = false;
    }
    if (!isHeld) client.write(answered);
  });
}
