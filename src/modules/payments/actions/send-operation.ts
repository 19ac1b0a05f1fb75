import { Injectable } from '@nestjs/common';
import { type AppError } from '../../../shared/app-error';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { type CallResult, type CallTrouble } from '../../../providers/provider-call';
import { OperationsRepository } from '../storage/operations.repository';
import { ApplyNews } from './apply-news';
import { type Attempt, isForPerson, REVIEW_AFTER_S, SILENCE_REVIEW_AFTER_S } from './attempt';
import { CarryOut } from './carry-out';
import { type CommandResult } from './command-result';
import { LeaveToPerson } from './leave-to-person';
import { type Refused } from './refusals';

/** How one kind of operation is carried out. */
export interface Sending {
  /** Calls the provider. */
  readonly call: () => Promise<CallResult<ProviderPayment>>;
  /** Records that certainly nothing happened, and says so. */
  readonly refuse: (result: Refused) => Promise<AppError>;
}

/** An operation about the payment itself: carried out, and what the provider shows is taken over. */
@Injectable()
export class SendOperation {
  constructor(
    private readonly operations: OperationsRepository,
    private readonly applyNews: ApplyNews,
    private readonly carryOut: CarryOut,
    private readonly leaveToPerson: LeaveToPerson,
  ) {}

  /** Throws what the provider refused; an unknown outcome is a result, not an error. */
  async execute(attempt: Attempt, sending: Sending): Promise<CommandResult> {
    const { payment, operation } = attempt;
    return this.carryOut.execute<ProviderPayment, CommandResult>({
      operation,
      ...sending,
      // Where a charge can be sent again at all, a person had it sent.
      isRecognised: operation.kind !== 'charge',
      record: (shown) => this.record(attempt, shown),
      leave: (trouble) => this.leave(attempt, trouble),
      unsettled: () => ({ payment, unsettled: operation }),
    });
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
      case 'overtaken':
        return this.leave({ ...attempt, payment }, unclear(shown), REVIEW_AFTER_S);
    }
  }

  /** To the sweeper's next look or, when that was tried for long enough, to a person. */
  async leave(
    attempt: Attempt,
    trouble: CallTrouble,
    reviewAfterS = SILENCE_REVIEW_AFTER_S,
  ): Promise<CommandResult> {
    const { payment, operation } = attempt;
    if (isForPerson(operation, reviewAfterS)) return this.leaveToPerson.execute(attempt, trouble);
    await this.operations.postpone(operation, trouble);
    return { payment, unsettled: operation };
  }
}

function unclear(shown: ProviderPayment): CallTrouble {
  const message = `The provider answered with the state "${shown.providerState}".`;
  return { code: 'unclear_answer', message, reference: null };
}
