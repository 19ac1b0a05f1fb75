import { type CallResult, type CallTrouble, troubleIn } from '../provider-call';
import {
  type ProviderRefund,
  type RefundIds,
  type RefundOps,
  type RefundOrder,
} from '../provider-parts';
import { type PayPalClient } from './paypal.client';
import { toPayPalAmount } from './paypal.currencies';
import { REFUND_ISSUES, REFUNDED_BEFORE } from './paypal.issues';
import {
  notAcceptable,
  orderOutcome,
  outcomeOf,
  type PayPalReply,
  type Reading,
} from './paypal.outcome';
import { refundRequest, toRefund } from './paypal.refund-translate';
import { parseRefund, parseRefunds, type PayPalRefund } from './paypal.refunds.wire';

type Result = CallResult<ProviderRefund>;

const DAY_MS = 86_400_000;
/** PayPal keeps request ids of refunds for 45 days; the last one is left alone, clocks differ. */
const REPEAT_MS = 44 * DAY_MS;

const REFUND: Reading<PayPalRefund> = {
  object: 'refund',
  parse: parseRefund,
  issues: REFUND_ISSUES,
};

/** The port's refunds in terms of Payments v2, which has no way to call one off. */
export class PayPalRefunds implements RefundOps {
  readonly repeatMs = REPEAT_MS;

  constructor(
    private readonly client: Pick<PayPalClient, 'refundCapture' | 'getRefund' | 'getOrder'>,
  ) {}

  async refund(order: RefundOrder): Promise<Result> {
    const amount = toPayPalAmount(order.amount);
    if (!amount) return notAcceptable(order.amount);
    const call = { captureId: order.captureId, requestId: order.key };
    const reply = await this.client.refundCapture(call, refundRequest(order, amount));
    const refunded = outcomeOf(reply, REFUND);
    const doubt = doubtIn(refunded);
    if (doubt) return this.lookForRefund(order, { refunded, doubt });
    return shown(await this.complete(refunded));
  }

  async read({ refundId }: RefundIds): Promise<Result> {
    return shown(outcomeOf(await this.client.getRefund(refundId), REFUND));
  }

  /** As the order shows them: Payments v2 lists none. */
  async list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>> {
    const reply = await this.client.getOrder(providerId);
    const order = orderOutcome(reply);
    if (order.outcome !== 'done') return order;
    const refunds = order.value.id === providerId ? refundsIn(reply) : null;
    if (refunds) return { outcome: 'done', value: refunds };
    return incomplete(`PayPal does not show every refund of the order ${providerId}.`);
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

  /**
   * PayPal's short answers leave out the amount and our reference: they are read after it. What the answer
   * itself said stands, whatever becomes of that read.
   */
  private async complete(answer: CallResult<PayPalRefund>): Promise<CallResult<PayPalRefund>> {
    if (answer.outcome !== 'done' || answer.value.amount !== null) return answer;
    const { id, status } = answer.value;
    const read = outcomeOf(await this.client.getRefund(id), REFUND);
    if (read.outcome !== 'done' || read.value.id !== id) return answer;
    return { outcome: 'done', value: { ...read.value, status } };
  }
}

/** The trouble after which the order is looked at before anything is said. */
function doubtIn(refunded: CallResult<PayPalRefund>): CallTrouble | null {
  if (refunded.outcome !== 'refused' && refunded.outcome !== 'unknown') return null;
  const trouble = troubleIn(refunded);
  return REFUNDED_BEFORE.has(trouble.code) ? trouble : null;
}

function refundsIn(reply: PayPalReply): readonly ProviderRefund[] | null {
  const refunds = reply.kind === 'answer' ? parseRefunds(reply.body) : null;
  const known = refunds?.flatMap((refund) => toRefund(refund) ?? []);
  return known?.length === refunds?.length ? (known ?? null) : null;
}

function shown(result: CallResult<PayPalRefund>): Result {
  if (result.outcome !== 'done') return result;
  const refund = toRefund(result.value);
  if (refund) return { outcome: 'done', value: refund };
  const { id, status } = result.value;
  return incomplete(`The answer shows the refund ${id} as ${status} without its amount.`);
}

function incomplete(message: string) {
  const trouble = { code: 'answer_incomplete', message, reference: null };
  return { outcome: 'unknown' as const, trouble };
}
