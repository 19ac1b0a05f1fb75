import { ADDRESS_REFUSED } from './guarded-agents';

/** What came of sending one request. */
export interface SendOutcome {
  /** Null when there was no answer. */
  readonly status: number | null;
  /** A sentence for people; null when it was delivered. It holds nothing of what the receiver said. */
  readonly error: string | null;
  /** Seconds that the receiver asked for; null when it did not ask. */
  readonly retryAfterS: number | null;
}

/** The receiver says that nobody is there any more. */
export const GONE = 410;

export const NOT_ALLOWED = 'The address is not public on the Internet, so it was not called.';

/** Codes of Node.js that a receiver's operator can do something about. */
const FAILURES: ReadonlyMap<string, string> = new Map([
  [ADDRESS_REFUSED, NOT_ALLOWED],
  ['ERR_CANCELED', 'There was no answer within 15 seconds.'],
  ['ETIMEDOUT', 'The connection could not be opened in time.'],
  ['ECONNREFUSED', 'The connection was refused.'],
  ['ECONNRESET', 'The connection was closed without an answer.'],
  ['ENOTFOUND', 'The name is unknown.'],
  ['EAI_AGAIN', 'The name could not be looked up.'],
  ['CERT_HAS_EXPIRED', 'The certificate has expired.'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'The certificate is signed by itself.'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'The certificate is signed by nobody known.'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'The certificate is signed by nobody known.'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate is for another name.'],
]);

/** Errors of the HTTP client carry the whole request, signatures included: only the code is used. */
export function failureOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = FAILURES.get(code);
  if (known !== undefined) return known;
  const isRefused = error instanceof Error && /is not allowed/.test(error.message);
  return isRefused ? NOT_ALLOWED : `The request failed (${code === '' ? 'no reason' : code}).`;
}

/** Seconds from a `Retry-After` header, which holds seconds or a date. */
export function retryAfterOf(header: unknown, now: Date): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1_000));
}
