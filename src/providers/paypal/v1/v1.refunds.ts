import { type CallResult, type CallTrouble, troubleIn } from '../../provider-call';
import {
  type ProviderRefund,
  type RefundIds,
  type RefundOps,
  type RefundOrder,
} from '../../provider-parts';
import { type Reversals } from '../paypal.chargebacks';
import { toPayPalAmount } from '../paypal.currencies';
import { notAcceptable, outcomeOf, type PayPalReply, type Reading } from '../paypal.outcome';
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

  async refund(order: RefundOrder): Promise<Result> {
    const amount = toPayPalAmount(order.amount, V1_CURRENCIES);
    if (!amount) return notAcceptable(order.amount);
    const call = { saleId: order.captureId, requestId: order.key };
    const reply = await this.client.refundSale(call, refundRequest(order, amount));
    const refunded = outcomeOf(reply, REFUND);
    const doubt = doubtIn(refunded);
    if (doubt) return this.lookForRefund(order, { refunded, doubt });
    return shown(await this.complete(refunded));
  }

  async read({ refundId }: RefundIds): Promise<Result> {
    return shown(outcomeOf(await this.client.getRefund(refundId), REFUND));
  }

  /** As the payment shows them beside its sale: Payments v1 lists none. */
  async list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>> {
    const reply = await this.client.getPayment(providerId);
    const payment = outcomeOf(reply, PAYMENT);
    if (payment.outcome !== 'done') return payment;
    const refunds = payment.value.id === providerId ? refundsIn(reply) : null;
    if (refunds) return { outcome: 'done', value: refunds };
    return incomplete(`PayPal does not show every refund of the payment ${providerId}.`);
  }

  /** PayPal has nothing to give back: is the reason a refund of ours whose answer we never saw? */
  private async lookForRefund(
    { providerId, reference }: RefundOrder,
    { refunded, doubt }: { refunded: CallResult<PayPalRefund>; doubt: CallTrouble },
  ): Promise<Result> {
    const listed = await this.list(providerId);
    if (listed.outcome !== 'done') return { outcome: 'unknown', trouble: doubt };
    const ours = listed.value.find((refund) => refund.reference === reference);
    return ours ? { outcome: 'done', value: ours } : shown(refunded);
  }

  /** An answer without its amount is read once more; what it said itself stands, whatever becomes of that read. */
  private async complete(answer: CallResult<PayPalRefund>): Promise<CallResult<PayPalRefund>> {
    if (answer.outcome !== 'done' || answer.value.amount !== null) return answer;
    const { id, status } = answer.value;
    const read = outcomeOf(await this.client.getRefund(id), REFUND);
    if (read.outcome !== 'done' || read.value.id !== id) return answer;
    return { outcome: 'done', value: { ...read.value, status } };
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

/** The trouble after which the payment is looked at before anything is said. */
function doubtIn(refunded: CallResult<PayPalRefund>): CallTrouble | null {
  if (refunded.outcome !== 'refused' && refunded.outcome !== 'unknown') return null;
  const trouble = troubleIn(refunded);
  return V1_REFUNDED_BEFORE.has(trouble.code) ? trouble : null;
}

function refundsIn(reply: PayPalReply): readonly ProviderRefund[] | null {
  const refunds = reply.kind === 'answer' ? parseV1Refunds(reply.body) : null;
  const known = refunds?.flatMap((refund) => toRefund(refund, STATES) ?? []);
  return known?.length === refunds?.length ? (known ?? null) : null;
}

function shown(result: CallResult<PayPalRefund>): Result {
  if (result.outcome !== 'done') return result;
  const refund = toRefund(result.value, STATES);
  if (refund) return { outcome: 'done', value: refund };
  const { id, status } = result.value;
  return incomplete(`The answer shows the refund ${id} as ${status} without its amount.`);
}

function incomplete(message: string) {
  const trouble = { code: 'answer_incomplete', message, reference: null };
  return { outcome: 'unknown' as const, trouble };
}
