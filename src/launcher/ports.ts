import { createServer } from 'node:net';
import { LauncherError, systemCode } from './launcher-error';

/** The port that a listener got, or the system's code of why it got none. */
function tryListen(host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error) ?? error.message));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}

/** Why nothing can listen there (`EADDRINUSE`, `EACCES`, …), or undefined when it is free. */
export async function whyNotFree(host: string, port: number): Promise<string | undefined> {
  const result = await tryListen(host, port);
  return typeof result === 'string' ? result : undefined;
}

/** The wanted port where it is free, else one that the system picks. It is not held until used. */
export async function freePort(wanted?: number): Promise<number> {
  const host = '127.0.0.1';
  if (wanted !== undefined && (await whyNotFree(host, wanted)) === undefined) return wanted;
  const picked = await tryListen(host, 0);
  if (typeof picked === 'number') return picked;
  throw new Error(`No port is free on ${host}: ${picked}`);
}

/** Says so before anything is started; the app would only find out at the very end. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const reason = port === 0 ? undefined : await whyNotFree(host, port);
  if (reason === undefined) return;
  const what =
    reason === 'EADDRINUSE'
      ? `Port ${port} is taken by another program`
      : `Nothing can listen on ${host}, port ${port} (${reason})`;
  throw new LauncherError(
    `${what}. Choose another with PORT=${port < 65_535 ? port + 1 : 3001} npm start, ` +
      'or let the system pick one with PORT=0 npm start.',
  );
}
