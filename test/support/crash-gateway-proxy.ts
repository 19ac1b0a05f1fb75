import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson, textAt } from '../../src/shared/json';

/** One call that the app made to a gateway. */
export interface GatewayCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export type Matches = (call: GatewayCall) => boolean;

export interface GatewayReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What goes wrong with one call; without any member nothing does. */
export interface GatewayFault {
  /** Kept back this long before the gateway sees it, even if the app died meanwhile. */
  readonly delayMs?: number;
  /** Answered in the gateway's place, which never sees the call; `reset` breaks the connection. */
  readonly instead?: GatewayReply | 'reset';
  /** What becomes of the gateway's answer. */
  readonly answer?: (reply: GatewayReply) => GatewayReply | 'reset' | 'hang';
}

export interface GatewayProxy {
  readonly url: string;
  /** Stops the next matching call for ever: before the gateway sees it, or with its answer in our hands. */
  hold(where: 'before' | 'after', matches: Matches): Promise<GatewayCall>;
  /** Runs when the gateway answered the next matching call and the app does not know it yet. */
  beforeAnswer(matches: Matches, work: (call: GatewayCall) => void): void;
  /** Forgets what was to be held and was not. */
  disarm(): void;
  /** Payments that the gateways made, their ids by our reference. */
  readonly made: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ends the connections that a fault left hanging, and settles when no call is under way any more. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

interface Rule {
  readonly matches: Matches;
  readonly where: 'before' | 'after' | 'tap';
  readonly work: (call: GatewayCall) => void;
}

/** How often it is looked whether calls are still under way. */
const SETTLE_POLL_MS = 20;
/** Longer than the longest delay of any fault. */
const SETTLE_WITHIN_MS = 30_000;

/**
 * Stands between the app and the simulators, sees every call, and can stop any of them on its way. `faultOf`
 * says what goes wrong by itself.
 */
export async function startGatewayProxy(
  target: string,
  faultOf: (call: GatewayCall) => GatewayFault = () => ({}),
): Promise<GatewayProxy> {
  const rules: Rule[] = [];
  const made = new Map<string, Set<string>>();
  const hanging = new Set<ServerResponse>();
  const agent = new Agent({ keepAlive: true });
  let underWay = 0;

  const take = (where: Rule['where'], call: GatewayCall): Rule | undefined => {
    const at = rules.findIndex((rule) => rule.where === where && rule.matches(call));
    return at < 0 ? undefined : rules.splice(at, 1)[0];
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const { method = '', url: path = '' } = incoming;
    const call = { method, path, body: body.toString('utf8') };
    const before = take('before', call);
    if (before) return before.work(call);
    const { delayMs = 0, instead, answer = keep } = faultOf(call);
    if (delayMs > 0) await sleep(delayMs);
    const given = instead ?? (await forward(new URL(path, target), incoming, { body, agent }));
    if (given !== 'reset') rememberMade(made, call, given);
    const after = take('after', call);
    if (after) return after.work(call);
    take('tap', call)?.work(call);
    const reply = given === 'reset' ? given : answer(given);
    if (reply === 'reset') response.destroy();
    else if (reply === 'hang') hanging.add(response);
    else response.writeHead(reply.status, withoutConnection(reply)).end(reply.body);
  };

  const server = createServer((incoming, response) => {
    underWay += 1;
    response.on('close', () => hanging.delete(response));
    serve(incoming, response)
      // A caller that was killed leaves a broken connection behind; that is the point of it.
      .catch(() => response.destroy())
      .finally(() => (underWay -= 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    hold: (where, matches) =>
      new Promise((resolve) => rules.push({ where, matches, work: resolve })),
    beforeAnswer: (matches, work) => {
      rules.push({ where: 'tap', matches, work });
    },
    disarm: () => {
      rules.length = 0;
    },
    made,
    settle: async () => {
      for (const response of hanging) response.destroy();
      const untilMs = performance.now() + SETTLE_WITHIN_MS;
      while (underWay > 0 && performance.now() < untilMs) await sleep(SETTLE_POLL_MS);
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const keep = (reply: GatewayReply) => reply;

/** Both gateways are told our reference with a create, and answer with their id. */
function rememberMade(
  made: Map<string, Set<string>>,
  call: GatewayCall,
  reply: GatewayReply,
): void {
  const reference = referenceIn(call.body);
  const id = textAt(parseJson(reply.body.toString('utf8')), 'id');
  const isCreate = call.method === 'POST' && /\/(orders|payments)$/.test(call.path);
  if (!isCreate || reference === null || id === null || reply.status >= 300) return;
  made.set(reference, (made.get(reference) ?? new Set()).add(id));
}

export function referenceIn(text: string): string | null {
  return /pay_[0-9a-z]{26}/.exec(text)?.[0] ?? null;
}

function forward(
  url: URL,
  incoming: IncomingMessage,
  { body, agent }: { readonly body: Buffer; readonly agent: Agent },
): Promise<GatewayReply> {
  const { method, headers } = incoming;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      bodyOf(answer).then((content) => {
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: content });
      }, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Without what belongs to the connection and not to the answer, whose body may be another one by now. */
function withoutConnection({ headers }: GatewayReply): IncomingMessage['headers'] {
  const ofConnection = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofConnection.includes(name)),
  );
}

export function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return address;
}
