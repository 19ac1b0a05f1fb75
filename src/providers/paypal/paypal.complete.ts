import { type ProviderPayment } from '../payment-provider';
import { type CallResult } from '../provider-call';
import { type PayPalClient } from './paypal.client';
import { orderOutcome } from './paypal.outcome';
import { shownAmount, toPayment } from './paypal.translate';
import { type PayPalOrder } from './paypal.wire';

/**
 * PayPal's short answers leave out the amount and our reference: they are read after it, so that callers
 * can compare them. What the answer itself said stands, whatever becomes of that read.
 */
export async function complete(
  client: Pick<PayPalClient, 'getOrder'>,
  answer: CallResult<PayPalOrder>,
): Promise<CallResult<PayPalOrder>> {
  if (answer.outcome !== 'done') return answer;
  const order = answer.value;
  if (order.amount !== null && order.customId !== null) return answer;
  const read = orderOutcome(await client.getOrder(order.id));
  const same = read.outcome === 'done' && read.value.id === order.id ? read.value : null;
  const amount = order.amount ?? same?.amount ?? shownAmount(order);
  const customId = order.customId ?? same?.customId ?? null;
  const payerId = order.payerId ?? same?.payerId ?? null;
  return { outcome: 'done', value: { ...order, amount, customId, payerId } };
}

/** The order as the port shows payments; unknown when it shows money whose amount cannot be read. */
export function shown(result: CallResult<PayPalOrder>): CallResult<ProviderPayment> {
  if (result.outcome !== 'done') return result;
  const payment = toPayment(result.value);
  if (payment) return { outcome: 'done', value: payment };
  const message = 'PayPal shows a capture or a hold whose amount cannot be read.';
  return { outcome: 'unknown', trouble: { code: 'unreadable_amount', message, reference: null } };
}
