import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorToDecimal, minorToJson } from '../../../shared/money/money';
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
  const self = `${baseUrl}/api/payments/${id}`;
  const isOpen = row.state === 'open';
  const checkout = isOpen && row.conflict === null ? row.checkout_url : null;
  const exponent = currencyExponent(row.currency);
  const amount = BigInt(row.amount_minor);
  const captured = BigInt(row.captured_minor);
  const refunded = BigInt(row.refunded_minor);
  return {
    id,
    type: 'payment',
    provider: row.account,
    provider_reason: row.chosen_because,
    state: row.state,
    amount: minorToJson(amount),
    amount_decimal: minorToDecimal(amount, exponent),
    currency: row.currency,
    captured_amount: minorToJson(captured),
    captured_amount_decimal: minorToDecimal(captured, exponent),
    refunded_amount: minorToJson(refunded),
    refunded_amount_decimal: minorToDecimal(refunded, exponent),
    description: row.description,
    pay_method: row.pay_method === null ? null : { id: row.pay_method, type: 'pay_method' },
    pay_methods: [...row.pay_methods],
    return_url: row.return_url,
    cancel_url: row.cancel_url,
    checkout_url: checkout,
    metadata: row.metadata,
    customer,
    setup_mandate: row.setup_mandate,
    mandate: row.mandate,
    subscription: row.subscription,
    installment_plan: row.installment_plan,
    locale: row.locale,
    auto_approve: row.auto_approve,
    provider_payment_id: row.provider_payment_id,
    provider_state: row.provider_state,
    payer_id: row.payer_id,
    payer_agreed_at: toTimestampOrNull(row.payer_agreed_at),
    canceled_via: row.canceled_via,
    conflict: row.conflict,
    error:
      row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    operation:
      operation === null
        ? null
        : { id: showId('op', operation.id), kind: operation.kind, state: operation.state },
    paid_at: toTimestampOrNull(row.paid_at),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    _links: {
      self,
      checkout,
      approve: isOpen ? `${self}/approve` : null,
      cancel: isCancelable(row.state) ? `${self}/cancel` : null,
      refresh: `${self}/refresh`,
      timeline: `${self}/timeline`,
      customer: customer === null ? null : `${baseUrl}/api/customers/${customer}`,
    },
  };
}
