import { type ProviderRefund, type RefundOrder } from '../provider-parts';
import { fromPayPalAmount } from './paypal.currencies';
import { type PayPalRefund, type PayPalRefundRequest } from './paypal.refunds.wire';
import { cut } from './paypal.text';
import { type PayPalAmount } from './paypal.wire';

/** https://developer.paypal.com/docs/api/payments/v2/#captures_refund */
const NOTE_LENGTH_MAX = 255;
/** A refund that the merchant made by hand may bear the ids of its payment, and those are not its own. */
const OUR_REFUND = /^ref_\w{1,60}$/;

/** https://developer.paypal.com/docs/api/payments/v2/#definition-refund_status */
const STATES: ReadonlyMap<string, ProviderRefund['state']> = new Map([
  ['PENDING', 'pending'],
  ['COMPLETED', 'refunded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'canceled'],
]);

/** The refund as PayPal wants it. The payer sees the note, so our reason, which is for staff, stays here. */
export function refundRequest(
  { reference, description }: RefundOrder,
  amount: PayPalAmount,
): PayPalRefundRequest {
  // Their form of a note is a single line.
  const note = cut((description ?? '').replace(/\s+/g, ' ').trim(), NOTE_LENGTH_MAX);
  return {
    amount,
    custom_id: reference,
    // PayPal accounts refuse a second refund with the same invoice id: a wall that outlives the key.
    invoice_id: reference,
    ...(note === '' ? {} : { note_to_payer: note }),
  };
}

/** PayPal's refund as the port shows refunds; null when it does not say how much it is of. */
export function toRefund(refund: PayPalRefund, states = STATES): ProviderRefund | null {
  const amount = refund.amount && fromPayPalAmount(refund.amount);
  if (!amount) return null;
  const createdAt = new Date(refund.createTime ?? Number.NaN);
  return {
    refundId: refund.id,
    state: states.get(refund.status) ?? 'unknown',
    providerState: refund.status,
    amount,
    reference: [refund.customId, refund.invoiceId].find(isOurs) ?? null,
    captureId: refund.captureId,
    createdAt: Number.isNaN(createdAt.getTime()) ? null : createdAt,
  };
}

function isOurs(text: string | null): boolean {
  return text !== null && OUR_REFUND.test(text);
}
