import { once } from 'node:events';
import { connect } from 'node:net';

/** What comes back for these bytes, until the server closes the connection. */
export function exchange({ url }: { readonly url: string }, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

/** The answer to a GET of a target that is sent as it is written, such as a whole URL. */
export async function getTarget(
  app: { readonly url: string },
  target: string,
  headers: readonly string[] = [],
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const lines = [`GET ${target} HTTP/1.1`, 'Host: pay.example', 'Connection: close', ...headers];
  const answer = await exchange(app, `${lines.join('\r\n')}\r\n\r\n`);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body };
}

/** Sends these bytes, and hangs up as soon as `seen` is through. */
export async function hangUp(
  { url }: { readonly url: string },
  bytes: string,
  seen: () => Promise<unknown>,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(bytes);
  await seen();
  socket.destroy();
}

/** A request as bytes, with an id to find it by. */
export function requestOf(
  [method, path]: readonly [string, string],
  { id, key, body = '' }: { readonly id: string; readonly key: string; readonly body?: string },
): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: pay.example', `Request-Id: ${id}`];
  lines.push(`Authorization: Bearer ${key}`, 'Content-Type: application/json');
  return [...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}
