import { type OperationRow } from '../storage/operation.row';
import { type RefundRow } from '../storage/refund.row';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';

/** One try at a committed refund, or at calling one off. */
export interface RefundAttempt extends Attempt {
  readonly refund: RefundRow;
}

/** What a command about a refund led to. Refusals are thrown; this is for everything that went ahead. */
export interface RefundResult extends CommandResult {
  readonly refund: RefundRow;
  /** The refund itself, or its cancel, as far as nobody knows its outcome yet: the answer is 202. */
  readonly unsettled: OperationRow | null;
}
