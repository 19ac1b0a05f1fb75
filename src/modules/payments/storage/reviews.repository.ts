import { Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { OPERATION_COLUMNS, type OperationRow, type ReviewDecision } from './operation.row';
import { LEASE_S } from './operations.repository';

export interface Review {
  readonly decision: ReviewDecision;
  /** Why, for colleagues. */
  readonly note: string;
  readonly by: string;
}

/**
 * Only while it waits for a person, nobody else is at it and no attempt came between. Only `retry` opens it again:
 * what a crash leaves of the others waits for a person as before.
 */
const decide = statement<OperationRow>(
  'decide-operation',
  `WITH o AS (
     UPDATE payments.operations SET
       state = CASE WHEN $3 = 'retry' THEN 'unsettled' ELSE state END,
       attempts = attempts + 1, lease_until = now() + ${LEASE_S} * interval '1 second', next_attempt_at = now(),
       review_decision = $3, review_note = $4, reviewed_by = $5, reviewed_at = now()
     WHERE id = $1 AND attempts = $2 AND state = 'needs_review' AND lease_until <= now() RETURNING *
   ), kept AS (
     INSERT INTO payments.operation_reviews (operation_id, attempt, decision, note, reviewed_by, reviewed_at)
     SELECT id, attempts, review_decision, review_note, reviewed_by, reviewed_at FROM o
   )
   SELECT ${OPERATION_COLUMNS} FROM o`,
);

/** The only code that writes what people decided about operations. */
@Injectable()
export class ReviewsRepository {
  /** The operation, leased to whoever decided; null when somebody was faster. */
  async decide(tx: Tx, operation: OperationRow, review: Review): Promise<OperationRow | null> {
    const { decision, note, by } = review;
    const [decided] = await tx.query(decide, [
      operation.id,
      operation.attempts,
      decision,
      note,
      by,
    ]);
    return decided ?? null;
  }
}
