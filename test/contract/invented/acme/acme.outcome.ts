import { textAt } from '../../../../src/shared/json';
import { type CallResult, type CallTrouble } from '../../../../src/providers/provider-call';
import { type ProviderReply } from '../../../../src/providers/provider-reply';

const RETRY_AFTER_S = 5;

type Answer = Extract<ProviderReply, { kind: 'answer' }>;

/** What a reply of Acme means: its statuses are 2xx, 401, 402, 404, 409, 422 and 429, everything else is unknown. */
export function toResult<T>(
  reply: ProviderReply,
  read: (body: unknown) => T | undefined,
): CallResult<T> {
  if (reply.kind === 'not_sent') {
    return { outcome: 'not_sent', trouble: reply.trouble, retryAfterS: reply.retryAfterS };
  }
  if (reply.kind === 'unknown') return { outcome: 'unknown', trouble: reply.trouble };
  if (reply.status < 200 || reply.status > 299) return toTroubledResult(reply);
  const value = read(reply.body);
  if (value !== undefined) return { outcome: 'done', value };
  const message = `Acme answered ${reply.status} without a body that can be read.`;
  return { outcome: 'unknown', trouble: { code: 'unreadable_answer', message, reference: null } };
}

function toTroubledResult(answer: Answer): CallResult<never> {
  const trouble = toTrouble(answer);
  switch (answer.status) {
    case 401:
      return { outcome: 'refused', refusal: { kind: 'merchant', ...trouble } };
    // The payer has no money, or has not agreed yet.
    case 402:
    case 409:
      return { outcome: 'refused', refusal: { kind: 'payer', ...trouble } };
    case 404:
      return { outcome: 'not_found', trouble };
    case 422:
      return { outcome: 'refused', refusal: { kind: 'request', ...trouble } };
    case 429:
      return { outcome: 'not_sent', trouble, retryAfterS: retryAfterS(answer) };
    default:
      return { outcome: 'unknown', trouble };
  }
}

function toTrouble({ status, body, headers }: Answer): CallTrouble {
  const problem = textAt(body, 'problem');
  return {
    code: problem ?? `http_${status}`,
    message: problem ?? `Acme answered ${status} without saying why.`,
    reference: headers['acme-call'] ?? null,
  };
}

function retryAfterS({ headers }: Answer): number {
  const text = headers['retry-after'] ?? '';
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : RETRY_AFTER_S;
}
