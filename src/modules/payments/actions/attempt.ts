import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';

/** Whatever the trouble is, what was not settled within a day of trying is nothing that time alone will settle. */
export const REVIEW_AFTER_S = 86_400;

/** One try at a committed operation, by a request or by the sweeper. */
export interface Attempt {
  readonly payment: PaymentRow;
  readonly operation: OperationRow;
  /** `api` or `sweeper`; written in the payment's history. */
  readonly cause: string;
  readonly actor: string;
}
