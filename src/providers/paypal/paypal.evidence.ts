import { isObject, type Json, type JsonObject } from '../../shared/json';

/**
 * What is kept of an order as evidence: ids, states, amounts, times and links. A list of what stays and not
 * of what goes, so that a field which PayPal adds tomorrow cannot bring a name or an address along.
 */
const KEPT = new Set(
  (
    'id intent status status_details reason reference_id custom_id invoice_id purchase_units payments captures ' +
    'authorizations refunds amount currency_code value breakdown item_total shipping_discount tax_total ' +
    'payer payer_id payment_source paypal card venmo account_id account_status final_capture ' +
    'disbursement_mode seller_protection seller_receivable_breakdown gross_amount paypal_fee net_amount ' +
    'receivable_amount exchange_rate source_currency target_currency links href rel method ' +
    'create_time update_time expiration_time ' +
    'state failure_reason transactions total custom invoice_number related_resources sale refund sale_id ' +
    'parent_payment payment_mode reason_code protection_eligibility transaction_fee payer_info cart ' +
    'dispute_id disputed_transactions seller_transaction_id transaction_status dispute_amount dispute_outcome ' +
    'outcome_code amount_refunded dispute_life_cycle_stage dispute_channel money_movements affected_party ' +
    'initiated_time type'
  ).split(' '),
);

/** Orders nest seven levels; what is deeper is none. */
const DEPTH_MAX = 12;

/** The order as it came, without the payer's name, e-mail, phone and addresses. */
export function withoutPeople(body: unknown): JsonObject {
  return isObject(body) ? keepObject(body, DEPTH_MAX) : {};
}

function keepObject(value: Readonly<Record<string, unknown>>, depth: number): JsonObject {
  const kept = Object.entries(value).filter(([key]) => KEPT.has(key));
  return Object.fromEntries(kept.map(([key, part]) => [key, keep(part, depth - 1)]));
}

function keep(value: unknown, depth: number): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((part) => keep(part, depth - 1));
  return isObject(value) ? keepObject(value, depth) : null;
}
