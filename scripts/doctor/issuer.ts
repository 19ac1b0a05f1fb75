import { isAxiosError } from 'axios';
import { fetchKeys } from '../../src/platform/auth/oidc/issuer-client';
import { type OidcSettings } from '../../src/platform/auth/oidc/oidc.settings';
import { isObject, listAt, textAt } from '../../src/shared/json';
import { type Configuration } from './configuration';
import { type Check, fail, type Finding, ok, skipped } from './finding';
import { nameOf } from './run-checks';

const PLACE = { check: 'issuer', lookedAt: 'Issuer of tokens' };

const CURE =
  'Correct OIDC_ISSUER or OIDC_JWKS_URL, or let this machine reach them. Until then tokens are answered with 503; API keys work.';

/** Whether the OpenID Connect issuer, where one is set, publishes keys that tokens can be checked with. */
export function checkIssuer({ issuers }: Pick<Configuration, 'issuers'>): readonly Check[] {
  if (issuers === null) return [checkWith(() => skipped(PLACE, 'Its settings are wrong.'))];
  return issuers.map((issuer) => checkWith(() => examine(issuer)));
}

function checkWith(look: () => Finding | Promise<Finding>): Check {
  const { check: name, lookedAt } = PLACE;
  return { name, lookedAt, run: async (tell) => tell(await look()) };
}

async function examine(settings: OidcSettings): Promise<Finding> {
  const { ALGORITHMS } = settings;
  let published: unknown;
  try {
    published = await fetchKeys(settings);
  } catch (error) {
    return fail(PLACE, `Its keys cannot be had: ${reasonOf(error)}.`, CURE);
  }
  const keys = listAt(published, 'keys').filter(isObject);
  if (keys.length === 0) return fail(PLACE, 'It publishes no keys.', CURE);
  const usable = keys.filter((key) => mayVerify(key, ALGORITHMS));
  if (usable.length > 0) return ok(PLACE, `Keys that tokens may be signed with: ${usable.length}.`);
  const message = `Of its keys (${keys.length}), none is for ${ALGORITHMS.join(', ')}.`;
  return fail(PLACE, message, 'Set OIDC_ALGORITHMS to the one that the issuer signs with.');
}

/** A key that names no use or no algorithm is for all that its kind can do. RFC 7517, sections 4.2 and 4.4. */
function mayVerify(key: object, algorithms: readonly string[]): boolean {
  const use = textAt(key, 'use');
  const algorithm = textAt(key, 'alg');
  if (use !== null && use !== 'sig') return false;
  if (algorithm !== null) return algorithms.includes(algorithm);
  return algorithms.some((one) => kindOf(one) === textAt(key, 'kty'));
}

/** The `kty` of keys for an algorithm. RFC 7518, section 6.1; RFC 8037, section 2. */
function kindOf(algorithm: string): string {
  if (algorithm.startsWith('Ed')) return 'OKP';
  return algorithm.startsWith('ES') ? 'EC' : 'RSA';
}

/** What the network or the issuer said is told by its code or number: its words may be anything. */
function reasonOf(error: unknown): string {
  if (!isAxiosError(error)) return error instanceof Error ? error.message : nameOf(error);
  return error.response === undefined
    ? `there was no answer to use (${nameOf(error)})`
    : `it answered with status ${error.response.status}`;
}
