import { type Answer } from '../http/answer';
import { type Sandbox } from '../sandbox';
import { type PayPalCall } from './call';
import { refuse, unknownOrder } from './errors';
import { findCapture, findOrder } from './find';
import { orderView } from './order-view';
import { captureView } from './payment-views';

/** `GET /v2/checkout/orders/{id}`, which always shows everything. */
export function getOrder(sandbox: Sandbox, call: PayPalCall): Answer {
  const order = findOrder(sandbox, call);
  if (!order) return unknownOrder();
  return { status: 200, body: orderView(sandbox, order, { fullAnswer: true }) };
}

/** `GET /v2/payments/captures/{id}`: https://developer.paypal.com/docs/api/payments/v2/#captures_get */
export function getCapture(sandbox: Sandbox, call: PayPalCall): Answer {
  const found = findCapture(sandbox, call.id);
  if (found?.order.account !== call.account) {
    return refuse([{ issue: 'INVALID_RESOURCE_ID', field: 'capture_id', location: 'path' }]);
  }
  const related = { supplementary_data: { related_ids: { order_id: found.order.id } } };
  return { status: 200, body: { ...captureView(sandbox, found.order, found), ...related } };
}
