import { type Answer } from '../http/answer';
import { type Sandbox } from '../sandbox';
import { type PayPalCall } from './call';
import { unknownId, unknownOrder } from './errors';
import { findOrder, findOwnCapture } from './find';
import { orderView } from './order-view';
import { captureView, relatedIdsOf } from './payment-views';

/** `GET /v2/checkout/orders/{id}`, which always shows everything. */
export function getOrder(sandbox: Sandbox, call: PayPalCall): Answer {
  const order = findOrder(sandbox, call);
  if (!order) return unknownOrder();
  return { status: 200, body: orderView(sandbox, order, { fullAnswer: true }) };
}

/** `GET /v2/payments/captures/{id}`: https://developer.paypal.com/docs/api/payments/v2/#captures_get */
export function getCapture(sandbox: Sandbox, call: PayPalCall): Answer {
  const found = findOwnCapture(sandbox, call);
  if (!found) return unknownId('capture_id');
  const view = captureView(sandbox, found.order, found);
  return { status: 200, body: { ...view, ...relatedIdsOf(found.order, found.capture) } };
}
