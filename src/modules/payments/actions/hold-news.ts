import { type ProviderPayment } from '../../../providers/payment-provider';
import { capturableMinor } from '../domain/capturable';
import { type HoldFields } from '../storage/payment-change';
import { amountOf, type PaymentRow } from '../storage/payment.row';

/** What is stored of the money that the provider holds; null where it holds none first. */
export function holdFieldsOf(payment: PaymentRow, shown: ProviderPayment): HoldFields | null {
  const { hold } = shown;
  if (!hold) return null;
  return {
    id: hold.holdId,
    amount: hold.amount.minor.toString(),
    capturable: capturableMinor(shown, amountOf(payment)).toString(),
    honoredUntil: hold.honoredUntil?.toISOString() ?? null,
    expiresAt: hold.expiresAt?.toISOString() ?? null,
  };
}

/** Whether the hold is another one than was stored, or another part of it is left. */
export function changesHold(payment: PaymentRow, shown: ProviderPayment): boolean {
  const hold = holdFieldsOf(payment, shown);
  if (!hold) return false;
  return (
    hold.id !== payment.authorization_id ||
    hold.amount !== payment.authorized_minor ||
    hold.capturable !== payment.capturable_minor ||
    isOtherTime({ shown: hold.expiresAt, stored: payment.authorization_expires_at })
  );
}

/** Whether anything about the hold was written between the two; a mere failure that was told is nothing of it. */
export function isOtherHold(now: PaymentRow, before: PaymentRow): boolean {
  return HOLD_COLUMNS.some((column) => now[column] !== before[column]);
}

const HOLD_COLUMNS = [
  'state',
  'captured_minor',
  'authorization_id',
  'authorized_minor',
  'capturable_minor',
  'authorization_honored_until',
  'authorization_expires_at',
] as const;

function isOtherTime({ shown, stored }: Record<'shown' | 'stored', string | null>): boolean {
  return shown !== null && Date.parse(shown) !== Date.parse(stored ?? '');
}
