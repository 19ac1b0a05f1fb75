import { type Answer } from '../http/answer';
import { isObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type PayPalCall } from './call';
import { malformed, refuse, unknownId } from './errors';
import { findOwnCapture } from './find';
import { newRefund, refundChanges } from './make-refund';
import { refundProblems } from './refund-rules';
import { refundView } from './refund-view';
import { rememberedId, rememberRequest } from './request-ids';

/** `POST …/captures/{id}/refund`: https://developer.paypal.com/docs/api/payments/v2/#captures_refund */
export function refundCapture(sandbox: Sandbox, call: PayPalCall): Answer {
  const { store, faults } = sandbox;
  const found = findOwnCapture(sandbox, call);
  if (!found) return unknownId('capture_id');
  const body = call.body ?? {};
  if (!isObject(body)) return malformed();
  const replayed = store.moneyBack.paypalRefunds.get(rememberedId(sandbox, call) ?? '');
  if (replayed) return { status: 200, body: refundView(sandbox, replayed, call) };
  const [first, ...others] = refundProblems(sandbox, found, body);
  if (first) return refuse([first, ...others]);
  const status = faults.takeForMoney('refund_pending') ? 'PENDING' : 'COMPLETED';
  const refund = newRefund(sandbox, found, { body, status });
  store.commit(
    ...refundChanges(sandbox, found, refund),
    ...rememberRequest(sandbox, call, refund.id),
  );
  return { status: 201, body: refundView(sandbox, refund, call) };
}

/** `GET /v2/payments/refunds/{id}`, which always shows everything. */
export function getRefund(sandbox: Sandbox, call: PayPalCall): Answer {
  const { store } = sandbox;
  const refund = store.moneyBack.paypalRefunds.get(call.id);
  if (refund?.account !== call.account || store.orders.get(refund.orderId)?.v1)
    return unknownId('refund_id');
  return { status: 200, body: refundView(sandbox, refund, { fullAnswer: true }) };
}
