import { isLoopback } from '../shared/loopback';
import { LauncherError } from './launcher-error';
import { whyNotFree } from './ports';

/** The demo has keys that anybody on this machine may read and gateways that give money away. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new LauncherError(
    `HOST=${host} would offer the demo, with its simulated gateways, to other machines. ` +
      'Remove HOST, or set PROVIDERS and the settings of your accounts to run the real thing.',
  );
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
