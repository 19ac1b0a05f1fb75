import { Injectable } from '@nestjs/common';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { providerShowsIt } from '../payments.errors';
import { OperationQueries } from '../queries/operation-queries';
import { isBeginning } from '../storage/operation.row';
import { ApplyNews } from './apply-news';
import { findCreated, isShown, readForReview } from './look-for-review';
import { mismatchOf } from './stored-payment';
import { type PersonsWord, RecordDecision, type ReviewInput } from './record-decision';
import { GIVEN_UP } from './refusals';
import { SettleRefused } from './settle-refused';

/** Settles an operation as one that did nothing, on a person's word and only while the provider does not contradict. */
@Injectable()
export class ResolveFailed {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly queries: OperationQueries,
    private readonly decision: RecordDecision,
    private readonly applyNews: ApplyNews,
    private readonly settleRefused: SettleRefused,
  ) {}

  /** Throws `provider_shows_it` or `provider_cannot_tell` (409), or 503 when the provider does not say; nothing was changed then. */
  async execute(input: ReviewInput, word: PersonsWord): Promise<void> {
    const { payment, caller } = input;
    const shown = await this.look(input, word);
    if (shown && isShown(input.operation, shown)) throw contradicted(input, shown);
    const operation = await this.decision.execute(input, 'failed', word);
    const why = { cause: 'review', actor: caller.subject };
    // What was read fits after all: a conflict by a wrong reading must not hold the payment any longer.
    if (shown && !isBeginning(operation.kind) && mismatchOf(payment, shown) === null) {
      await this.applyNews.execute({ payment, shown, operation, ...why });
    }
    const trigger = isBeginning(operation.kind) ? 'fail' : null;
    await this.settleRefused.execute({ operation, result: GIVEN_UP, trigger, ...why });
  }

  private async look(
    { payment, operation }: ReviewInput,
    { isCheckedAtProvider }: PersonsWord,
  ): Promise<ProviderPayment | null> {
    const provider = this.registry.get(payment.account);
    const reviewed = { payment, provider };
    const { kind } = operation;
    if (isBeginning(kind)) {
      const namedId = await this.queries.namedIdOf(operation.id);
      const isWordEnough = kind === 'create' || isCheckedAtProvider;
      return findCreated(reviewed, { namedId, isWordEnough });
    }
    const providerId = payment.provider_payment_id;
    return providerId === null ? null : readForReview(reviewed, providerId);
  }
}

function contradicted({ payment, operation }: ReviewInput, shown: ProviderPayment) {
  const { providerId, providerState } = shown;
  const detail = `The provider shows ${providerId} as ${providerState}: the ${operation.kind} may have happened.`;
  return providerShowsIt(detail, {
    members: {
      operation: showId('op', operation.id),
      payment: showId('pay', payment.id),
      provider_payment_id: providerId,
      provider_state: providerState,
      captures: shown.captures.map(({ captureId, state }) => ({ id: captureId, state })),
    },
  });
}
