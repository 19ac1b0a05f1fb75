import { isObject, listAt, textAt, valueAt } from '../../shared/json';
import { captureIdOf } from './paypal.event-ids';
import { parseAmount, type PayPalAmount } from './paypal.wire';

/** Body of https://developer.paypal.com/docs/api/payments/v2/#captures_refund, as far as we use it. */
export interface PayPalRefundRequest {
  readonly amount: PayPalAmount;
  readonly custom_id: string;
  readonly invoice_id: string;
  readonly note_to_payer?: string;
}

/** https://developer.paypal.com/docs/api/payments/v2/#definition-refund, without what people wrote in it. */
export interface PayPalRefund {
  readonly id: string;
  readonly status: string;
  readonly amount: PayPalAmount | null;
  readonly customId: string | null;
  readonly invoiceId: string | null;
  readonly captureId: string | null;
  readonly createTime: string | null;
}

/** Null when this is no refund. */
export function parseRefund(body: unknown): PayPalRefund | null {
  const id = textAt(body, 'id');
  const status = textAt(body, 'status');
  if (id === null || status === null) return null;
  return {
    id,
    status,
    amount: parseAmount(valueAt(body, 'amount')),
    customId: textAt(body, 'custom_id'),
    invoiceId: textAt(body, 'invoice_id'),
    captureId: captureIdOf(body),
    createTime: textAt(body, 'create_time'),
  };
}

/**
 * The refunds that an order shows. Null when it does not show what was bought, or something among the refunds
 * is none: a list that may be short proves nothing about what is missing from it.
 */
export function parseRefunds(order: unknown): readonly PayPalRefund[] | null {
  const units = listAt(order, 'purchase_units');
  if (units.length === 0 || !units.every(showsRefunds)) return null;
  const found = units.flatMap((unit) => listAt(unit, 'payments', 'refunds'));
  const refunds = found.flatMap((refund) => parseRefund(refund) ?? []);
  return refunds.length === found.length ? refunds : null;
}

/** Units without payments and payments without refunds leave the field out. */
function showsRefunds(unit: unknown): boolean {
  const payments = valueAt(unit, 'payments');
  if (!isObject(unit) || (payments !== undefined && !isObject(payments))) return false;
  const refunds = valueAt(payments, 'refunds');
  return refunds === undefined || Array.isArray(refunds);
}
