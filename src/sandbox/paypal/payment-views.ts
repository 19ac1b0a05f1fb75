import { type JsonObject, textMember } from '../http/json';
import { exponentOf, toDecimal, toMinor } from '../money';
import { type Sandbox } from '../sandbox';
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
    final_capture: true,
    disbursement_mode: 'INSTANT',
    seller_protection: { status: 'NOT_ELIGIBLE' },
    ...(capture.status === 'COMPLETED'
      ? { seller_receivable_breakdown: feesOf(capture.amount) }
      : {}),
    ...referencesOf(unit),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
      { href: orderUrl(sandbox, order), rel: 'up', method: 'GET' },
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
      { href: orderUrl(sandbox, order), rel: 'up', method: 'GET' },
    ],
    create_time: authorization.createdAt,
    update_time: authorization.createdAt,
  };
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
function feesOf(amount: Amount): JsonObject {
  const exponent = exponentOf(amount.currency_code);
  const gross = toMinor(amount.value, exponent);
  const wanted = (gross * 349n) / 10_000n + (exponent === 0 ? 0n : 49n);
  const fee = wanted > gross ? gross : wanted;
  const money = (minor: bigint) => ({ ...amount, value: toDecimal(minor, exponent) });
  return { gross_amount: amount, paypal_fee: money(fee), net_amount: money(gross - fee) };
}
