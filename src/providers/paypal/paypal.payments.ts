import {
  withAmount,
  withAmountAndReference,
  type CaptureOrder,
  type CreateOrder,
  type ProviderPayment,
} from '../payment-provider';
import { type CallResult, type CallTrouble } from '../provider-call';
import { type PayPalClient } from './paypal.client';
import { toPayPalAmount } from './paypal.currencies';
import { PAID_BEFORE, PAID_ELSEWHERE } from './paypal.issues';
import { orderRequest } from './paypal.order';
import { notAcceptable, orderOutcome } from './paypal.outcome';
import { capturedAmount, toPayment } from './paypal.translate';
import { type PayPalOrder } from './paypal.wire';

type Result = CallResult<ProviderPayment>;

/** The port's payment operations in terms of PayPal orders. */
export class PayPalPayments {
  constructor(
    private readonly client: Pick<PayPalClient, 'createOrder' | 'getOrder' | 'captureOrder'>,
    private readonly brandName: string | null,
  ) {}

  /** An invoice id that was paid already is unknown here: money may be there, under an order we never learnt of. */
  async create(order: CreateOrder): Promise<Result> {
    const amount = toPayPalAmount(order.amount);
    if (!amount) return notAcceptable(order.amount);
    const request = orderRequest(order, amount, this.brandName);
    const created = orderOutcome(await this.client.createOrder(request, order.key));
    // There is nothing yet that could be missing: such an answer proves nothing about the create.
    if (created.outcome === 'not_found') return { outcome: 'unknown', trouble: created.trouble };
    return withAmountAndReference(shown(await this.complete(created)));
  }

  async read(providerId: string): Promise<Result> {
    return withAmount(shown(orderOutcome(await this.client.getOrder(providerId))));
  }

  async capture(order: CaptureOrder): Promise<Result> {
    return withAmountAndReference(await this.take(order));
  }

  private async take({ providerId, key }: CaptureOrder): Promise<Result> {
    const captured = orderOutcome(
      await this.client.captureOrder({ id: providerId, requestId: key }),
    );
    if (captured.outcome === 'unknown') return this.lookForMoney(providerId, captured.trouble);
    if (captured.outcome !== 'done') return shown(captured);
    if (captured.value.captures.length === 0) return this.lookForMoney(providerId, NO_CAPTURE);
    return shown(await this.complete(captured));
  }

  /** PayPal says that the money was taken before, or that this worked without showing what: what does the order hold? */
  private async lookForMoney(providerId: string, trouble: CallTrouble): Promise<Result> {
    const codes: readonly string[] = [...PAID_BEFORE, PAID_ELSEWHERE, NO_CAPTURE.code];
    if (!codes.includes(trouble.code)) return { outcome: 'unknown', trouble };
    const found = await this.read(providerId);
    if (found.outcome !== 'done') return { outcome: 'unknown', trouble };
    if (found.value.captures.length > 0) return found;
    // Another order with our invoice id was paid. This one can never be, and no money moved here.
    if (trouble.code === PAID_ELSEWHERE) {
      return { outcome: 'refused', refusal: { ...trouble, kind: 'final' } };
    }
    return { outcome: 'unknown', trouble };
  }

  /**
   * PayPal's short answers leave out the amount and our reference: they are read after it, so that callers
   * can compare them. What the answer itself said stands, whatever becomes of that read.
   */
  private async complete(answer: CallResult<PayPalOrder>): Promise<CallResult<PayPalOrder>> {
    if (answer.outcome !== 'done') return answer;
    const order = answer.value;
    if (order.amount !== null && order.customId !== null) return answer;
    const read = orderOutcome(await this.client.getOrder(order.id));
    const same = read.outcome === 'done' && read.value.id === order.id ? read.value : null;
    const amount = order.amount ?? same?.amount ?? capturedAmount(order);
    const customId = order.customId ?? same?.customId ?? null;
    const payerId = order.payerId ?? same?.payerId ?? null;
    return { outcome: 'done', value: { ...order, amount, customId, payerId } };
  }
}

const NO_CAPTURE: CallTrouble = {
  code: 'no_capture_shown',
  message: 'PayPal answered a capture with success and showed no capture.',
  reference: null,
};

function shown(result: CallResult<PayPalOrder>): Result {
  if (result.outcome !== 'done') return result;
  const payment = toPayment(result.value);
  if (payment) return { outcome: 'done', value: payment };
  const message = 'PayPal shows a capture whose amount cannot be read.';
  return { outcome: 'unknown', trouble: { code: 'unreadable_amount', message, reference: null } };
}
