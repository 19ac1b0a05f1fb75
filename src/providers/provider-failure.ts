import { isObject } from '../shared/json';
import { neverConnected } from './provider-connection';
import { type ProviderReply } from './provider-reply';

/** A network that was down a moment ago is worth asking again soon. */
const RETRY_AFTER_S = 5;

/** Sorts a thrown transport error into "certainly not sent" and "unknown"; in doubt it is unknown. */
export function classifyFailure(error: unknown): ProviderReply {
  const code = errorCode(error);
  const reference = null;
  if (isObject(error) && neverConnected(error['cause'])) {
    const message = 'The provider could not be reached; nothing was sent.';
    return { kind: 'not_sent', trouble: { code, message, reference }, retryAfterS: RETRY_AFTER_S };
  }
  const message = 'The provider was asked and no usable answer came back.';
  return { kind: 'unknown', trouble: { code, message, reference } };
}

function errorCode(error: unknown): string {
  if (!isObject(error)) return 'unexpected_error';
  if (error['name'] === 'CanceledError' || error['code'] === 'ERR_CANCELED') return 'timeout';
  const cause = error['cause'];
  if (isObject(cause) && typeof cause['code'] === 'string') return cause['code'];
  return typeof error['code'] === 'string' ? error['code'] : 'unexpected_error';
}
