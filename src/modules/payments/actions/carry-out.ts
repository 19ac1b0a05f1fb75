import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { Logger } from '../../../platform/logging/log';
import { UnfinishedWork } from '../../../platform/unfinished-work';
import { type CallResult, type CallTrouble } from '../../../providers/provider-call';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { isForPerson, REVIEW_AFTER_S } from './attempt';
import { HoldLease } from './hold-lease';
import { type Refused, refusalOf } from './refusals';

/** One try at a committed operation: what is asked, and what its answers mean. */
export interface Errand<Shown, Result> {
  readonly operation: OperationRow;
  /** Calls the provider. */
  readonly call: () => Promise<CallResult<Shown>>;
  /** Takes over what it showed. */
  readonly record: (shown: Shown) => Promise<Result>;
  /** Records that certainly nothing happened, and says so. */
  readonly refuse: (result: Refused) => Promise<AppError>;
  /** Whether the provider would know a repeat for one; if not, its refusal says nothing of the first try. */
  readonly isRecognised: boolean;
  /** Leaves what nobody knows to the next look or to a person; left out: to a person after a day, and nobody is told. */
  readonly leave?: (trouble: CallTrouble) => Promise<Result>;
  /** The answer while nobody knows, by the operation as it stands. */
  readonly unsettled: (operation: OperationRow) => Result;
}

/** Second and third step of every operation: call the provider with a committed intent, record what it says. */
@Injectable()
export class CarryOut {
  constructor(
    private readonly operations: OperationsRepository,
    private readonly lease: HoldLease,
    private readonly work: UnfinishedWork,
    private readonly log: Logger,
  ) {}

  /**
   * Throws what the provider refused; an unknown outcome is a result, not an error. From the moment of the call,
   * trouble of our own must not look as if nothing had happened either: when the outcome cannot be recorded (the
   * database went away, a defect), the answer is "unknown" too, and the sweeper finds out.
   */
  async execute<Shown, Result>(errand: Errand<Shown, Result>): Promise<Result> {
    const { operation } = errand;
    try {
      return await this.work.track(this.run(errand));
    } catch (error) {
      if (error instanceof AppError) throw error;
      const ids = {
        payment: showId('pay', operation.payment_id),
        operation: showId('op', operation.id),
      };
      this.log.error({ ...ids, error: String(error) }, 'an outcome was not recorded');
      return this.leaveUnrecorded(errand);
    }
  }

  private async leaveUnrecorded<Shown, Result>(errand: Errand<Shown, Result>): Promise<Result> {
    try {
      return await this.leave(errand, NOT_RECORDED);
    } catch (error) {
      if (error instanceof AppError) throw error;
      // The database is away as well: the lease runs out by itself.
      return errand.unsettled(errand.operation);
    }
  }

  private async run<Shown, Result>(errand: Errand<Shown, Result>): Promise<Result> {
    const { operation } = errand;
    const result = await this.lease.during(operation, errand.call);
    switch (result.outcome) {
      case 'done':
        return errand.record(result.value);
      case 'unknown':
        return this.leave(errand, result.trouble);
      case 'not_found':
      case 'not_sent':
      case 'refused':
        if (operation.attempts === 1 || (errand.isRecognised && isFinalWord(result)))
          throw await errand.refuse(result);
        return this.leave(errand, refusalOf(result).trouble);
    }
  }

  /** To the sweeper's next look or, when that was tried for long enough, to a person. */
  private async leave<Shown, Result>(
    errand: Errand<Shown, Result>,
    trouble: CallTrouble,
  ): Promise<Result> {
    if (errand.leave) return errand.leave(trouble);
    const { operation } = errand;
    if (!isForPerson(operation, REVIEW_AFTER_S)) {
      await this.operations.postpone(operation, trouble);
      return errand.unsettled(operation);
    }
    const settlement = { state: 'needs_review', trouble, attempt: operation.attempts } as const;
    const isLeft = await this.operations.settleNow(operation.id, settlement);
    return errand.unsettled(isLeft ? { ...operation, state: 'needs_review' } : operation);
  }
}

/**
 * On a repeat only a judgement of the request itself says that the first try did nothing either: had it been
 * carried out, the provider would have recognised the key. "Not sent", "not found" and trouble with the account
 * speak of this try alone.
 */
function isFinalWord(result: Refused): boolean {
  return result.outcome === 'refused' && result.refusal.kind !== 'merchant';
}

/** Trouble of our own, told without its words, which are for the log: what the provider did, nobody knows. */
export const NOT_RECORDED: CallTrouble = {
  code: 'unexpected_error',
  message: 'Kassa could not record what the provider said. Its log says why.',
  reference: null,
};
