import { type Money } from '../../shared/money/money';
import { type CallResult, type CallTrouble, type Refusal } from '../provider-call';
import { type ProviderReply } from '../provider-reply';
import { ORDER_ISSUES, type PayPalIssues } from './paypal.issues';
import { parseError, parseOrder, type PayPalOrder } from './paypal.wire';

type Answer = Extract<ProviderReply, { kind: 'answer' }>;

/** What came of a call: as the HTTP client says, or nothing was sent because PayPal gives us no token. */
export type PayPalReply =
  ProviderReply | { readonly kind: 'denied'; readonly trouble: CallTrouble };

/** PayPal documents no `Retry-After`; this is used when none comes. */
export const RETRY_AFTER_S = 5;
/** Longer advice is cut: whoever waits looks again by then. */
const RETRY_AFTER_MAX_S = 3_600;

/** How answers about one kind of object are read. */
export interface Reading<T> {
  /** For people: `order`. */
  readonly object: string;
  /** Null where the body does not hold the object. */
  readonly parse: (body: unknown) => T | null;
  /** The refusals that are documented for it. */
  readonly issues: PayPalIssues;
}

const ORDER: Reading<PayPalOrder> = { object: 'order', parse: parseOrder, issues: ORDER_ISSUES };

/** What is known after an order was asked for, created or captured. */
export function orderOutcome(reply: PayPalReply): CallResult<PayPalOrder> {
  return outcomeOf(reply, ORDER);
}

/**
 * What is known after a call. Only answers that prove something are certain; every other one is unknown, a
 * time-out and a new 4xx alike.
 */
export function outcomeOf<T>(reply: PayPalReply, reading: Reading<T>): CallResult<T> {
  if (reply.kind === 'denied') return refused('merchant', reply.trouble);
  if (reply.kind === 'unknown') return { outcome: 'unknown', trouble: reply.trouble };
  if (reply.kind === 'not_sent') {
    return { outcome: 'not_sent', trouble: reply.trouble, retryAfterS: reply.retryAfterS };
  }
  const isSuccess = reply.status === 200 || reply.status === 201;
  return isSuccess ? readSuccess(reply, reading) : readFailure(reply, reading.issues);
}

/** Refused by us, before anything is sent: PayPal would round it or not take it. */
export function notAcceptable(amount: Money): CallResult<never> {
  const message = `PayPal cannot hold ${amount.toString()} exactly, or does not take that currency; nothing was sent.`;
  return refused('request', { code: 'amount_not_supported', message, reference: null });
}

/** PayPal's code, its sentence and its debug id; ours where an answer holds none. */
export function troubleOf(answer: Answer, known = ORDER_ISSUES): CallTrouble {
  const { name, issues, message, debugId } = parseError(answer.body, answer.headers);
  return {
    code: known.decisive(issues) ?? name ?? `http_${answer.status}`,
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

function readSuccess<T>(answer: Answer, { object, parse }: Reading<T>): CallResult<T> {
  const value = parse(answer.body);
  if (value !== null) return { outcome: 'done', value };
  const message = `PayPal answered with success and something that is no ${object}.`;
  const reference = troubleOf(answer).reference;
  return { outcome: 'unknown', trouble: { code: 'unreadable_answer', message, reference } };
}

function readFailure(answer: Answer, issues: PayPalIssues): CallResult<never> {
  const trouble = troubleOf(answer, issues);
  switch (answer.status) {
    case 400:
    case 422: {
      const kind = issues.refusalKind(trouble.code);
      return kind ? refused(kind, trouble) : { outcome: 'unknown', trouble };
    }
    case 401:
    case 403:
      return refused('merchant', trouble);
    case 404:
      return { outcome: isGone(answer) ? 'not_found' : 'unknown', trouble };
    case 429:
      return { outcome: 'not_sent', trouble, retryAfterS: retryAfterS(answer) };
    default:
      return { outcome: 'unknown', trouble };
  }
}

/** A 404 of a proxy or of a wrong address says nothing about the object. */
function isGone(answer: Answer): boolean {
  const { name, issues } = parseError(answer.body);
  return issues.includes('INVALID_RESOURCE_ID') || name === 'INVALID_RESOURCE_ID';
}

function refused(kind: Refusal['kind'], trouble: CallTrouble) {
  return { outcome: 'refused' as const, refusal: { ...trouble, kind } };
}
