import { isObject, type JsonObject, textMember } from '../http/json';
import { paypalId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { amountOf, minorOf } from './amounts';
import { toAmount } from './create-order';
import { findCapture, type FoundCapture } from './find';
import { refundEntry } from './ledger-entry';
import { refundNews } from './notifications/refund-events';
import { type Capture, withCapture } from './order';
import { type Refund } from './refund';
import { leftToRefund, refundedOf } from './refund-sums';

/** A refund whose body has passed every rule; without an amount it is of all that is left. */
export function newRefund(
  { store }: Sandbox,
  { order, capture }: FoundCapture,
  { body, status }: { body: JsonObject; status: Refund['status'] },
): Refund {
  const at = store.now().toISOString();
  const currency = capture.amount.currency_code;
  const amount = isObject(body['amount'])
    ? toAmount(body['amount'])
    : amountOf(leftToRefund(store.moneyBack, capture), currency);
  const total = refundedOf(store.moneyBack, capture) + minorOf(amount);
  return {
    id: paypalId(),
    account: order.account,
    orderId: order.id,
    captureId: capture.id,
    status,
    amount,
    isReversal: false,
    note: textMember(body, 'note_to_payer') ?? null,
    invoiceId: textMember(body, 'invoice_id') ?? null,
    customId: textMember(body, 'custom_id') ?? null,
    totalRefunded: amountOf(total, currency),
    createdAt: at,
    updatedAt: at,
  };
}

/** A refund as it is now; one that is completed moves its money and marks its capture. */
export function refundChanges(sandbox: Sandbox, found: FoundCapture, refund: Refund): Change[] {
  const kept: Change = { kind: 'paypal.refund', value: refund };
  const news = refundNews(sandbox, found.order, refund);
  if (refund.status !== 'COMPLETED') return [kept, ...news];
  const money: Change = { kind: 'ledger', value: refundEntry(found, refund) };
  if (refund.isReversal) return [kept, money, ...news];
  const refunded = refundedOf(sandbox.store.moneyBack, found.capture) + minorOf(refund.amount);
  const isAll = refunded >= minorOf(found.capture.amount);
  const capture: Capture = {
    ...found.capture,
    status: isAll ? 'REFUNDED' : 'PARTIALLY_REFUNDED',
    updatedAt: refund.updatedAt,
  };
  return [kept, { kind: 'paypal.order', value: withCapture(found.order, capture) }, money, ...news];
}

/** Lets a pending refund reach the payer, fail or be called off. */
export function settleRefund(
  sandbox: Sandbox,
  id: string,
  status: Exclude<Refund['status'], 'PENDING'>,
): 'settled' | 'unknown' | 'not pending' {
  const { store } = sandbox;
  const refund = store.moneyBack.paypalRefunds.get(id);
  const found = findCapture(sandbox, refund?.captureId ?? '');
  if (!refund || !found) return 'unknown';
  if (refund.status !== 'PENDING') return 'not pending';
  const settled = { ...refund, status, updatedAt: store.now().toISOString() };
  store.commit(...refundChanges(sandbox, found, settled));
  return 'settled';
}
