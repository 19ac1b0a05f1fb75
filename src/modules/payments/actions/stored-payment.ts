import { type ProviderPayment } from '../../../providers/payment-provider';
import { showId } from '../../../shared/id';
import { decideNews, type StoredPayment } from '../domain/payment-news';
import { type OperationRow } from '../storage/operation.row';
import { amountOf, type PaymentRow } from '../storage/payment.row';

/** The payment as news about it is judged by. A person who linked an operation has looked at who paid. */
export function storedFor(
  { operation }: { readonly operation?: OperationRow | undefined },
  payment: PaymentRow,
): StoredPayment {
  const isVouchedFor = operation?.review_decision === 'link';
  return {
    state: payment.state,
    amount: amountOf(payment),
    captureMethod: payment.capture_method,
    reference: showId('pay', payment.id),
    providerId: payment.provider_payment_id,
    payerId: isVouchedFor ? null : payment.payer_id,
  };
}

/** What of the provider's payment is not as ours was made; null when it fits. */
export function mismatchOf(payment: PaymentRow, shown: ProviderPayment): string | null {
  return decideNews(storedFor({}, payment), shown).mismatch;
}
