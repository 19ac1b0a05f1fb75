import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';

/** One try at a committed operation, by a request or by the sweeper. */
export interface Attempt {
  readonly payment: PaymentRow;
  readonly operation: OperationRow;
  /** `api` or `sweeper`; written in the payment's history. */
  readonly cause: string;
  readonly actor: string;
}
