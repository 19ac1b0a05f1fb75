import {
  withAmount,
  withAmountAndReference,
  type CaptureOrder,
  type CreateOrder,
  type PaymentOps,
  type ProviderPayment,
} from '../../payment-provider';
import { type CallResult, type CallTrouble } from '../../provider-call';
import { toPayPalAmount } from '../paypal.currencies';
import { notAcceptable, outcomeOf, RETRY_AFTER_S, type Reading } from '../paypal.outcome';
import { type V1Client } from './v1.client';
import { EXECUTED_BEFORE, V1_PAYMENT_ISSUES } from './v1.issues';
import { isRedirected, V1_CURRENCIES, v1PaymentRequest } from './v1.request';
import { soldAmount, toV1ProviderPayment } from './v1.translate';
import { parseV1Payment, type V1Payment } from './v1.wire';

type Result = CallResult<ProviderPayment>;

const PAYMENT: Reading<V1Payment> = {
  object: 'payment',
  parse: parseV1Payment,
  issues: V1_PAYMENT_ISSUES,
};

/** The port's payment operations in terms of Payments v1: a sale, executed once its payer agreed. */
export class V1Payments implements PaymentOps {
  constructor(
    private readonly client: Pick<V1Client, 'createPayment' | 'getPayment' | 'executePayment'>,
    private readonly brandName: string | null,
  ) {}

  async create(order: CreateOrder): Promise<Result> {
    const amount = toPayPalAmount(order.amount, V1_CURRENCIES);
    if (!amount) return notAcceptable(order.amount);
    if (!isRedirected(order)) return URLS_MISSING;
    const request = v1PaymentRequest(order, amount, this.brandName);
    const created = outcomeOf(await this.client.createPayment(request, order.key), PAYMENT);
    // There is nothing yet that could be missing: such an answer proves nothing about the create.
    if (created.outcome === 'not_found') return { outcome: 'unknown', trouble: created.trouble };
    return withAmountAndReference(shown(await this.complete(created)));
  }

  async read(providerId: string): Promise<Result> {
    return withAmount(shown(outcomeOf(await this.client.getPayment(providerId), PAYMENT)));
  }

  async capture(order: CaptureOrder): Promise<Result> {
    return withAmountAndReference(await this.execute(order));
  }

  /**
   * Executing takes the payer's id, and the payment itself says best who agreed: it is read first, which also
   * shows one that was executed before, and nothing is sent for it again.
   */
  private async execute({ providerId, key }: CaptureOrder): Promise<Result> {
    const seen = await this.read(providerId);
    if (seen.outcome === 'unknown') {
      return { outcome: 'not_sent', trouble: seen.trouble, retryAfterS: RETRY_AFTER_S };
    }
    if (seen.outcome !== 'done' || seen.value.state !== 'open') return seen;
    const { payerId } = seen.value;
    if (payerId === null) return NOT_AGREED;
    const call = { id: providerId, requestId: key };
    const reply = await this.client.executePayment(call, { payer_id: payerId });
    const executed = outcomeOf(reply, PAYMENT);
    if (executed.outcome === 'unknown') return this.lookForMoney(providerId, executed.trouble);
    if (executed.outcome !== 'done') return shown(executed);
    if (executed.value.sales.length === 0) return this.lookForMoney(providerId, NO_SALE);
    return shown(await this.complete(executed));
  }

  /** PayPal says that it was executed before, or that this worked without showing what: what does the payment hold? */
  private async lookForMoney(providerId: string, trouble: CallTrouble): Promise<Result> {
    const codes: readonly string[] = [...EXECUTED_BEFORE, NO_SALE.code];
    if (!codes.includes(trouble.code)) return { outcome: 'unknown', trouble };
    const found = await this.read(providerId);
    const isFound = found.outcome === 'done' && found.value.captures.length > 0;
    return isFound ? found : { outcome: 'unknown', trouble };
  }

  /**
   * An answer may leave out the amount and our reference: they are read after it, so that callers can compare
   * them. What the answer itself said stands, whatever becomes of that read.
   */
  private async complete(answer: CallResult<V1Payment>): Promise<CallResult<V1Payment>> {
    if (answer.outcome !== 'done') return answer;
    const payment = answer.value;
    if (payment.amount !== null && payment.custom !== null) return answer;
    const read = outcomeOf(await this.client.getPayment(payment.id), PAYMENT);
    const same = read.outcome === 'done' && read.value.id === payment.id ? read.value : null;
    const amount = payment.amount ?? same?.amount ?? soldAmount(payment);
    const custom = payment.custom ?? same?.custom ?? null;
    const payerId = payment.payerId ?? same?.payerId ?? null;
    return { outcome: 'done', value: { ...payment, amount, custom, payerId } };
  }
}

const NO_SALE: CallTrouble = {
  code: 'no_sale_shown',
  message: 'PayPal answered an execute with success and showed no sale.',
  reference: null,
};

const NOT_AGREED: Result = {
  outcome: 'refused',
  refusal: {
    kind: 'payer',
    code: 'payer_not_known',
    message: 'PayPal shows no payer who agreed to the payment; nothing was sent.',
    reference: null,
  },
};

const URLS_MISSING: Result = {
  outcome: 'refused',
  refusal: {
    kind: 'request',
    code: 'return_urls_missing',
    message: 'PayPal Payments v1 needs a return URL and a cancel URL; nothing was sent.',
    reference: null,
  },
};

function shown(result: CallResult<V1Payment>): Result {
  if (result.outcome !== 'done') return result;
  const payment = toV1ProviderPayment(result.value);
  if (payment) return { outcome: 'done', value: payment };
  const message = 'PayPal shows a sale whose amount cannot be read.';
  return { outcome: 'unknown', trouble: { code: 'unreadable_amount', message, reference: null } };
}
