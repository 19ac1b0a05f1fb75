import { createServer } from 'node:http';
import { type RawNotification } from '../../src/providers/provider-parts';
import { parseJson, textAt, valueAt } from '../../src/shared/json';
import { waitUntil } from './paypal.support';

/** What a provider sends us, byte by byte. */
export interface Listener {
  readonly url: string;
  readonly deliveries: RawNotification[];
  /** The deliveries of this event type, once there are so many of them. */
  waitFor(eventType: string, count?: number): Promise<readonly RawNotification[]>;
  close(): Promise<void>;
}

export async function startListener(): Promise<Listener> {
  const deliveries: RawNotification[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
      deliveries.push({ body: Buffer.concat(chunks), headers });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = Number(valueAt(server.address(), 'port'));
  const of = (eventType: string) =>
    deliveries.filter(({ body }) => textAt(parseJson(body.toString()), 'event_type') === eventType);
  return {
    url: `http://127.0.0.1:${port}/`,
    deliveries,
    waitFor: async (eventType, count = 1) => {
      await waitUntil(() => Promise.resolve(of(eventType).length >= count));
      return of(eventType);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
