import { type Money } from '../../../shared/money/money';
import {
  type CaptureMethod,
  type ProviderPayment,
  type ProviderState,
} from '../../../providers/payment-provider';
import { isEnded, move, type PaymentState, type PaymentTrigger } from './payment-lifecycle';

/** What we stored about a payment, as far as news about it is judged by it. */
export interface StoredPayment {
  readonly state: PaymentState;
  readonly amount: Money;
  readonly captureMethod: CaptureMethod;
  /** Ours, `pay_…`. */
  readonly reference: string;
  /** Null until the provider told its id for the first time. */
  readonly providerId: string | null;
  /** The provider's id of who agreed; null where nobody did, or where a person vouched for whoever it shows. */
  readonly payerId: string | null;
}

export interface NewsDecision {
  readonly move: { readonly to: PaymentState; readonly trigger: PaymentTrigger } | null;
  /** The provider shows another payment than ours: nothing of it is accepted. */
  readonly mismatch: string | null;
  /** A contradiction for a person to look at; kept on the payment until then. */
  readonly conflict: string | null;
  /** News that changed nothing although it should not have been possible; goes to the log. */
  readonly report: string | null;
}

/**
 * What follows from what a provider shows now. Pure: the same news, however often and from wherever it
 * comes, leads to the same decision.
 */
export function decideNews(stored: StoredPayment, news: ProviderPayment): NewsDecision {
  const mismatch = mismatchOf(stored, news);
  if (mismatch) return { ...NOTHING, mismatch, conflict: mismatch };
  const trigger = triggerFor(stored.state, news.state);
  if (!trigger) return { ...NOTHING, report: `unknown provider state "${news.providerState}"` };
  if (trigger === 'pay' && !capturedMinor(news, stored.amount.currency)) {
    return { ...NOTHING, conflict: 'paid_without_capture' };
  }
  const step = move(stored.state, trigger);
  switch (step.kind) {
    case 'moved':
      return { ...NOTHING, move: { to: step.to, trigger }, conflict: conflictOf(stored, news) };
    case 'repeated':
      return { ...NOTHING, conflict: amountConflict(stored, news) };
    case 'illegal':
      return {
        ...NOTHING,
        conflict: moneyAfterEnd(stored.state, news.state) ?? lossOfMoney(stored.state, news.state),
        report: `news "${news.providerState}" does not fit ${stored.state}`,
      };
  }
}

/** All in it that is money: what was taken, and what is held. */
export function movesOf({ captures, hold }: Pick<ProviderPayment, 'captures' | 'hold'>) {
  return [...captures, ...(hold ? [hold] : [])];
}

/** Money that the provider holds for the payment, in minor units of its currency. */
export function capturedMinor(news: ProviderPayment, currency: string): bigint {
  return news.captures
    .filter((capture) => capture.state === 'completed' && capture.amount.currency === currency)
    .reduce((sum, capture) => sum + capture.amount.minor, 0n);
}

const NOTHING: NewsDecision = { move: null, mismatch: null, conflict: null, report: null };

const TRIGGERS: Readonly<Record<Exclude<ProviderState, 'unknown'>, PaymentTrigger>> = {
  open: 'open',
  processing: 'process',
  authorized: 'authorize',
  paid: 'pay',
  canceled: 'cancel',
  expired: 'expire',
  failed: 'fail',
};

function triggerFor(state: PaymentState, reported: ProviderState): PaymentTrigger | null {
  if (reported === 'unknown') return null;
  // Money under way that was called off did not come: for us that is a failure, canceling is a caller's word.
  if (reported === 'canceled' && state === 'processing') return 'fail';
  return TRIGGERS[reported];
}

function mismatchOf(stored: StoredPayment, news: ProviderPayment): string | null {
  if (stored.providerId !== null && stored.providerId !== news.providerId) return 'id_mismatch';
  if (news.reference === null ? stored.providerId === null : news.reference !== stored.reference) {
    return 'reference_mismatch';
  }
  if (news.amount === null || !news.amount.equals(stored.amount)) return 'amount_mismatch';
  const moves = movesOf(news);
  const foreign = moves.some((move) => move.amount.currency !== stored.amount.currency);
  if (foreign) return 'currency_mismatch';
  return moves.length > 0 && isOtherPayer(stored, news) ? 'payer_mismatch' : null;
}

/** Who agrees may change until money moves: after a decline somebody else may pay. */
function isOtherPayer({ payerId }: StoredPayment, news: ProviderPayment): boolean {
  return payerId !== null && news.payerId !== null && payerId !== news.payerId;
}

/** Money that is on its way to a payment which ended here must not arrive unwatched. */
function moneyAfterEnd(state: PaymentState, reported: ProviderState): string | null {
  const isMoney = reported === 'processing' || reported === 'authorized';
  return isMoney && isEnded(state) ? `${reported}_after_${state}` : null;
}

/** We booked the money, and now the provider says that it never came. */
function lossOfMoney(state: PaymentState, reported: ProviderState): string | null {
  const isDenied = reported === 'canceled' || reported === 'expired' || reported === 'failed';
  return state === 'paid' && isDenied ? `${reported}_after_paid` : null;
}

function conflictOf(stored: StoredPayment, news: ProviderPayment): string | null {
  if (news.state === 'paid' && isEnded(stored.state)) return `paid_after_${stored.state}`;
  return amountConflict(stored, news);
}

function amountConflict(stored: StoredPayment, news: ProviderPayment): string | null {
  if (news.hold && !news.hold.amount.equals(stored.amount)) return 'authorized_amount_mismatch';
  const captured = capturedMinor(news, stored.amount.currency);
  // Of held money a part may be taken, before the payment is paid and after it.
  const isFitting =
    stored.captureMethod === 'manual'
      ? captured <= stored.amount.minor
      : news.state !== 'paid' || captured === stored.amount.minor;
  return isFitting ? null : 'captured_amount_mismatch';
}
