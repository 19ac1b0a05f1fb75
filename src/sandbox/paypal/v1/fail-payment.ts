import { type Sandbox } from '../../sandbox';
import { isV1, stateOf } from './payment';

/** The words of the OpenAPI file of Payments v1. */
export const FAILURE_REASONS = [
  'UNABLE_TO_COMPLETE_TRANSACTION',
  'INVALID_PAYMENT_METHOD',
  'PAYER_CANNOT_PAY',
  'CANNOT_PAY_THIS_PAYEE',
  'REDIRECT_REQUIRED',
  'PAYEE_FILTER_RESTRICTIONS',
] as const;

/** Ends a payment that was not carried out yet; PayPal tells nobody. */
export function failPayment(
  { store }: Sandbox,
  id: string,
  failureReason: (typeof FAILURE_REASONS)[number],
): 'failed' | 'unknown' | 'not open' {
  const payment = store.orders.get(id);
  if (!payment || !isV1(payment)) return 'unknown';
  if (stateOf(payment) !== 'created') return 'not open';
  const updatedAt = store.now().toISOString();
  const v1 = { ...payment.v1, failureReason };
  store.commit({ kind: 'paypal.order', value: { ...payment, status: 'VOIDED', v1, updatedAt } });
  return 'failed';
}
