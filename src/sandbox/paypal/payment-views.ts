import { type JsonObject, textMember } from '../http/json';
import { exponentOf } from '../money';
import { type Sandbox } from '../sandbox';
import { amountOf, minorOf } from './amounts';
import { isLive } from './authorization';
import {
  type Amount,
  type Authorization,
  type Capture,
  type Order,
  type PurchaseUnit,
} from './order';

/** A capture as it stands in an order and in `GET /v2/payments/captures/{id}`. */
export function captureView(
  sandbox: Sandbox,
  order: Order,
  { unit, capture }: { unit: PurchaseUnit; capture: Capture },
): JsonObject {
  const self = `${sandbox.publicUrl()}/paypal/v2/payments/captures/${capture.id}`;
  return {
    id: capture.id,
    status: capture.status,
    ...(capture.status === 'PENDING' ? { status_details: { reason: 'ECHECK' } } : {}),
    amount: capture.amount,
    final_capture: capture.isFinal ?? true,
    disbursement_mode: 'INSTANT',
    seller_protection: { status: 'NOT_ELIGIBLE' },
    ...(hasArrived(capture) ? { seller_receivable_breakdown: feesOf(capture.amount) } : {}),
    ...referencesOf(unit),
    ...(capture.invoiceId === undefined ? {} : { invoice_id: capture.invoiceId }),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
      { href: originOf(sandbox, order, capture), rel: 'up', method: 'GET' },
    ],
    create_time: capture.createdAt,
    update_time: capture.updatedAt,
  };
}

export function authorizationView(
  sandbox: Sandbox,
  order: Order,
  { unit, authorization }: { unit: PurchaseUnit; authorization: Authorization },
): JsonObject {
  const self = `${sandbox.publicUrl()}/paypal/v2/payments/authorizations/${authorization.id}`;
  return {
    id: authorization.id,
    status: authorization.status,
    amount: authorization.amount,
    seller_protection: { status: 'NOT_ELIGIBLE' },
    expiration_time: authorization.expiresAt,
    ...referencesOf(unit),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      ...(isLive(authorization) ? callsOn(self) : []),
      { href: orderUrl(sandbox, order), rel: 'up', method: 'GET' },
    ],
    create_time: authorization.createdAt,
    update_time: authorization.updatedAt ?? authorization.createdAt,
  };
}

/** What the default answer of a call of Payments v2 holds of a view. */
export function shortOf(view: JsonObject): JsonObject {
  const { id, status, status_details: details, links } = view;
  return { id, status, ...(details === undefined ? {} : { status_details: details }), links };
}

/** The ids that events and reads of a capture add to it. */
export function relatedIdsOf(order: Order, { authorizationId }: Capture): JsonObject {
  const held = authorizationId === undefined ? {} : { authorization_id: authorizationId };
  return { supplementary_data: { related_ids: { order_id: order.id, ...held } } };
}

function callsOn(self: string): JsonObject[] {
  return ['capture', 'void', 'reauthorize'].map((rel) => ({
    href: `${self}/${rel}`,
    rel,
    method: 'POST',
  }));
}

function originOf(sandbox: Sandbox, order: Order, { authorizationId }: Capture): string {
  if (authorizationId === undefined) return orderUrl(sandbox, order);
  return `${sandbox.publicUrl()}/paypal/v2/payments/authorizations/${authorizationId}`;
}

/** False while its money may still fail to come, and when it has failed. */
export function hasArrived({ status }: Capture): boolean {
  return status !== 'PENDING' && status !== 'DECLINED';
}

function orderUrl(sandbox: Sandbox, order: Order): string {
  return `${sandbox.publicUrl()}/paypal/v2/checkout/orders/${order.id}`;
}

function referencesOf(unit: PurchaseUnit): JsonObject {
  const customId = textMember(unit.body, 'custom_id');
  const invoiceId = textMember(unit.body, 'invoice_id');
  return {
    ...(customId === undefined ? {} : { custom_id: customId }),
    ...(invoiceId === undefined ? {} : { invoice_id: invoiceId }),
  };
}

/** A plausible fee: 3.49 %, rounded down, plus 49 hundredths where the currency has them. */
export function feeOf(amount: Amount): Amount {
  const currency = amount.currency_code;
  const gross = minorOf(amount);
  const wanted = (gross * 349n) / 10_000n + (exponentOf(currency) === 0 ? 0n : 49n);
  return amountOf(wanted > gross ? gross : wanted, currency);
}

function feesOf(amount: Amount): JsonObject {
  const fee = feeOf(amount);
  return {
    gross_amount: amount,
    paypal_fee: fee,
    net_amount: amountOf(minorOf(amount) - minorOf(fee), amount.currency_code),
  };
}
