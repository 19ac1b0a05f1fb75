import { type JsonObject } from '../../shared/json';
import { Money } from '../../shared/money/money';
import { type ProviderChargeback, type ProviderRefund } from '../provider-parts';
import { fromPayPalAmount } from './paypal.currencies';
import { type PayPalDispute } from './paypal.disputes.wire';

type State = ProviderChargeback['state'];

/** https://developer.paypal.com/docs/api/customer-disputes/v1/#definition-dispute; RESOLVED is up to the outcome. */
const STATUSES: ReadonlyMap<string, State> = new Map([
  ['OPEN', 'open'],
  ['WAITING_FOR_BUYER_RESPONSE', 'open'],
  ['WAITING_FOR_SELLER_RESPONSE', 'open'],
  ['UNDER_REVIEW', 'open'],
]);

/** Those that name a winner. RESOLVED_WITH_PAYOUT, ACCEPTED, DENIED and NONE do not, so they stay unknown. */
const OUTCOMES: ReadonlyMap<string, State> = new Map([
  ['RESOLVED_BUYER_FAVOUR', 'lost'],
  ['RESOLVED_SELLER_FAVOUR', 'won'],
  ['CANCELED_BY_BUYER', 'won'],
]);

/** A reversal is read as a refund; one that did not come about left the money with us. */
const REVERSAL_STATES: Readonly<Record<ProviderRefund['state'], State>> = {
  pending: 'open',
  refunded: 'lost',
  failed: 'won',
  canceled: 'won',
  unknown: 'unknown',
};

/**
 * A dispute as the port shows chargebacks; null when it does not say how much it is of. What is disputed is held
 * within our account and has not left it; a lost dispute takes it by a reversal or a refund, which PayPal tells
 * of on its own. So the dispute itself takes nothing, and no money is counted twice.
 */
export function fromDispute(dispute: PayPalDispute): ProviderChargeback | null {
  const amount = dispute.amount && fromPayPalAmount(dispute.amount);
  if (!amount) return null;
  const isOver = dispute.status === 'RESOLVED';
  const word = (isOver ? dispute.outcome : null) ?? dispute.status;
  return {
    chargebackId: dispute.id,
    state: (isOver ? OUTCOMES : STATUSES).get(word) ?? 'unknown',
    providerState: word,
    amount,
    taken: Money.zero(amount.currency),
    paymentId: null,
    captureIds: dispute.captureIds,
    reason: dispute.reason,
    createdAt: toTime(dispute.createTime),
    raw: dispute.raw,
  };
}

/** The refund that a PAYMENT.CAPTURE.REVERSED, or a PAYMENT.SALE.REVERSED, tells of. */
export function fromReversal(refund: ProviderRefund, raw: JsonObject): ProviderChargeback {
  const { amount, providerState, captureId, createdAt } = refund;
  const state = REVERSAL_STATES[refund.state];
  return {
    chargebackId: refund.refundId,
    state,
    providerState,
    amount,
    taken: takenBy(state, amount),
    paymentId: null,
    captureIds: captureId === null ? [] : [captureId],
    reason: null,
    createdAt,
    raw,
  };
}

function takenBy(state: State, amount: Money): Money | null {
  if (state === 'unknown') return null;
  return state === 'lost' ? amount : Money.zero(amount.currency);
}

function toTime(text: string | null): Date | null {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}
