import { type PaymentRow } from '../storage/payment.row';

/**
 * By which of the provider's ids a payment is asked for when a notification names some: each of them where we never learnt
 * ours, and otherwise our own alone, which is null.
 */
export function hintsFor(
  { provider_payment_id }: PaymentRow,
  named: readonly string[],
): readonly (string | null)[] {
  return provider_payment_id === null ? named : [null];
}
