import axios from 'axios';
import { parseJson, textAt } from '../../../shared/json';
import { isSecure, type OidcSettings } from './oidc.settings';

/** For each of the two pages, connecting included; a request may be waiting for it. */
const ANSWER_TIMEOUT_MS = 5_000;
/** A set of keys is a few kilobytes; with certificates in it some ten. */
const ANSWER_BYTES_MAX = 256 * 1024;

/** The issuer's keys as it publishes them: a JSON Web Key Set, not looked at. Throws where they cannot be had. */
export async function fetchKeys(settings: OidcSettings): Promise<unknown> {
  return getJson(settings.JWKS_URL ?? (await discoverKeysUrl(settings)));
}

/** OpenID Connect Discovery 1.0, section 4: the page must name the very issuer that was asked. */
async function discoverKeysUrl({ ISSUER }: OidcSettings): Promise<string> {
  const page = await getJson(`${ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (textAt(page, 'issuer') !== ISSUER) {
    throw new Error('the discovery page names another issuer than OIDC_ISSUER');
  }
  const url = textAt(page, 'jwks_uri');
  if (url === null || !URL.canParse(url)) throw new Error('the discovery page names no jwks_uri');
  const { origin, pathname } = new URL(url);
  if (!isSecure(`${origin}${pathname}`)) throw new Error('the jwks_uri is not https');
  return url;
}

/** Follows no redirect: it would lead away from the address that the operator trusts. */
async function getJson(url: string): Promise<unknown> {
  const { data } = await axios.get<unknown>(url, {
    headers: { Accept: 'application/json' },
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    maxContentLength: ANSWER_BYTES_MAX,
    maxRedirects: 0,
    proxy: false,
    validateStatus: (status) => status === 200,
  });
  const json = typeof data === 'string' ? parseJson(data) : undefined;
  if (json === undefined) throw new Error(`the answer of ${new URL(url).host} is no JSON`);
  return json;
}
