import { listAt, textAt, valueAt } from '../../../shared/json';
import { type PayPalRefund } from '../paypal.refunds.wire';
import { parseV1Amount, relatedTo, type V1Amount } from './v1.wire';

/** Body of https://developer.paypal.com/docs/api/payments/v1/#sale_refund, as far as we use it. */
export interface V1RefundRequest {
  readonly amount: V1Amount;
  readonly invoice_number: string;
  readonly description?: string;
}

/** Null when this is no refund. */
export function parseV1Refund(body: unknown): PayPalRefund | null {
  const id = textAt(body, 'id');
  const status = textAt(body, 'state');
  if (id === null || status === null) return null;
  return {
    id,
    status,
    amount: parseV1Amount(valueAt(body, 'amount')),
    customId: textAt(body, 'custom'),
    invoiceId: textAt(body, 'invoice_number'),
    captureId: textAt(body, 'sale_id') ?? textAt(body, 'capture_id'),
    createTime: textAt(body, 'create_time'),
  };
}

/**
 * The refunds that a payment shows. Null when it shows no transaction, something among the refunds is none, or a
 * sale says that money went back and no refund is shown: a list that may be short proves nothing.
 */
export function parseV1Refunds(payment: unknown): readonly PayPalRefund[] | null {
  if (listAt(payment, 'transactions').length === 0) return null;
  const found = relatedTo(payment, 'refund');
  const refunds = found.flatMap((refund) => parseV1Refund(refund) ?? []);
  const isMissing = found.length === 0 && relatedTo(payment, 'sale').some(wentBack);
  return isMissing || refunds.length < found.length ? null : refunds;
}

function wentBack(sale: unknown): boolean {
  return ['partially_refunded', 'refunded'].includes(textAt(sale, 'state') ?? '');
}
