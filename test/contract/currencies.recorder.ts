import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseJson, valueAt } from '../../src/shared/json';

/** Stands before a simulator, lets everything pass and keeps the bodies that were sent. */
export interface WireRecorder {
  readonly url: string;
  /** JSON bodies of POSTs to this path, oldest first, as they went over the wire. */
  sentTo(path: string): readonly unknown[];
  clear(): void;
  close(): Promise<void>;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export async function startWireRecorder(target: string): Promise<WireRecorder> {
  const sent: Sent[] = [];
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '' } = incoming;
    const body = await bodyOf(incoming);
    sent.push({ method, path, body });
    const answer = await fetch(target + path, {
      method,
      headers: headersOf(incoming),
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? 'application/json';
    response.writeHead(answer.status, { 'content-type': type }).end(text);
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String(valueAt(server.address(), 'port'))}`,
    sentTo: (path) =>
      sent
        .filter((one) => one.method === 'POST' && one.path === path)
        .map(({ body }) => parseJson(body)),
    clear: () => {
      sent.splice(0);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Without what belongs to one connection. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const own = ['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive'];
  const kept = Object.entries(headers).filter(([name]) => !own.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
