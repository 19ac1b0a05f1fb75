import { Injectable } from '@nestjs/common';
import { showId } from '../../../shared/id';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type Attempt, REVIEW_AFTER_S } from './attempt';
import { type CommandResult } from './command-result';
import { isRepeatable } from './is-repeatable';
import { LeaveToPerson } from './leave-to-person';
import { SendCreate } from './send-create';
import { SendOperation } from './send-operation';

/** A provider that is well shows a payment seconds after it was made; until then nobody is called. */
const LOOK_FOR_S = 10 * 60;

const NOT_SHOWN: CallTrouble = {
  code: 'charge_not_shown',
  message: 'The provider shows no such payment; whether it still comes nobody knows.',
  reference: null,
};

/** A provider without a search by reference: only a person can look there. */
const NOT_SEARCHABLE = { outcome: 'not_found', trouble: NOT_SHOWN } as const;

/**
 * Finishes a charge on a mandate. Money moves by it, so it is sent again only where the provider recognises the
 * repeat or a person says so, and only a person says that it failed.
 */
@Injectable()
export class SettleCharge {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly sendOperation: SendOperation,
    private readonly sendCreate: SendCreate,
    private readonly leaveToPerson: LeaveToPerson,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation, cause } = attempt;
    const provider = this.registry.get(payment.account);
    if (isRepeatable(operation, provider.capabilities.repeat.createMs)) {
      return this.sendCreate.execute(attempt);
    }
    const reference = showId('pay', payment.id);
    const search = { reference, createdAfter: new Date(payment.created_at) };
    const found = (await provider.payments.find?.(search)) ?? NOT_SEARCHABLE;
    if (found.outcome === 'done') return this.sendOperation.record(attempt, found.value);
    const isMissing = found.outcome === 'not_found';
    if (isMissing && cause === 'review') return this.sendCreate.execute(attempt);
    if (isMissing && operation.age_s > LOOK_FOR_S) {
      return this.leaveToPerson.execute(attempt, NOT_SHOWN);
    }
    const trouble = isMissing ? NOT_SHOWN : troubleIn(found);
    return this.sendOperation.leave(attempt, trouble, REVIEW_AFTER_S);
  }
}
