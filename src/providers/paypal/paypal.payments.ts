import {
  withAmount,
  withAmountAndReference,
  type CaptureOrder,
  type CreateOrder,
  type ProviderPayment,
} from '../payment-provider';
import { type CallResult, type CallTrouble } from '../provider-call';
import { type PayPalClient } from './paypal.client';
import { complete, shown } from './paypal.complete';
import { toPayPalAmount } from './paypal.currencies';
import { PAID_BEFORE, PAID_ELSEWHERE } from './paypal.issues';
import { orderRequest } from './paypal.order';
import { notAcceptable, orderOutcome } from './paypal.outcome';

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
    return withAmountAndReference(shown(await complete(this.client, created)));
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
    return shown(await complete(this.client, captured));
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
}

const NO_CAPTURE: CallTrouble = {
  code: 'no_capture_shown',
  message: 'PayPal answered a capture with success and showed no capture.',
  reference: null,
};
