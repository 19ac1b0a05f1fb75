import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';

/** What an answer did not settle within a day of trying is nothing that time alone will settle. */
export const REVIEW_AFTER_S = 86_400;
/**
 * No answer, or an account that lets nobody in: others mend that, after a weekend perhaps, and until then nobody can
 * find out more than we do.
 */
export const SILENCE_REVIEW_AFTER_S = 7 * REVIEW_AFTER_S;
/** Hours of trying: one that nobody tried for days, because we were away, is not old for that. */
const ATTEMPTS_MIN = 8;

/** One try at a committed operation, by a request or by the sweeper. */
export interface Attempt {
  readonly payment: PaymentRow;
  readonly operation: OperationRow;
  /** `api` or `sweeper`; written in the payment's history. */
  readonly cause: string;
  readonly actor: string;
}

/** Whether it was tried for so long, and often enough, that a person has to look. */
export function isForPerson({ age_s, attempts }: OperationRow, reviewAfterS: number): boolean {
  return age_s >= reviewAfterS && attempts >= ATTEMPTS_MIN;
}
