import { type Server } from 'node:net';
import { addressOf } from './crash-gateway-proxy';

/** Has a proxy listen on a free port; the address of the database by way of it. */
export async function wayThrough(server: Server, databaseUrl: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(addressOf(server.address()).port);
  return url.href;
}
