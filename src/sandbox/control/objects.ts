import { type Answer } from '../http/answer';
import { type JsonObject, textMember } from '../http/json';
import { exponentOf, toDecimal, toMinor } from '../money';
import { isGone, type Order } from '../paypal/order';
import { isV1, stateOf } from '../paypal/v1/payment';
import { type Payment } from '../paypro/payment';
import { type Sandbox } from '../sandbox';
import { ok } from './answers';

/** Every order and payment with the reference of its maker, so that an auditor finds what belongs to nothing. */
export function listObjects({ store }: Sandbox): Answer {
  const nowMs = store.now().getTime();
  const orders = [...store.orders.values()].map((order) => orderObject(order, nowMs));
  return ok([...orders, ...[...store.payments.values()].map(paymentObject)]);
}

function orderObject(order: Order, nowMs: number): JsonObject {
  const currency = order.units[0]?.amount.currency_code ?? '';
  const exponent = exponentOf(currency);
  const amounts = order.units.map(({ amount }) => toMinor(amount.value, exponent));
  const customIds = order.units.map(({ body }) => textMember(body, 'custom_id'));
  const captures = order.units.flatMap((unit) => unit.captures);
  return {
    gateway: 'paypal',
    kind: isV1(order) ? 'payment' : 'order',
    id: order.id,
    account: order.account,
    custom_id: customIds.find((id) => id !== undefined) ?? null,
    amount: toDecimal(
      amounts.reduce((sum, amount) => sum + amount, 0n),
      exponent,
    ),
    currency,
    // An order outside its approval window answers 404 and still happened.
    state: isGone(order, nowMs) ? 'GONE' : shownState(order),
    captures: captures.map(({ id, status }) => ({ id, status })),
    created_at: order.createdAt,
  };
}

function shownState(order: Order): string {
  return isV1(order) ? stateOf(order) : order.status;
}

function paymentObject(payment: Payment): JsonObject {
  return {
    gateway: 'paypro',
    kind: 'payment',
    id: payment.id,
    account: payment.account,
    metadata: payment.metadata,
    amount: toDecimal(BigInt(payment.amount), 2),
    currency: payment.currency,
    state: payment.state,
    created_at: payment.createdAt,
  };
}
