import { isAxiosError } from 'axios';
import { fetchKeys } from '../../src/platform/auth/oidc/issuer-client';
import { type KeySet, loadJose } from '../../src/platform/auth/oidc/jose';
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
  const { createLocalJWKSet } = await loadJose();
  const usable = await algorithmsOf(createLocalJWKSet({ keys }), ALGORITHMS);
  if (usable.length > 0) return ok(PLACE, `It publishes keys for ${usable.join(', ')}.`);
  const message = `None of its keys (${keys.length}) is for ${ALGORITHMS.join(', ')}.`;
  return fail(PLACE, message, 'Set OIDC_ALGORITHMS to the one that the issuer signs with.');
}

/** Those of the algorithms for which there is a key. */
async function algorithmsOf(find: KeySet, algorithms: readonly string[]): Promise<string[]> {
  const isThere = (alg: string) =>
    find({ alg }).then(
      () => true,
      // Which of several it is, each token names.
      (error: unknown) => textAt(error, 'code') === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
    );
  const answers = await Promise.all(algorithms.map(isThere));
  return algorithms.filter((_, at) => answers[at]);
}

/** What the network or the issuer said is told by its code or number: its words may be anything. */
function reasonOf(error: unknown): string {
  if (!isAxiosError(error)) return error instanceof Error ? error.message : nameOf(error);
  return error.response === undefined
    ? `there was no answer to use (${nameOf(error)})`
    : `it answered with status ${error.response.status}`;
}
