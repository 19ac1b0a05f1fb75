import { type CallResult, type CallTrouble } from '../provider-call';
import { type ProviderReply } from '../provider-reply';
import { decisiveIssue, refusalKind } from './paypal.issues';
import { parseError, parseOrder, type PayPalOrder } from './paypal.wire';

type Answer = Extract<ProviderReply, { kind: 'answer' }>;

/** What came of a call: as the HTTP client says, or nothing was sent because PayPal gives us no token. */
export type PayPalReply =
  ProviderReply | { readonly kind: 'denied'; readonly trouble: CallTrouble };

/** PayPal documents no `Retry-After`; this is used when none comes. */
export const RETRY_AFTER_S = 5;
/** Longer advice is cut: whoever waits looks again by then. */
const RETRY_AFTER_MAX_S = 3_600;

/**
 * What is known after an order was asked for, created or captured. Only answers that prove something are
 * certain; every other one is unknown, a time-out and a new 4xx alike.
 */
export function orderOutcome(reply: PayPalReply): CallResult<PayPalOrder> {
  if (reply.kind === 'denied') return refused('merchant', reply.trouble);
  if (reply.kind === 'unknown') return { outcome: 'unknown', trouble: reply.trouble };
  if (reply.kind === 'not_sent') {
    return { outcome: 'not_sent', trouble: reply.trouble, retryAfterS: reply.retryAfterS };
  }
  return reply.status === 200 || reply.status === 201 ? readOrder(reply) : readFailure(reply);
}

/** PayPal's code, its sentence and its debug id; ours where an answer holds none. */
export function troubleOf(answer: Answer): CallTrouble {
  const { name, issues, message, debugId } = parseError(answer.body, answer.headers);
  return {
    code: decisiveIssue(issues) ?? name ?? `http_${answer.status}`,
    message: message ?? `PayPal answered with status ${answer.status} and no explanation.`,
    reference: debugId,
  };
}

/** Seconds to stay away after a 429. */
export function retryAfterS({ headers }: Answer): number {
  const text = headers['retry-after'] ?? '';
  if (!/^\d{1,9}$/.test(text)) return RETRY_AFTER_S;
  return Math.min(Math.max(1, Number(text)), RETRY_AFTER_MAX_S);
}

function readOrder(answer: Answer): CallResult<PayPalOrder> {
  const order = parseOrder(answer.body);
  if (order) return { outcome: 'done', value: order };
  const message = 'PayPal answered with success and something that is no order.';
  const reference = troubleOf(answer).reference;
  return { outcome: 'unknown', trouble: { code: 'unreadable_answer', message, reference } };
}

function readFailure(answer: Answer): CallResult<PayPalOrder> {
  const trouble = troubleOf(answer);
  switch (answer.status) {
    case 400:
    case 422: {
      const kind = refusalKind(trouble.code);
      return kind ? refused(kind, trouble) : { outcome: 'unknown', trouble };
    }
    case 401:
    case 403:
      return refused('merchant', trouble);
    case 404:
      return { outcome: isOrderGone(answer) ? 'not_found' : 'unknown', trouble };
    case 429:
      return { outcome: 'not_sent', trouble, retryAfterS: retryAfterS(answer) };
    default:
      return { outcome: 'unknown', trouble };
  }
}

/** A 404 of a proxy or of a wrong address says nothing about the order. */
function isOrderGone(answer: Answer): boolean {
  const { name, issues } = parseError(answer.body);
  return issues.includes('INVALID_RESOURCE_ID') || name === 'INVALID_RESOURCE_ID';
}

function refused(kind: 'payer' | 'final' | 'request' | 'merchant', trouble: CallTrouble) {
  return { outcome: 'refused' as const, refusal: { ...trouble, kind } };
}
