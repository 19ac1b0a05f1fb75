import { type CredentialsProblem } from '../../shared/app-error';
import { unauthorized } from '../http/http.errors';

/** The schemes of the Authorization header that a route takes. */
export type Schemes = 'bearer' | 'bearer_or_token';

const NAMES: Readonly<Record<Schemes, string>> = {
  bearer: 'Bearer',
  bearer_or_token: 'Bearer|Token',
};

const KEY: Readonly<Record<Schemes, RegExp>> = {
  bearer: /^Bearer +(\S+) *$/i,
  bearer_or_token: /^(?:Bearer|Token) +(\S+) *$/i,
};

/** The API key in an Authorization header. Throws `unauthorized` (401) where there is none. */
export function readKey(header: string | undefined, schemes: Schemes): string {
  const key = header === undefined ? undefined : KEY[schemes].exec(header)?.[1];
  if (key !== undefined) return key;
  const credentials = problemOf(header ?? '', schemes);
  if (header === undefined) {
    throw unauthorized('Send `Authorization: Bearer <API key>`.', { credentials });
  }
  throw unauthorized('The Authorization header must read `Bearer <API key>`.', { credentials });
}

function problemOf(header: string, schemes: Schemes): CredentialsProblem {
  const scheme = new RegExp(`^(?:${NAMES[schemes]})(?: +(.*))?$`, 'i').exec(header.trim());
  if (!scheme) return 'absent';
  return scheme[1] === undefined ? 'empty' : 'spaced';
}
