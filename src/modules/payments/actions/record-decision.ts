import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { claimKey, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { operationInProgress } from '../payments.errors';
import { type OperationRow, type ReviewDecision } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { ReviewsRepository } from '../storage/reviews.repository';

/** A person's decision about an operation that nobody else could settle. */
export interface ReviewInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly payment: PaymentRow;
  /** As it was when the person's request came. */
  readonly operation: OperationRow;
  readonly note: string;
}

/** What a person says besides the decision. */
export interface PersonsWord {
  readonly isCheckedAtProvider: boolean;
}

/** Commits a decision before anything is done about it: of all who decide at once, one is let through. */
@Injectable()
export class RecordDecision {
  constructor(
    private readonly database: Database,
    private readonly reviews: ReviewsRepository,
    private readonly log: Logger,
  ) {}

  /** The operation, left to the caller for a while. Throws `operation_in_progress` (409) when somebody was faster. */
  async execute(
    input: ReviewInput,
    decision: ReviewDecision,
    word: PersonsWord = { isCheckedAtProvider: false },
  ): Promise<OperationRow> {
    const { operation, note, caller } = input;
    const decided = await this.database.inTransaction(async (tx) => {
      const claimed = { resourceId: operation.payment_id, operationId: operation.id };
      await claimKey(tx, input.idempotency, claimed);
      const review = { decision, note, by: caller.subject };
      const row = await this.reviews.decide(tx, operation, review);
      if (!row) throw decidedMeanwhile(operation);
      return row;
    });
    const ids = {
      operation: showId('op', operation.id),
      payment: showId('pay', operation.payment_id),
    };
    const told = word.isCheckedAtProvider ? { checked_at_provider: true } : {};
    this.log.info({ ...ids, kind: operation.kind, decision, ...told }, 'reviewed');
    return decided;
  }
}

function decidedMeanwhile({ id }: OperationRow) {
  const detail = 'Somebody else decides about this operation right now. Read it again.';
  const members = { operation: showId('op', id) };
  return operationInProgress(detail, { retryAfterS: 2, members });
}
