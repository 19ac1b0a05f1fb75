import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';

/** What a command led to. Refusals are thrown; this is for everything that went ahead. */
export interface CommandResult {
  readonly payment: PaymentRow;
  /** The operation whose outcome nobody knows yet: the answer is 202. Null when all is settled. */
  readonly unsettled: OperationRow | null;
  /** The Idempotency-Key was seen before: nothing was done now. */
  readonly replayed?: boolean;
}

export function settled(payment: PaymentRow): CommandResult {
  return { payment, unsettled: null };
}
