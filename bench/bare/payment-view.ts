import { type ShownPayment } from '../../src/modules/payments/queries/payment-queries';
import { currencyExponent } from '../../src/shared/money/currency';
import { typeId } from './ids';

const CANCELABLE = new Set(['initialized', 'open', 'authorized']);

/** The answer about a payment, member by member what Kassa answers; the bench compares them before it measures. */
export function toAnswer(row: ShownPayment, base: string) {
  const id = typeId('pay', row.id);
  const { customer, checkout } = targetsOf(row);
  const links = { checkout, customer: customer && `${base}/api/customers/${customer}` };
  const exponent = currencyExponent(row.currency);
  return {
    id,
    type: 'payment',
    provider: row.account,
    provider_reason: row.chosen_because,
    state: row.state,
    amount: Number(row.amount_minor),
    amount_decimal: decimal(row.amount_minor, exponent),
    currency: row.currency,
    captured_amount: Number(row.captured_minor),
    captured_amount_decimal: decimal(row.captured_minor, exponent),
    refunded_amount: Number(row.refunded_minor),
    refunded_amount_decimal: decimal(row.refunded_minor, exponent),
    capture_method: row.capture_method,
    authorization: authorizationOf(row, exponent),
    description: row.description,
    pay_method: row.pay_method === null ? null : { id: row.pay_method, type: 'pay_method' },
    pay_methods: row.pay_methods,
    return_url: row.return_url,
    cancel_url: row.cancel_url,
    checkout_url: checkout,
    metadata: row.metadata,
    customer,
    subject: null,
    setup_mandate: row.setup_mandate,
    auto_approve: row.auto_approve,
    mandate: row.mandate,
    subscription: row.subscription,
    installment_plan: row.installment_plan,
    locale: row.locale,
    provider_payment_id: row.provider_payment_id,
    provider_state: row.provider_state,
    payer_id: row.payer_id,
    payer_agreed_at: timeOrNull(row.payer_agreed_at),
    canceled_via: row.canceled_via,
    conflict: row.conflict,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message },
    operation: row.operation && { ...row.operation, id: typeId('op', row.operation.id) },
    paid_at: timeOrNull(row.paid_at),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
    _links: linksOf(row, `${base}/api/payments/${id}`, links),
  };
}

function targetsOf(row: ShownPayment) {
  const customer = row.customer_id === null ? null : typeId('cus', row.customer_id);
  const checkout = row.state === 'open' && row.conflict === null ? row.checkout_url : null;
  return { customer, checkout };
}

function authorizationOf(row: ShownPayment, exponent: number) {
  if (row.authorization_id === null || row.authorized_minor === null) return null;
  return {
    id: row.authorization_id,
    amount: Number(row.authorized_minor),
    amount_decimal: decimal(row.authorized_minor, exponent),
    capturable_amount: Number(row.capturable_minor),
    capturable_amount_decimal: decimal(row.capturable_minor, exponent),
    honored_until: timeOrNull(row.authorization_honored_until),
    expires_at: timeOrNull(row.authorization_expires_at),
  };
}

function linksOf(
  { state }: ShownPayment,
  self: string,
  given: { readonly checkout: string | null; readonly customer: string | null },
) {
  return {
    self,
    checkout: given.checkout,
    approve: state === 'open' ? `${self}/approve` : null,
    cancel: CANCELABLE.has(state) ? `${self}/cancel` : null,
    capture: state === 'authorized' ? `${self}/capture` : null,
    reauthorize: state === 'authorized' ? `${self}/reauthorize` : null,
    refresh: `${self}/refresh`,
    timeline: `${self}/timeline`,
    customer: given.customer,
  };
}

export function decimal(minor: string, exponent: number): string {
  if (exponent === 0) return minor;
  const digits = minor.padStart(exponent + 1, '0');
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** `2026-11-20T12:44:35.123456+00:00` with all six digits is the usual case; PostgreSQL drops trailing zeros. */
function time(text: string): string {
  if (text.length === 32) return `${text.slice(0, 23)}Z`;
  const fraction = text.charAt(19) === '.' ? text.slice(20, -6) : '';
  return `${text.slice(0, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

function timeOrNull(text: string | null): string | null {
  return text === null ? null : time(text);
}
