import { type CallResult, type CallTrouble } from '../provider-call';
import { type ProviderReply } from '../provider-reply';
import { readError } from './paypro.wire';

/** PayPro documents no rate limit, so it may answer 429 without saying for how long. */
const RETRY_AFTER_S = 5;
/** A longer pause than this is a mistake in the answer, not a limit on calls. */
const RETRY_AFTER_MAX_S = 3_600;

/** In one piece, or in groups of four as people write it. */
const IBAN_SHAPED =
  /\b[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?:[\s.-][A-Z0-9]{4}){2,7}(?:[\s.-][A-Z0-9]{1,3})?)\b/gi;

type Answer = Extract<ProviderReply, { kind: 'answer' }>;

/**
 * What a reply of PayPro means. Its contract knows 2xx, 401, 404 and 422 and nothing else
 * (https://docs.paypro.nl/reference/api), so only those are certain; 429 says by itself that nothing was
 * done. `read` gives undefined for a body that does not hold what was asked for.
 */
export function toResult<T>(
  reply: ProviderReply,
  read: (body: unknown) => T | undefined,
): CallResult<T> {
  if (reply.kind === 'not_sent') {
    return { outcome: 'not_sent', trouble: reply.trouble, retryAfterS: reply.retryAfterS };
  }
  if (reply.kind === 'unknown') return { outcome: 'unknown', trouble: reply.trouble };
  if (reply.status >= 200 && reply.status < 300) return readDone(reply, read);
  return toTroubledResult(reply);
}

function readDone<T>(answer: Answer, read: (body: unknown) => T | undefined): CallResult<T> {
  const value = read(answer.body);
  if (value !== undefined) return { outcome: 'done', value };
  const message = `PayPro answered ${answer.status} without a body that can be read.`;
  return {
    outcome: 'unknown',
    trouble: { code: 'unreadable_answer', message, reference: referenceOf(answer) },
  };
}

function toTroubledResult(answer: Answer): CallResult<never> {
  const trouble = toTrouble(answer);
  if (answer.status === 429) {
    return { outcome: 'not_sent', trouble, retryAfterS: retryAfterS(answer) };
  }
  // PayPro answers every error in JSON; anything else comes from something in between.
  if (answer.body === undefined) return { outcome: 'unknown', trouble };
  switch (answer.status) {
    case 401:
      return { outcome: 'refused', refusal: { kind: 'merchant', ...trouble } };
    case 404:
      return { outcome: 'not_found', trouble };
    case 422:
      return { outcome: 'refused', refusal: { kind: 'request', ...trouble } };
    default:
      return { outcome: 'unknown', trouble };
  }
}

function toTrouble(answer: Answer): CallTrouble {
  const { type, message, param } = readError(answer.body);
  const text = withoutAccounts(message) ?? `PayPro answered ${answer.status} without saying why.`;
  return {
    code: type ?? `http_${answer.status}`,
    message: param === null ? text : `${text} (${param})`,
    reference: referenceOf(answer),
  };
}

/** What was refused may be quoted, and a payer's bank account is nothing that we keep. */
function withoutAccounts(message: string | null): string | null {
  return message?.replace(IBAN_SHAPED, '[IBAN]') ?? null;
}

/** Both official clients read this header as the id of the request. */
function referenceOf(answer: Answer): string | null {
  return answer.headers['x-request-id'] ?? null;
}

function retryAfterS(answer: Answer): number {
  const text = answer.headers['retry-after'] ?? '';
  if (!/^\d{1,9}$/.test(text)) return RETRY_AFTER_S;
  return Math.min(Math.max(Number(text), 1), RETRY_AFTER_MAX_S);
}
