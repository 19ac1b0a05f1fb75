import { type Answer } from '../http/answer';
import { isList, isObject, type JsonObject, textMember } from '../http/json';
import { payproId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { invalid, notFound } from './errors';
import { listPage } from './paging';
import { payMethodView } from './pay-methods';
import { isPayable, type Payment } from './payment';
import { brokenPaymentRule } from './payment-rules';
import { seconds } from './time';

/** `POST /payments`; a repeated call makes a second payment: https://docs.paypro.nl/reference/api/payments/ */
export function createPayment(sandbox: Sandbox, call: PayProCall): Answer {
  const body = isObject(call.body) ? call.body : {};
  const refusal = brokenPaymentRule(body, (id) => {
    const customer = sandbox.store.customers.get(id);
    return customer?.account === call.account && !customer.deleted;
  });
  if (refusal) return refusal;
  const payment = newPayment(body, {
    account: call.account,
    createdAt: seconds(sandbox.store.now()),
  });
  sandbox.store.commit({ kind: 'paypro.payment', value: payment });
  return { status: 201, body: paymentView(sandbox, payment) };
}

export function getPayment(sandbox: Sandbox, call: PayProCall): Answer {
  const payment = findPayment(sandbox, call);
  return payment ? { status: 200, body: paymentView(sandbox, payment) } : notFound();
}

export function listPayments(sandbox: Sandbox, call: PayProCall): Answer {
  return listPage(sandbox, call, {
    path: '/payments',
    all: [...sandbox.store.payments.values()].filter(({ account }) => account === call.account),
    view: (payment) => paymentView(sandbox, payment),
  });
}

/** `DELETE /payments/{id}` cancels, and only what nobody has paid yet. */
export function cancelPayment(sandbox: Sandbox, call: PayProCall): Answer {
  const payment = findPayment(sandbox, call);
  if (!payment) return notFound();
  if (!isPayable(payment)) {
    return invalid('state', `A payment that is ${payment.state} cannot be canceled`);
  }
  const canceled: Payment = { ...payment, state: 'canceled' };
  sandbox.store.commit({ kind: 'paypro.payment', value: canceled });
  return { status: 200, body: paymentView(sandbox, canceled) };
}

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
    refunded_amount: 0,
    return_url: payment.returnUrl,
    cancel_url: payment.cancelUrl,
    metadata: payment.metadata,
    customer: payment.customer,
    mandate: null,
    subscription: null,
    installment_plan: null,
    locale: payment.locale,
    paid_at: payment.paidAt,
    created_at: payment.createdAt,
    _links: {
      self: `${base}/payments/${payment.id}`,
      ...(isPayable(payment) ? { checkout: `${base}/pay/${payment.id}` } : {}),
      ...(payment.customer ? { customer: `${base}/customers/${payment.customer}` } : {}),
    },
  };
}

function findPayment({ store }: Sandbox, { account, id }: PayProCall): Payment | undefined {
  const payment = store.payments.get(id);
  return payment?.account === account ? payment : undefined;
}

/** Builds the payment from a body that has passed every rule. */
function newPayment(
  body: JsonObject,
  { account, createdAt }: Pick<Payment, 'account' | 'createdAt'>,
): Payment {
  const methods = body['pay_methods'];
  const payMethods = isList(methods) ? methods.filter((id) => typeof id === 'string') : null;
  return {
    id: payproId('PP'),
    account,
    amount: Number(body['amount']),
    currency: 'EUR',
    description: textMember(body, 'description') ?? '',
    state: 'open',
    payMethods,
    payMethod: payMethods?.length === 1 ? (payMethods[0] ?? null) : null,
    returnUrl: textMember(body, 'return_url') ?? null,
    cancelUrl: textMember(body, 'cancel_url') ?? null,
    metadata: isObject(body['metadata']) ? body['metadata'] : {},
    customer: textMember(body, 'customer') ?? null,
    locale: textMember(body, 'locale') ?? null,
    paidAt: null,
    createdAt,
  };
}
