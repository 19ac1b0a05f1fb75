import { type AppError, type CredentialsProblem } from '../../shared/app-error';
import { unauthorized } from '../http/http.errors';

/** The schemes of the Authorization header that a route takes. */
export type Schemes = 'bearer' | 'bearer_or_token';

/** What an Authorization header holds. */
export interface Credential {
  readonly text: string;
  /** It came as `Token …`, the scheme of older clients. */
  readonly isToken: boolean;
}

const NAMES: Readonly<Record<Schemes, string>> = {
  bearer: 'Bearer',
  bearer_or_token: 'Bearer|Token',
};

const CREDENTIAL: Readonly<Record<Schemes, RegExp>> = {
  bearer: /^Bearer +(\S+) *$/i,
  bearer_or_token: /^(?:Bearer|Token) +(\S+) *$/i,
};

/** The key or token in an Authorization header; null where there is none. */
export function findCredential(header: string | undefined, schemes: Schemes): Credential | null {
  const text = header === undefined ? undefined : CREDENTIAL[schemes].exec(header)?.[1];
  return text === undefined ? null : { text, isToken: /^Token /i.test(header ?? '') };
}

/** What to say where `findCredential` finds none. */
export function missingCredential(header: string | undefined, schemes: Schemes): AppError {
  const credentials = problemOf(header ?? '', schemes);
  const detail =
    header === undefined
      ? 'Send `Authorization: Bearer <API key>`.'
      : 'The Authorization header must read `Bearer <API key>`.';
  return unauthorized(detail, { credentials });
}

function problemOf(header: string, schemes: Schemes): CredentialsProblem {
  const scheme = new RegExp(`^(?:${NAMES[schemes]})(?: +(.*))?$`, 'i').exec(header.trim());
  if (!scheme) return 'absent';
  return scheme[1] === undefined ? 'empty' : 'spaced';
}
