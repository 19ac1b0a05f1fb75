import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { Logger } from '../../../platform/logging/log';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { type CallResult } from '../../../providers/provider-call';
import { OperationsRepository } from '../storage/operations.repository';
import { ApplyNews } from './apply-news';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { HoldLease } from './hold-lease';
import { type Refused } from './refusals';

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
      return await this.send(attempt, sending);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const ids = { payment: showId('pay', payment.id), operation: showId('op', operation.id) };
      this.log.error({ ...ids, error: String(error) }, 'an outcome was not recorded');
      return { payment, unsettled: operation };
    }
  }

  private async send(attempt: Attempt, { call, refuse }: Sending): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const result = await this.lease.during(operation.id, call);
    switch (result.outcome) {
      case 'done':
        return this.record(attempt, result.value);
      case 'unknown':
        await this.operations.postpone(operation.id, result.trouble);
        return { payment, unsettled: operation };
      case 'not_found':
      case 'not_sent':
      case 'refused':
        throw await refuse(result);
    }
  }

  /** What the provider showed may be another payment than ours: then a person must look first. */
  async record(attempt: Attempt, shown: ProviderPayment): Promise<CommandResult> {
    const { payment, isAccepted } = await this.applyNews.execute({ ...attempt, shown });
    if (isAccepted) return { payment, unsettled: null };
    return { payment, unsettled: { ...attempt.operation, state: 'needs_review' } };
  }
}
