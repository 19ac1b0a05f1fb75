import { type CallResult } from '../provider-call';
import {
  type ProviderRefund,
  type RefundIds,
  type RefundOps,
  type RefundOrder,
} from '../provider-parts';
import { type PayPalClient } from './paypal.client';
import { toPayPalAmount } from './paypal.currencies';
import { REFUND_ISSUES, REFUNDED_BEFORE } from './paypal.issues';
import { notAcceptable, orderOutcome, outcomeOf, type Reading } from './paypal.outcome';
import { type RefundApi, refundOutcome, shownRefund, shownRefunds } from './paypal.refund-outcome';
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

  private readonly api: RefundApi = {
    reading: REFUND,
    refundedBefore: REFUNDED_BEFORE,
    translate: (refund) => toRefund(refund),
    get: (refundId) => this.client.getRefund(refundId),
    list: (providerId) => this.list(providerId),
  };

  async refund(order: RefundOrder): Promise<Result> {
    const amount = toPayPalAmount(order.amount);
    if (!amount) return notAcceptable(order.amount);
    const call = { captureId: order.captureId, requestId: order.key };
    const reply = await this.client.refundCapture(call, refundRequest(order, amount));
    return refundOutcome(this.api, order, reply);
  }

  async read({ refundId }: RefundIds): Promise<Result> {
    return shownRefund(this.api, outcomeOf(await this.client.getRefund(refundId), REFUND));
  }

  /** As the order shows them: Payments v2 lists none. */
  async list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>> {
    const reply = await this.client.getOrder(providerId);
    const order = orderOutcome(reply);
    if (order.outcome !== 'done') return order;
    const isIt = order.value.id === providerId && reply.kind === 'answer';
    return shownRefunds(this.api, isIt ? parseRefunds(reply.body) : null, `order ${providerId}`);
  }
}
