import { type ProviderCapture, type ProviderState } from '../payment-provider';
import { type ProviderHold } from '../provider-parts';
import { fromPayPalAmount } from './paypal.currencies';
import { type PayPalAuthorization, type PayPalOrder } from './paypal.wire';

/** https://developer.paypal.com/docs/checkout/standard/customize/authorization/: three days, anew after a renewal. */
const HONOR_MS = 3 * 86_400_000;
/** What we send as the invoice id of a capture: `pay_…-2` is the second decision to take money of that payment. */
const OUR_CAPTURE = /^pay_\w{1,60}-\d{1,6}$/;

/** https://developer.paypal.com/docs/api/payments/v2/#definition-authorization_status */
const STATES: ReadonlyMap<string, ProviderHold['state']> = new Map([
  ['CREATED', 'held'],
  ['PARTIALLY_CAPTURED', 'held'],
  ['PENDING', 'pending'],
  ['CAPTURED', 'captured'],
  ['VOIDED', 'released'],
  ['DENIED', 'denied'],
]);

/** Money that was given back had come in: the capture of a refund stays a completed one. */
const CAPTURE_STATES: ReadonlyMap<string, ProviderCapture['state']> = new Map([
  ['COMPLETED', 'completed'],
  ['PARTIALLY_REFUNDED', 'completed'],
  ['REFUNDED', 'completed'],
  ['PENDING', 'pending'],
  ['DECLINED', 'failed'],
  ['FAILED', 'failed'],
]);

export function authorizationState(word: string): ProviderHold['state'] {
  return STATES.get(word) ?? 'unknown';
}

export function captureState(word: string): ProviderCapture['state'] {
  return CAPTURE_STATES.get(word) ?? 'unknown';
}

/**
 * The authorization that counts: a renewal stands for the same money as the one that it renews, and one that was
 * declined leaves that one as it was.
 */
export function currentAuthorization({ authorizations }: PayPalOrder): PayPalAuthorization | null {
  const all = inOrder(authorizations);
  return (
    all.findLast(({ status }) => authorizationState(status) !== 'denied') ?? all.at(-1) ?? null
  );
}

/** The one that is voided and renewed: PayPal does neither with renewals. */
export function firstAuthorization({ authorizations }: PayPalOrder): PayPalAuthorization | null {
  return inOrder(authorizations)[0] ?? null;
}

/** Null when its amount cannot be read. */
export function toHold(authorization: PayPalAuthorization): ProviderHold | null {
  const amount = fromPayPalAmount(authorization.amount);
  if (!amount) return null;
  const createdMs = timeOf(authorization.createTime);
  return {
    holdId: authorization.id,
    state: holdState(authorization),
    amount,
    honoredUntil: dateOf(createdMs + HONOR_MS),
    expiresAt: dateOf(timeOf(authorization.expirationTime)),
  };
}

/**
 * Where a payment stands whose money was held first: nothing but the hold counts while it lasts, and what was taken
 * of it afterwards. The word is PayPal's for the one that decides.
 */
export function stateOfHeld(
  hold: PayPalAuthorization,
  captures: readonly Pick<ProviderCapture, 'state'>[],
): ProviderState {
  const has = (state: ProviderCapture['state']) => captures.some((one) => one.state === state);
  switch (holdState(hold)) {
    case 'held':
      return 'authorized';
    case 'pending':
      return 'processing';
    case 'unknown':
      return 'unknown';
    case 'captured':
      return takenState(has) ?? (has('failed') ? 'failed' : 'paid');
    case 'released':
      return takenState(has) ?? 'canceled';
    case 'expired':
      return takenState(has) ?? 'expired';
    case 'denied':
      return takenState(has) ?? 'failed';
  }
}

/** Our reference of a capture; null for what was captured by hand, or bears another invoice's id. */
export function captureReference(invoiceId: string | null): string | null {
  return invoiceId !== null && OUR_CAPTURE.test(invoiceId) ? invoiceId : null;
}

/** What was taken of a hold that is over; null when nothing was. Money under way outweighs money that came. */
function takenState(has: (state: ProviderCapture['state']) => boolean): ProviderState | null {
  if (has('unknown')) return 'unknown';
  if (has('pending')) return 'processing';
  return has('completed') ? 'paid' : null;
}

/** PayPal has no word for expired: it voids what has run out, and then the void is not older than its end. */
function holdState({ status, updateTime, expirationTime }: PayPalAuthorization) {
  const state = authorizationState(status);
  const hasRunOut = timeOf(updateTime) >= timeOf(expirationTime);
  return state === 'released' && hasRunOut ? 'expired' : state;
}

/** PayPal documents no order of the list; those without a time keep their place. */
function inOrder(all: readonly PayPalAuthorization[]): readonly PayPalAuthorization[] {
  return [...all].sort((a, b) => timeOf(a.createTime) - timeOf(b.createTime) || 0);
}

function timeOf(text: string | null): number {
  return new Date(text ?? Number.NaN).getTime();
}

function dateOf(ms: number): Date | null {
  return Number.isNaN(ms) ? null : new Date(ms);
}
