import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, minorTextToJson } from '../../../shared/money/money';
import { subjectOf } from '../payments.events';
import { isCancelable } from '../domain/payment-lifecycle';
import { type PaymentResponse } from '../http/payment.response';
import { type PaymentRow } from '../storage/payment.row';
import { type ShownOperation } from './payment-queries';

/** A payment as the API shows it. Pure, and the only place that decides what callers see of a row. */
export function toPaymentResponse(
  row: PaymentRow,
  operation: ShownOperation | null,
  baseUrl: string,
): PaymentResponse {
  const id = showId('pay', row.id);
  const customer = row.customer_id === null ? null : showId('cus', row.customer_id);
  const checkout = checkoutUrlOf(row);
  const self = `${baseUrl}/api/payments/${id}`;
  const links = linksOf(row, { self, baseUrl, checkout, customer });
  const exponent = currencyExponent(row.currency);
  return toResponse(row, { id, customer, checkout, exponent, links, operation });
}

/** What is not simply a column of the row. */
interface ResponseParts {
  readonly id: string;
  readonly customer: string | null;
  readonly checkout: string | null;
  readonly exponent: number;
  readonly links: PaymentResponse['_links'];
  readonly operation: ShownOperation | null;
}

/** One plain object literal without a spread, because lists make dozens of them. */
function toResponse(row: PaymentRow, parts: ResponseParts): PaymentResponse {
  const { exponent, operation } = parts;
  return {
    id: parts.id,
    type: 'payment',
    provider: row.account,
    provider_reason: row.chosen_because,
    state: row.state,
    amount: minorTextToJson(row.amount_minor),
    amount_decimal: minorTextToDecimal(row.amount_minor, exponent),
    currency: row.currency,
    captured_amount: minorTextToJson(row.captured_minor),
    captured_amount_decimal: minorTextToDecimal(row.captured_minor, exponent),
    refunded_amount: minorTextToJson(row.refunded_minor),
    refunded_amount_decimal: minorTextToDecimal(row.refunded_minor, exponent),
    capture_method: row.capture_method,
    authorization: authorizationOf(row, exponent),
    description: row.description,
    pay_methods: row.pay_methods,
    return_url: row.return_url,
    cancel_url: row.cancel_url,
    metadata: row.metadata,
    setup_mandate: row.setup_mandate,
    auto_approve: row.auto_approve,
    locale: row.locale,
    checkout_url: parts.checkout,
    customer: parts.customer,
    subject: subjectOf(row),
    pay_method: row.pay_method === null ? null : payMethod(row.pay_method),
    mandate: row.mandate,
    subscription: row.subscription,
    installment_plan: row.installment_plan,
    provider_payment_id: row.provider_payment_id,
    provider_state: row.provider_state,
    payer_id: row.payer_id,
    payer_agreed_at: toTimestampOrNull(row.payer_agreed_at),
    canceled_via: row.canceled_via,
    conflict: row.conflict,
    error: errorOf(row),
    operation: operation && shownOperation(operation),
    paid_at: toTimestampOrNull(row.paid_at),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: parts.links,
  };
}

function authorizationOf(row: PaymentRow, exponent: number) {
  const { authorization_id: id, authorized_minor: amount, capturable_minor: capturable } = row;
  if (id === null || amount === null) return null;
  return {
    id,
    amount: minorTextToJson(amount),
    amount_decimal: minorTextToDecimal(amount, exponent),
    capturable_amount: minorTextToJson(capturable),
    capturable_amount_decimal: minorTextToDecimal(capturable, exponent),
    honored_until: toTimestampOrNull(row.authorization_honored_until),
    expires_at: toTimestampOrNull(row.authorization_expires_at),
  };
}

/** Nobody is sent to pay what has ended, or what the provider and we disagree about. */
export function checkoutUrlOf({
  state,
  conflict,
  checkout_url,
}: Pick<PaymentRow, 'state' | 'conflict' | 'checkout_url'>): string | null {
  return state === 'open' && conflict === null ? checkout_url : null;
}

/** Rows may hold more than callers should see. */
function shownOperation({ id, kind, state }: ShownOperation) {
  return { id: showId('op', id), kind, state };
}

function payMethod(id: string) {
  return { id, type: 'pay_method' } as const;
}

function errorOf({ error_code: code, error_message: message }: PaymentRow) {
  return code === null ? null : { code, message: message ?? '' };
}

interface LinkParts {
  readonly self: string;
  readonly baseUrl: string;
  readonly checkout: string | null;
  readonly customer: string | null;
}

function linksOf(row: PaymentRow, { self, baseUrl, checkout, customer }: LinkParts) {
  return {
    self,
    checkout,
    approve: row.state === 'open' ? `${self}/approve` : null,
    cancel: isCancelable(row.state) ? `${self}/cancel` : null,
    capture: row.state === 'authorized' ? `${self}/capture` : null,
    reauthorize: row.state === 'authorized' ? `${self}/reauthorize` : null,
    refresh: `${self}/refresh`,
    timeline: `${self}/timeline`,
    customer: customer === null ? null : `${baseUrl}/api/customers/${customer}`,
  };
}
