import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type Json, parseBody, text as textOf } from './reply.wire';

/** One notification as it arrived. */
export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  body: Json;
  type: string;
  status: number;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What the next ones are answered with; 0 is no answer at all. */
  answer: (received: Omit<Received, 'status'>) => number;
  types(): string[];
  close(): Promise<void>;
}

/** The shop's end of a webhook. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = parseBody(text);
      const news = { headers: request.headers, text, body, type: textOf(body['event_type']) };
      const status = receiver.answer(news);
      received.push({ ...news, status });
      if (status > 0) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  // A test that failed before it closed its receiver must not keep the process alive.
  server.unref();
  const receiver: Receiver = {
    url: `http://127.0.0.1:${portOf(server)}/hook`,
    received,
    answer: () => 204,
    types: () => received.map(({ type }) => type),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return address.port;
}

const DEADLINE_MS = 15_000;
const LOOK_EVERY_MS = 10;

/** Looks until it holds; what the last look threw says why it never did. */
export async function eventually(holds: () => void | Promise<void>): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
