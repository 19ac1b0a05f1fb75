import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { Logger } from '../../../platform/logging/log';
import { UnfinishedWork } from '../../../platform/unfinished-work';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { type CallResult, type CallTrouble } from '../../../providers/provider-call';
import { OperationsRepository } from '../storage/operations.repository';
import { ApplyNews } from './apply-news';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { HoldLease } from './hold-lease';
import { type Refused, refusalOf } from './refusals';

/** How one kind of operation is carried out. */
export interface Sending {
  /** Calls the provider. */
  readonly call: () => Promise<CallResult<ProviderPayment>>;
  /** Records that certainly nothing happened, and says so. */
  readonly refuse: (result: Refused) => Promise<AppError>;
}

/** Second and third step of every operation: call the provider with a committed intent, record what it says. */
@Injectable()
export class SendOperation {
  constructor(
    private readonly operations: OperationsRepository,
    private readonly applyNews: ApplyNews,
    private readonly lease: HoldLease,
    private readonly work: UnfinishedWork,
    private readonly log: Logger,
  ) {}

  /**
   * Throws what the provider refused; an unknown outcome is a result, not an error. From the moment of the call,
   * trouble of our own must not look as if nothing had happened either: when the outcome cannot be recorded (the
   * database went away, a defect), the answer is "unknown" too, and the sweeper finds out.
   */
  async execute(attempt: Attempt, sending: Sending): Promise<CommandResult> {
    const { payment, operation } = attempt;
    try {
      return await this.work.track(this.send(attempt, sending));
    } catch (error) {
      if (error instanceof AppError) throw error;
      const ids = { payment: showId('pay', payment.id), operation: showId('op', operation.id) };
      this.log.error({ ...ids, error: String(error) }, 'an outcome was not recorded');
      return { payment, unsettled: operation };
    }
  }

  private async send(attempt: Attempt, { call, refuse }: Sending): Promise<CommandResult> {
    const { operation } = attempt;
    const result = await this.lease.during(operation, call);
    switch (result.outcome) {
      case 'done':
        return this.record(attempt, result.value);
      case 'unknown':
        return this.postpone(attempt, result.trouble);
      case 'not_found':
      case 'not_sent':
      case 'refused':
        if (operation.attempts > 1 && !isFinalWord(result)) {
          return this.postpone(attempt, refusalOf(result).trouble);
        }
        throw await refuse(result);
    }
  }

  /** Takes over what the provider showed, unless it is another payment than ours or does not answer the question. */
  async record(attempt: Attempt, shown: ProviderPayment): Promise<CommandResult> {
    const applied = await this.applyNews.execute({ ...attempt, shown });
    const { payment, outcome } = applied;
    const { operation } = attempt;
    switch (outcome) {
      case 'settled':
        return { payment, unsettled: null };
      case 'mismatch':
        return { payment, unsettled: { ...operation, state: 'needs_review' } };
      case 'unclear':
        return this.postpone({ ...attempt, payment }, unclear(shown));
    }
  }

  private async postpone({ payment, operation }: Attempt, trouble: CallTrouble) {
    await this.operations.postpone(operation, trouble);
    return { payment, unsettled: operation };
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

function unclear(shown: ProviderPayment): CallTrouble {
  const message = `The provider answered with the state "${shown.providerState}".`;
  return { code: 'unclear_answer', message, reference: null };
}
