import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { parseJson } from '../../src/shared/json';

/** One request as it arrived. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: unknown;
  readonly at: number;
}

export interface ListenerAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  /** Answers this much later. */
  readonly delayMs?: number;
  /** Never answers. */
  readonly isSilent?: boolean;
  /** Answers and never stops. */
  readonly isEndless?: boolean;
  /** Answers and goes on with a byte a second, from the first second on. */
  readonly isDripping?: boolean;
}

export interface WebhookListener {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** Connections that were opened, whether or not a request came over them. */
  readonly connections: () => number;
  /** Decides on the answer; 200 unless told otherwise. */
  answer: (request: Received) => ListenerAnswer;
  close(): Promise<void>;
}

/** A merchant's receiver on this machine. */
export async function startWebhookListener(host = '127.0.0.1', at = 0): Promise<WebhookListener> {
  const received: Received[] = [];
  let connections = 0;
  const handle: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { headers } = request;
      const one = { headers, text, body: parseJson(text), at: performance.now() };
      received.push(one);
      const answer = listener.answer(one);
      if (answer.isSilent) return;
      setTimeout(() => respond(response, answer), answer.delayMs ?? 0);
    });
  };
  const server = createServer(handle);
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(at, host, resolve));
  // One that a failing test forgets does not keep the run from ending.
  server.unref();
  const port = portOf(server.address());
  const listener: WebhookListener = {
    url: `http://127.0.0.1:${port}/webhooks`,
    port,
    received,
    connections: () => connections,
    answer: () => ({ status: 200 }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return listener;
}

function respond(response: ServerResponse, answer: ListenerAnswer): void {
  response.writeHead(answer.status, answer.headers);
  if (answer.isEndless) talkOn(response);
  else if (answer.isDripping) drip(response);
  else response.end(answer.text ?? '');
}

/** Writes as long as somebody reads. */
function talkOn(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'.repeat(8_192)), 5);
  response.on('close', () => clearInterval(timer));
}

function drip(response: ServerResponse): void {
  response.flushHeaders();
  const timer = setInterval(() => response.write('x'), 1_000);
  response.on('close', () => clearInterval(timer));
}

/** Throws unless the request was signed with the secret, as receivers check it. */
export function verified({ headers, text }: Received, secret: string): unknown {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const given = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  return new Webhook(secret).verify(text, given);
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return address.port;
}
