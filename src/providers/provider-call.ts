/**
 * What is known after a provider was asked. The point of these words: only `done`, `refused`, `not_found`
 * and `not_sent` are certain. Everything else, a time-out first of all, is `unknown` and is never guessed.
 */
export type CallResult<T> =
  | { readonly outcome: 'done'; readonly value: T }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'not_found'; readonly trouble: CallTrouble }
  | { readonly outcome: 'not_sent'; readonly trouble: CallTrouble; readonly retryAfterS: number }
  | { readonly outcome: 'unknown'; readonly trouble: CallTrouble };

/**
 * A clear no: nothing was executed.
 * - `payer`: the payer can still do something about it (another card, agree first); the payment stays open
 * - `final`: this payment can never succeed at this provider
 * - `request`: the provider does not accept what was asked; other input may work
 * - `merchant`: the account at the provider needs attention from its owner
 */
export interface Refusal extends CallTrouble {
  readonly kind: 'payer' | 'final' | 'request' | 'merchant';
}

/**
 * The code of a refusal because the provider does not know its own customer (any more), whatever it calls that:
 * nothing was made, and the same without the customer may be.
 */
export const CUSTOMER_UNKNOWN = 'provider_customer_unknown';

export function isCustomerUnknown(result: CallResult<unknown>): boolean {
  return result.outcome === 'refused' && result.refusal.code === CUSTOMER_UNKNOWN;
}

/** The provider's own words, for people; nothing is decided on `message`. */
export interface CallTrouble {
  /** Their code, such as `INSTRUMENT_DECLINED`, or ours for trouble on the way, such as `timeout`. */
  readonly code: string;
  readonly message: string;
  /** The id that their support asks for, such as PayPal's debug id; null when there is none. */
  readonly reference: string | null;
}

/** A search was answered, but what the provider lists cannot tell whether the thing is there, and may never. */
export interface Unsearchable {
  readonly outcome: 'unsearchable';
  readonly trouble: CallTrouble;
}

/** Why there is nothing to show, whatever kind of no it was. */
export function troubleIn(
  result: Exclude<CallResult<never>, { outcome: 'done' }> | Unsearchable,
): CallTrouble {
  if (result.outcome !== 'refused') return result.trouble;
  const { code, message, reference } = result.refusal;
  return { code, message, reference };
}
