import { isObject, type JsonObject } from '../../http/json';
import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type Capture, type Order, type PurchaseUnit } from '../order';
import { orderView } from '../order-view';
import { captureView, relatedIdsOf } from '../payment-views';
import { isV1 } from '../v1/payment';
import { paymentNews, saleNews } from '../v1/news';
import { announceNews } from './event-envelope';

type OrderEvent = 'CHECKOUT.ORDER.APPROVED' | 'CHECKOUT.ORDER.COMPLETED';

export function approvalNews(sandbox: Sandbox, order: Order): Change[] {
  return isV1(order)
    ? paymentNews(sandbox, order)
    : orderNews(sandbox, order, 'CHECKOUT.ORDER.APPROVED');
}

/** Tells that the payer agreed, or that the order was carried out. */
export function orderNews(sandbox: Sandbox, order: Order, type: OrderEvent): Change[] {
  const resource = orderView(sandbox, order, { fullAnswer: true });
  return announceNews(sandbox, order, {
    type,
    resourceType: 'checkout-order',
    resourceId: order.id,
    summary: `The order was ${type === 'CHECKOUT.ORDER.APPROVED' ? 'approved by the payer' : 'completed'}`,
    resource: type === 'CHECKOUT.ORDER.APPROVED' ? withEmptyBreakdowns(resource) : resource,
  });
}

/** Tells what became of a capture. */
export function captureNews(
  sandbox: Sandbox,
  order: Order,
  { unit, capture }: { unit: PurchaseUnit; capture: Capture },
): Change[] {
  if (isV1(order)) return saleNews(sandbox, { order, unit, capture });
  const { status, amount } = capture;
  return announceNews(sandbox, order, {
    type: `PAYMENT.CAPTURE.${status}`,
    resourceType: 'capture',
    resourceId: capture.id,
    summary: `A capture of ${amount.value} ${amount.currency_code} is ${status.toLowerCase()}`,
    resource: {
      ...captureView(sandbox, order, { unit, capture }),
      ...relatedIdsOf(order, capture),
    },
  });
}

/** Approved orders show an empty object here, which some JSON writers turn into a list. */
function withEmptyBreakdowns(resource: JsonObject): JsonObject {
  const units = resource['purchase_units'];
  if (!Array.isArray(units)) return resource;
  const shown = units.map((unit: unknown) => {
    if (!isObject(unit) || !isObject(unit['amount'])) return unit;
    return { ...unit, amount: { ...unit['amount'], breakdown: unit['amount']['breakdown'] ?? {} } };
  });
  return { ...resource, purchase_units: shown };
}
