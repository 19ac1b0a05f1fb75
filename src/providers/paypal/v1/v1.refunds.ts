import { type CallResult } from '../../provider-call';
import {
  type ProviderRefund,
  type RefundIds,
  type RefundOps,
  type RefundOrder,
} from '../../provider-parts';
import { type Reversals } from '../paypal.chargebacks';
import { toPayPalAmount } from '../paypal.currencies';
import { notAcceptable, outcomeOf, type Reading } from '../paypal.outcome';
import { type RefundApi, refundOutcome, shownRefund, shownRefunds } from '../paypal.refund-outcome';
import { toRefund } from '../paypal.refund-translate';
import { type PayPalRefund } from '../paypal.refunds.wire';
import { cut } from '../paypal.text';
import { type PayPalAmount } from '../paypal.wire';
import { type V1Client } from './v1.client';
import { V1_PAYMENT_ISSUES, V1_REFUND_ISSUES, V1_REFUNDED_BEFORE } from './v1.issues';
import { parseV1Refund, parseV1Refunds, type V1RefundRequest } from './v1.refunds.wire';
import { toV1Amount, V1_CURRENCIES } from './v1.request';
import { parseV1Payment } from './v1.wire';

type Result = CallResult<ProviderRefund>;

const DAY_MS = 86_400_000;
/** Payments v1 keeps request ids for 30 days; the last one is left alone, clocks differ. */
const REPEAT_MS = 29 * DAY_MS;
/** https://developer.paypal.com/docs/api/payments/v1/#definition-refund_request; single-byte characters only. */
const NOTE = /^[\x20-\x7e]+$/;
const NOTE_LENGTH_MAX = 255;

/** https://developer.paypal.com/docs/api/payments/v1/#definition-refund */
const STATES: ReadonlyMap<string, ProviderRefund['state']> = new Map([
  ['pending', 'pending'],
  ['completed', 'refunded'],
  ['failed', 'failed'],
  ['cancelled', 'canceled'],
]);

const REFUND: Reading<PayPalRefund> = {
  object: 'refund',
  parse: parseV1Refund,
  issues: V1_REFUND_ISSUES,
};

const PAYMENT = { object: 'payment', parse: parseV1Payment, issues: V1_PAYMENT_ISSUES };

/** A sale that PayPal took back, as PAYMENT.SALE.REVERSED tells of it. */
export function reversalsOfV1(client: Pick<V1Client, 'getRefund'>): Reversals {
  return {
    get: (id) => client.getRefund(id),
    reading: { ...REFUND, object: 'reversal' },
    translate: (refund) => toRefund(refund, STATES),
  };
}

/** The port's refunds in terms of the sales of Payments v1, which has no way to call one off. */
export class V1Refunds implements RefundOps {
  readonly repeatMs = REPEAT_MS;

  constructor(private readonly client: Pick<V1Client, 'refundSale' | 'getRefund' | 'getPayment'>) {}

  private readonly api: RefundApi = {
    reading: REFUND,
    refundedBefore: V1_REFUNDED_BEFORE,
    translate: (refund) => toRefund(refund, STATES),
    get: (refundId) => this.client.getRefund(refundId),
    list: (providerId) => this.list(providerId),
  };

  async refund(order: RefundOrder): Promise<Result> {
    const amount = toPayPalAmount(order.amount, V1_CURRENCIES);
    if (!amount) return notAcceptable(order.amount);
    const call = { saleId: order.captureId, requestId: order.key };
    const reply = await this.client.refundSale(call, refundRequest(order, amount));
    return refundOutcome(this.api, order, reply);
  }

  async read({ refundId }: RefundIds): Promise<Result> {
    return shownRefund(this.api, outcomeOf(await this.client.getRefund(refundId), REFUND));
  }

  /** As the payment shows them beside its sale: Payments v1 lists none. */
  async list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>> {
    const reply = await this.client.getPayment(providerId);
    const payment = outcomeOf(reply, PAYMENT);
    if (payment.outcome !== 'done') return payment;
    const isIt = payment.value.id === providerId && reply.kind === 'answer';
    const refunds = isIt ? parseV1Refunds(reply.body) : null;
    return shownRefunds(this.api, refunds, `payment ${providerId}`);
  }
}

/** The refund as PayPal wants it. The payer sees the description, so our reason, which is for staff, stays here. */
function refundRequest(
  { reference, description }: RefundOrder,
  amount: PayPalAmount,
): V1RefundRequest {
  const note = (description ?? '').replace(/\s+/g, ' ').trim();
  return {
    amount: toV1Amount(amount),
    // The only field that comes back with it, and a wall that outlives the key where accounts demand unique ones.
    invoice_number: reference,
    ...(NOTE.test(note) ? { description: cut(note, NOTE_LENGTH_MAX) } : {}),
  };
}
