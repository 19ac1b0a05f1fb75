import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { payMethodView } from './pay-methods';
import { isPayable, type Payment } from './payment';
import { refundedOf } from './refund-sums';

/** A payment as every answer and event shows it. */
export function paymentView(sandbox: Sandbox, payment: Payment): JsonObject {
  const base = `${sandbox.publicUrl()}/paypro`;
  return {
    id: payment.id,
    type: 'payment',
    amount: payment.amount,
    currency: payment.currency,
    description: payment.description,
    state: payment.state,
    pay_method: payment.payMethod === null ? null : payMethodView(payment.payMethod),
    refunded_amount: refundedOf(sandbox.store.moneyBack, payment),
    return_url: payment.returnUrl,
    cancel_url: payment.cancelUrl,
    metadata: payment.metadata,
    customer: payment.customer,
    mandate: payment.mandate ?? null,
    subscription: payment.subscription ?? null,
    installment_plan: payment.installmentPlan ?? null,
    locale: payment.locale,
    paid_at: payment.paidAt,
    created_at: payment.createdAt,
    _links: {
      self: `${base}/payments/${payment.id}`,
      ...(isPayable(payment) && !payment.mandate ? { checkout: `${base}/pay/${payment.id}` } : {}),
      ...(payment.customer ? { customer: `${base}/customers/${payment.customer}` } : {}),
      ...(payment.mandate ? { mandate: `${base}/mandates/${payment.mandate}` } : {}),
    },
  };
}
