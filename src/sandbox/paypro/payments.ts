import { type Answer } from '../http/answer';
import { isList, isObject, type JsonObject, textMember } from '../http/json';
import { payproId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { chargeOf } from './charge-mandate';
import { findCustomer } from './customers';
import { invalid, notFound } from './errors';
import { findMandate } from './mandates';
import { listPage } from './paging';
import { paymentNews } from './notifications/payment-events';
import { isPayable, type Payment } from './payment';
import { brokenPaymentRule } from './payment-rules';
import { paymentView } from './payment-view';
import { seconds } from './time';

/** `POST /payments`; a repeated call makes a second payment: https://docs.paypro.nl/reference/api/payments/ */
export function createPayment(sandbox: Sandbox, call: PayProCall): Answer {
  const body = isObject(call.body) ? call.body : {};
  const { account } = call;
  const mandateOf = (id: string) => findMandate(sandbox, { account, id });
  const hasCustomer = (id: string) => findCustomer(sandbox, { account, id }) !== undefined;
  const refusal = brokenPaymentRule(body, { hasCustomer, mandateOf });
  if (refusal) return refusal;
  const payment = newPayment(body, {
    account,
    createdAt: seconds(sandbox.store.now()),
  });
  const mandate = mandateOf(textMember(body, 'mandate') ?? '');
  if (mandate) {
    const { moved, changes } = chargeOf(sandbox, payment, mandate);
    sandbox.store.commit(...changes);
    return { status: 201, body: paymentView(sandbox, moved) };
  }
  sandbox.store.commit(
    { kind: 'paypro.payment', value: payment },
    ...paymentNews(sandbox, payment, 'payment.created'),
  );
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
  sandbox.store.commit(
    { kind: 'paypro.payment', value: canceled },
    ...paymentNews(sandbox, canceled, 'payment.canceled'),
  );
  return { status: 200, body: paymentView(sandbox, canceled) };
}

export function findPayment({ store }: Sandbox, { account, id }: PayProCall): Payment | undefined {
  const payment = store.payments.get(id);
  return payment?.account === account ? payment : undefined;
}

/** Builds the payment from a body that has passed every rule. */
export function newPayment(
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
    setsUpMandate: body['setup_mandate'] === true,
    locale: textMember(body, 'locale') ?? null,
    paidAt: null,
    createdAt,
  };
}
