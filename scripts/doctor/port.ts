import { whyNotFree } from '../../src/launcher/ports';
import { isLoopback } from '../../src/shared/loopback';
import { type Configuration } from './configuration';
import { type Check, fail, type Finding, ok, skipped } from './finding';
import { looksAlive } from './looks-alive';

const PLACE = { check: 'port', lookedAt: 'Port' };

/** Whether the address to listen on is free, or Kassa itself has it. */
export function checkPort({ http, mode }: Configuration): Check {
  return {
    name: PLACE.check,
    lookedAt: PLACE.lookedAt,
    run: async (tell) => {
      if (http === null) return tell(skipped(PLACE, 'The settings of the address are wrong.'));
      if (mode === 'demo' && !isLoopback(http.HOST)) {
        return tell(skipped(PLACE, 'The demo is for this machine only, and HOST is not.'));
      }
      tell(await findPort(http.HOST, http.PORT));
    },
  };
}

async function findPort(host: string, port: number): Promise<Finding> {
  if (port === 0) return ok(PLACE, 'The system picks a free one.');
  const reason = await whyNotFree(host, port);
  if (reason === undefined) return ok(PLACE, `${port} is free.`);
  if (reason !== 'EADDRINUSE') {
    const message = `Nothing can listen on HOST, port ${port} (${reason}).`;
    return fail(PLACE, message, 'Set HOST to an address of this machine, and PORT above 1023.');
  }
  const own = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const seen = await looksAlive(`http://${own.includes(':') ? `[${own}]` : own}:${port}`);
  if (seen === 'alive') return ok(PLACE, `Kassa runs on ${port}.`);
  return fail(
    PLACE,
    `Another program has ${port}.`,
    'Set PORT to a free one, or stop that program.',
  );
}
