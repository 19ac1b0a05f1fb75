import { textMember } from '../http/json';
import { type LedgerEntry } from '../state/ledger';
import { type Capture, type Order, type PurchaseUnit } from './order';

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
