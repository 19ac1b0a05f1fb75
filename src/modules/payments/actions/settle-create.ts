import { Injectable } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type Attempt, REVIEW_AFTER_S } from './attempt';
import { type CommandResult, settled } from './command-result';
import { isRepeatable } from './is-repeatable';
import { SendCreate } from './send-create';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

const NEVER_ARRIVED: CallTrouble = {
  code: 'never_arrived',
  message: 'The provider does not know the payment a day after it was sent.',
  reference: null,
};

/** A provider without a search by reference: as good as not found, because nobody holds the payer's link. */
const NOT_SEARCHABLE = { outcome: 'not_found', trouble: NEVER_ARRIVED } as const;

/** Finishes a create: sends it again where the provider recognises the repeat, and looks for it elsewhere. */
@Injectable()
export class SettleCreate {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly sendOperation: SendOperation,
    private readonly sendCreate: SendCreate,
    private readonly settleRefused: SettleRefused,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation, cause, actor } = attempt;
    const provider = this.registry.get(payment.account);
    if (isRepeatable(operation, provider.capabilities.repeat.createMs)) {
      return this.sendCreate.execute(attempt);
    }
    const reference = showId('pay', payment.id);
    const search = { reference, createdAfter: new Date(payment.created_at) };
    const found = (await provider.payments.find?.(search)) ?? NOT_SEARCHABLE;
    if (found.outcome === 'done') {
      return this.sendOperation.record(attempt, found.value);
    }
    // What the provider does not show after a day will not appear any more.
    if (found.outcome === 'not_found' && operation.age_s >= REVIEW_AFTER_S) {
      const result = { outcome: 'not_found', trouble: NEVER_ARRIVED } as const;
      const refused = { operation, result, trigger: 'fail', cause, actor } as const;
      return settled(await this.settleRefused.execute(refused));
    }
    const afterS = found.outcome === 'unsearchable' ? REVIEW_AFTER_S : undefined;
    return this.sendOperation.leave(attempt, troubleIn(found), afterS);
  }
}
