import { type JsonObject } from '../../http/json';
import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { announceNews, type News } from '../notifications/event-envelope';
import { type Capture } from '../order';
import { type Refund } from '../refund';
import { showAmount } from './amounts';
import { type FoundSale, saleStateOf, type V1Payment } from './payment';
import { paymentView } from './payment-view';
import { refundView } from './refund-view';
import { saleView } from './sale-view';

/** Tells that the payer agreed; it comes no earlier, whatever its name says. */
export function paymentNews(sandbox: Sandbox, payment: V1Payment): Change[] {
  return announceV1(sandbox, payment, {
    type: 'PAYMENTS.PAYMENT.CREATED',
    resourceType: 'payment',
    resourceId: payment.id,
    summary: 'The payment was created and the payer has approved it',
    resource: paymentView(sandbox, payment),
  });
}

/** Tells what became of a sale. */
export function saleNews(sandbox: Sandbox, found: FoundSale): Change[] {
  const { id, amount } = found.capture;
  const state = saleStateOf(found.capture);
  return announceV1(sandbox, found.order, {
    type: `PAYMENT.SALE.${state.toUpperCase()}`,
    resourceType: 'sale',
    resourceId: id,
    summary: `A sale of ${amount.value} ${amount.currency_code} is ${state}`,
    resource: withEmptyDetails(saleView(sandbox, found), found.capture),
  });
}

/**
 * Tells that money went back. The resource is the refund, with an amount below zero; there is no event for a refund
 * that waits or fails.
 */
export function moneyBackNews(sandbox: Sandbox, payment: V1Payment, refund: Refund): Change[] {
  if (refund.status !== 'COMPLETED') return [];
  const { value, currency_code: currency } = refund.amount;
  const amount = { ...showAmount(refund.amount), total: `-${value}` };
  return announceV1(sandbox, payment, {
    type: refund.isReversal ? 'PAYMENT.SALE.REVERSED' : 'PAYMENT.SALE.REFUNDED',
    resourceType: refund.isReversal ? 'sale' : 'refund',
    resourceId: refund.id,
    summary: `A sale of ${value} ${currency} was ${refund.isReversal ? 'reversed' : 'refunded'}`,
    resource: { ...refundView(sandbox, refund), amount },
  });
}

/** Sales are told with an empty object here, which some JSON writers turn into a list. */
function withEmptyDetails(resource: JsonObject, { amount }: Capture): JsonObject {
  return { ...resource, amount: { ...showAmount(amount), details: {} } };
}

function announceV1(sandbox: Sandbox, payment: V1Payment, news: News): Change[] {
  return announceNews(sandbox, payment, { ...news, resourceVersion: '1.0' });
}
