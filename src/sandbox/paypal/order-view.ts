import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { authorizationView, captureView } from './payment-views';
import { isClosed, type Order, type Payer, type PurchaseUnit } from './order';
import { refundView } from './refund-view';

/** What an answer about an order holds: everything, or only what the default answer of a call has. */
export function orderView(
  sandbox: Sandbox,
  order: Order,
  { fullAnswer }: { fullAnswer: boolean },
): JsonObject {
  const everything = fullAnswer || isClosed(order);
  return {
    id: order.id,
    ...(fullAnswer ? { intent: order.intent } : {}),
    status: order.status,
    ...paymentSourceOf(order),
    ...(everything
      ? {
          purchase_units: order.units.map((unit) => unitView(sandbox, order, { unit, fullAnswer })),
        }
      : {}),
    ...(order.payer ? { payer: payerView(order.payer) } : {}),
    ...(fullAnswer ? { create_time: order.createdAt, update_time: order.updatedAt } : {}),
    links: linksOf(sandbox, order),
  };
}

export function checkoutUrl(sandbox: Sandbox, order: Order): string {
  return `${sandbox.publicUrl()}/paypal/checkoutnow?token=${order.id}`;
}

function unitView(
  sandbox: Sandbox,
  order: Order,
  { unit, fullAnswer }: { unit: PurchaseUnit; fullAnswer: boolean },
): JsonObject {
  const refunds = unit.captures
    .flatMap(({ id }) => sandbox.store.moneyBack.refundsOfCapture(id))
    .filter(({ isReversal }) => !isReversal);
  const payments = {
    ...(unit.captures.length > 0
      ? { captures: unit.captures.map((capture) => captureView(sandbox, order, { unit, capture })) }
      : {}),
    ...(unit.authorizations.length > 0
      ? {
          authorizations: unit.authorizations.map((authorization) =>
            authorizationView(sandbox, order, { unit, authorization }),
          ),
        }
      : {}),
    ...(refunds.length > 0
      ? { refunds: refunds.map((refund) => refundView(sandbox, refund, { fullAnswer: true })) }
      : {}),
  };
  return {
    ...(fullAnswer ? unit.body : { reference_id: unit.referenceId }),
    ...(Object.keys(payments).length > 0 ? { payments } : {}),
  };
}

function paymentSourceOf(order: Order): JsonObject {
  if (order.payer) {
    const { payerId, email, givenName, surname } = order.payer;
    const name = { given_name: givenName, surname };
    const paypal = { email_address: email, account_id: payerId, account_status: 'VERIFIED', name };
    return { payment_source: { paypal } };
  }
  return order.withPaymentSource ? { payment_source: { paypal: {} } } : {};
}

function payerView({ payerId, email, givenName, surname }: Payer): JsonObject {
  return {
    name: { given_name: givenName, surname },
    email_address: email,
    payer_id: payerId,
    address: { country_code: 'NL' },
  };
}

function linksOf(sandbox: Sandbox, order: Order): JsonObject[] {
  const self = `${sandbox.publicUrl()}/paypal/v2/checkout/orders/${order.id}`;
  const verb = order.intent === 'CAPTURE' ? 'capture' : 'authorize';
  const checkout = checkoutUrl(sandbox, order);
  const selfLink = { href: self, rel: 'self', method: 'GET' };
  const change = [
    { href: self, rel: 'update', method: 'PATCH' },
    { href: `${self}/${verb}`, rel: verb, method: 'POST' },
  ];
  switch (order.status) {
    case 'CREATED':
      return [selfLink, { href: checkout, rel: 'approve', method: 'GET' }, ...change];
    case 'PAYER_ACTION_REQUIRED':
      return [selfLink, { href: checkout, rel: 'payer-action', method: 'GET' }];
    case 'APPROVED':
      return [selfLink, ...change];
    case 'COMPLETED':
    case 'VOIDED':
      return [selfLink];
  }
}
