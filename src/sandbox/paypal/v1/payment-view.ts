import { type JsonObject } from '../../http/json';
import { type Sandbox } from '../../sandbox';
import { type Payer } from '../order';
import { stateOf, type V1Payment } from './payment';
import { relatedRefund } from './refund-view';
import { saleView } from './sale-view';
import { inSeconds } from './times';

/** A payment, which looks the same in every answer: https://developer.paypal.com/docs/api/payments/v1/#payment_get */
export function paymentView(sandbox: Sandbox, payment: V1Payment): JsonObject {
  const { v1, payer } = payment;
  return {
    id: payment.id,
    intent: 'sale',
    state: stateOf(payment),
    ...(payer === null ? {} : { cart: v1.token.replace(/^EC-/, '') }),
    payer: { payment_method: 'paypal', ...(payer === null ? {} : payerView(payer)) },
    transactions: [{ ...v1.transaction, related_resources: relatedTo(sandbox, payment) }],
    redirect_urls: { return_url: payment.returnUrl, cancel_url: payment.cancelUrl },
    ...(v1.noteToPayer === null ? {} : { note_to_payer: v1.noteToPayer }),
    ...(v1.failureReason === null ? {} : { failure_reason: v1.failureReason }),
    create_time: inSeconds(payment.createdAt),
    update_time: inSeconds(payment.updatedAt),
    links: linksOf(sandbox, payment),
  };
}

/** The page that the payer is sent to: the same one that Express Checkout has had since before REST. */
export function approvalUrl(sandbox: Sandbox, { v1 }: V1Payment): string {
  return `${sandbox.publicUrl()}/paypal/cgi-bin/webscr?cmd=_express-checkout&token=${v1.token}`;
}

function payerView({ payerId, email, givenName, surname }: Payer): JsonObject {
  const names = { first_name: givenName, last_name: surname };
  return {
    status: 'VERIFIED',
    payer_info: { email, ...names, payer_id: payerId, country_code: 'NL' },
  };
}

/** The sale and what the merchant has refunded of it; what PayPal took back stands nowhere. */
function relatedTo(sandbox: Sandbox, payment: V1Payment): JsonObject[] {
  return payment.units
    .flatMap((unit) => unit.captures.map((capture) => ({ order: payment, unit, capture })))
    .flatMap((found) => [
      { sale: saleView(sandbox, found) },
      ...sandbox.store.moneyBack
        .refundsOfCapture(found.capture.id)
        .filter(({ isReversal }) => !isReversal)
        .map((refund) => ({ refund: relatedRefund(sandbox, refund) })),
    ]);
}

function linksOf(sandbox: Sandbox, payment: V1Payment): JsonObject[] {
  const self = `${sandbox.publicUrl()}/paypal/v1/payments/payment/${payment.id}`;
  const selfLink = { href: self, rel: 'self', method: 'GET' };
  if (stateOf(payment) !== 'created') return [selfLink];
  return [
    selfLink,
    { href: approvalUrl(sandbox, payment), rel: 'approval_url', method: 'REDIRECT' },
    { href: `${self}/execute`, rel: 'execute', method: 'POST' },
  ];
}
