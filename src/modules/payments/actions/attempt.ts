import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';

/** What an answer did not settle within a day of trying is nothing that time alone will settle. */
export const REVIEW_AFTER_S = 86_400;
/**
 * No answer, an account that lets nobody in, or trouble of our own: others mend that, after a weekend perhaps, and until
 * then nobody can find out more than we do.
 */
export const SILENCE_REVIEW_AFTER_S = 7 * REVIEW_AFTER_S;
/** A look this long after its time says that we were away: the next one, after an ordinary pause, counts. */
const AWAY_S = 3_600;
/** Hours of trying, where nobody tried before we were away. */
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
export function isForPerson(operation: OperationRow, reviewAfterS: number): boolean {
  const { age_s: ageS, attempts, overdue_s: overdueS } = operation;
  return ageS >= reviewAfterS && attempts >= ATTEMPTS_MIN && overdueS < AWAY_S;
}
