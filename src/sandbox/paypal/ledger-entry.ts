import { textMember } from '../http/json';
import { type LedgerEntry } from '../state/ledger';
import { type FoundCapture } from './find';
import { type Capture, type Order, type PurchaseUnit } from './order';
import { type Refund } from './refund';

/** The money of a capture that completed. */
export function captureEntry(order: Order, unit: PurchaseUnit, capture: Capture): LedgerEntry {
  return {
    gateway: 'paypal',
    kind: 'capture',
    id: capture.id,
    order_id: order.id,
    custom_id: textMember(unit.body, 'custom_id') ?? null,
    amount: capture.amount.value,
    currency: capture.amount.currency_code,
    at: capture.updatedAt,
  };
}

/** The money of a refund that reached the payer, with the reference of the payment it is of. */
export function refundEntry({ order, unit }: FoundCapture, refund: Refund): LedgerEntry {
  return {
    gateway: 'paypal',
    kind: refund.isReversal ? 'reversal' : 'refund',
    id: refund.id,
    order_id: order.id,
    capture_id: refund.captureId,
    custom_id: textMember(unit.body, 'custom_id') ?? null,
    amount: refund.amount.value,
    currency: refund.amount.currency_code,
    at: refund.updatedAt,
  };
}
