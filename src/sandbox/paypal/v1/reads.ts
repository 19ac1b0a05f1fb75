import { type Answer } from '../../http/answer';
import { type Sandbox } from '../../sandbox';
import { type PayPalCall } from '../call';
import { refuseV1 } from './errors';
import { findPayment, findSale } from './payment';
import { paymentView } from './payment-view';
import { refundView } from './refund-view';
import { saleView } from './sale-view';

export function getPayment(sandbox: Sandbox, call: PayPalCall): Answer {
  const payment = findPayment(sandbox, call);
  if (!payment) return refuseV1('INVALID_RESOURCE_ID');
  return { status: 200, body: paymentView(sandbox, payment) };
}

export function getSale(sandbox: Sandbox, call: PayPalCall): Answer {
  const found = findSale(sandbox, call);
  if (!found) return refuseV1('INVALID_RESOURCE_ID');
  return { status: 200, body: saleView(sandbox, found) };
}

export function getRefund(sandbox: Sandbox, call: PayPalCall): Answer {
  const refund = sandbox.store.moneyBack.paypalRefunds.get(call.id);
  const isOwn = findSale(sandbox, { account: call.account, id: refund?.captureId ?? '' });
  if (!refund || !isOwn) return refuseV1('INVALID_RESOURCE_ID');
  return { status: 200, body: refundView(sandbox, refund) };
}
