import { createServer } from 'node:net';
import { numberOf } from './read';

/** A port where nobody listens; connections to it are refused. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = numberOf(server.address(), 'port');
  await new Promise((resolve) => server.close(resolve));
  return port;
}
