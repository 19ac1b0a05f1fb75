import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { addressOf } from './crash-gateway-proxy';

export interface CallMatch {
  readonly method: string;
  readonly path: RegExp;
}

export interface ScriptedReply {
  readonly status: number;
  readonly body: object;
}

/** A call that waits on its way. */
export interface HeldCall {
  readonly arrived: Promise<void>;
  readonly letGo: () => void;
}

/** Stands before the simulators and does what they cannot: say 404 on demand, deliver late, refuse connections. */
export interface ScriptedProxy {
  readonly url: string;
  /** The simulators, which start later than this; gives the address that the app is to use instead. */
  before(target: string): string;
  /** Answers the next matching calls itself; the gateway does not see them. */
  answer(match: CallMatch, reply: ScriptedReply, times?: number): void;
  /** Loses the next matching call on its way, for the caller; `deliver` lets the gateway have it after all. */
  keepBack(match: CallMatch): void;
  deliver(): Promise<void>;
  /** The next matching call goes no further before it is let go. */
  holdUp(match: CallMatch): HeldCall;
  /** Answers the next matching call and then listens no more, until `listen`. */
  leaveAfter(match: CallMatch): void;
  listen(): Promise<void>;
  /** Drops what still waits to happen. */
  forget(): void;
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Deed =
  | { readonly kind: 'answer'; readonly reply: ScriptedReply }
  | { readonly kind: 'keep' }
  | { readonly kind: 'hold'; readonly arrive: () => Promise<void> }
  | { readonly kind: 'leave' };

/** What belongs to one connection or is written anew for the next one. */
const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'];

export async function startScriptedProxy(): Promise<ScriptedProxy> {
  const rules: { readonly match: CallMatch; readonly deed: Deed }[] = [];
  const kept: Call[] = [];
  let target = '';
  let port = 0;

  const take = ({ method, path }: Call): Deed | undefined => {
    const at = rules.findIndex(({ match }) => match.method === method && match.path.test(path));
    return at < 0 ? undefined : rules.splice(at, 1)[0]?.deed;
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await callOf(incoming);
    const deed = take(call);
    if (deed?.kind === 'keep') {
      kept.push(call);
      response.destroy();
    } else if (deed?.kind === 'answer') {
      response.writeHead(deed.reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(deed.reply.body));
    } else {
      if (deed?.kind === 'hold') await deed.arrive();
      const answer = await forward(target, call);
      if (deed?.kind === 'leave') stopListening(response);
      response.writeHead(answer.status, answer.headers).end(answer.text);
    }
  };

  const server = createServer((incoming, response) => {
    // A gateway that breaks the connection breaks the caller's as well.
    serve(incoming, response).catch(() => response.destroy());
  });
  const stopListening = (response: ServerResponse): void => {
    response.setHeader('connection', 'close');
    server.close();
    server.closeIdleConnections();
  };
  const listen = (): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();
  port = addressOf(server.address()).port;
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    before: (address) => {
      target = address;
      return url;
    },
    answer: (match, reply, times = 1) => {
      for (let at = 0; at < times; at++) rules.push({ match, deed: { kind: 'answer', reply } });
    },
    keepBack: (match) => {
      rules.push({ match, deed: { kind: 'keep' } });
    },
    deliver: async () => {
      for (const call of kept.splice(0)) await forward(target, call);
    },
    holdUp: (match) => {
      const { arrive, ...held } = heldCall();
      rules.push({ match, deed: { kind: 'hold', arrive } });
      return held;
    },
    leaveAfter: (match) => {
      rules.push({ match, deed: { kind: 'leave' } });
    },
    listen: async () => {
      if (!server.listening) await listen();
    },
    forget: () => {
      rules.splice(0);
      kept.splice(0);
    },
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function heldCall(): HeldCall & { readonly arrive: () => Promise<void> } {
  const [arrived, gone] = [signal(), signal()];
  return {
    arrived: arrived.given,
    letGo: gone.give,
    arrive: () => {
      arrived.give();
      return gone.given;
    },
  };
}

function signal() {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

async function callOf(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (chunk instanceof Buffer) chunks.push(chunk);
  const { method = '', url: path = '' } = incoming;
  const headers = withoutConnection(Object.entries(incoming.headers));
  return { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
}

async function forward(target: string, { method, path, headers, body }: Call) {
  const sent = body === '' ? {} : { body };
  const answer = await fetch(target + path, { method, headers, redirect: 'manual', ...sent });
  const text = await answer.text();
  return { status: answer.status, headers: withoutConnection([...answer.headers]), text };
}

function withoutConnection(headers: readonly (readonly [string, unknown])[]) {
  const kept = headers.filter(([name]) => !OF_CONNECTION.includes(name.toLowerCase()));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
