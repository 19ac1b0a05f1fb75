import { lookup } from 'node:dns/promises';
import { isPublicAddress } from '../../src/modules/webhooks/delivery/public-address';
import { type Configuration } from './configuration';
import { type Check, fail, type Finding, ok, skipped, type Tell, warn } from './finding';
import { looksAlive } from './looks-alive';
import { openProvider } from './open-provider';

const PLACE = { check: 'public_url', lookedAt: 'Public address' };
const REACHED = { check: 'public_url.reachable', lookedAt: 'Public address, asked' };

/** How callers and gateways reach this API. */
export function checkPublicUrl(configuration: Configuration): Check {
  const { http } = configuration;
  return {
    name: PLACE.check,
    lookedAt: PLACE.lookedAt,
    run: async (tell) => {
      if (http === null) return tell(skipped(PLACE, 'The settings of the address are wrong.'));
      if (http.PUBLIC_URL === null) {
        const message = 'Not set: links in answers use the Host header of the request.';
        return tell(
          warn(PLACE, message, 'Set PUBLIC_URL to the address behind your load balancer.'),
        );
      }
      await examine(http.PUBLIC_URL, { isLive: takesRealMoney(configuration), tell });
    },
  };
}

function takesRealMoney({ accounts }: Configuration): boolean {
  return accounts.some((account) => openProvider(account).mode === 'live');
}

async function examine(
  publicUrl: string,
  { isLive, tell }: { readonly isLive: boolean; readonly tell: Tell },
): Promise<void> {
  const [findings, reached] = await Promise.all([
    findWay(new URL(publicUrl), isLive),
    looksAlive(publicUrl),
  ]);
  tell(findings);
  switch (reached) {
    case 'alive':
      return tell(ok(REACHED, 'Kassa answers there.'));
    case 'strange':
      return tell(warn(REACHED, 'Something answers there that is not Kassa.', REACH_CURE));
    case 'silent':
      return tell(warn(REACHED, 'Nothing answers there, seen from here.', REACH_CURE));
  }
}

const REACH_CURE =
  'Start Kassa, and see that PUBLIC_URL leads to it: GET /health/live below it should answer. Some networks do not let a machine reach its own public address; then ask from elsewhere.';

async function findWay(url: URL, isLive: boolean): Promise<Finding> {
  if (isLive && url.protocol !== 'https:') {
    const message = 'Real money is taken, and the address is not https.';
    return fail(
      PLACE,
      message,
      'Put a proxy that speaks TLS in front and set PUBLIC_URL to its https address.',
    );
  }
  const addresses = await addressesOf(url.hostname);
  if (addresses.length === 0) {
    return warn(
      PLACE,
      `${url.hostname} is no name that is known here.`,
      'Correct PUBLIC_URL, or its DNS.',
    );
  }
  if (addresses.every(isPublicAddress)) return ok(PLACE, `${url.origin} is a public address.`);
  const message = `${url.origin} is a private address: gateways cannot send notifications there.`;
  return warn(
    PLACE,
    message,
    'Set PUBLIC_URL to an address on the Internet. Until then changes are found by asking, minutes later.',
  );
}

async function addressesOf(hostname: string): Promise<readonly string[]> {
  try {
    const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
    return found.map(({ address }) => address);
  } catch {
    return [];
  }
}
