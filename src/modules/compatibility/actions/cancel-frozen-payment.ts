import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import {
  CancelPayment,
  type CommandResult,
  type WindowedPayment,
} from '../../payments/payments.facade';
import { shownState } from './shown-state';
import { FindFrozenPayment, type GivenIds } from './find-frozen-payment';
import { backendFailed, stateRefusal, toFrozenRefusal } from './frozen-refusals';

export interface CancelFrozenPaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly ids: GivenIds;
}

const NO_ANSWER = {
  code: 'no_answer',
  message: 'The provider did not say whether it is canceled.',
};

/** Makes a payment unpayable that is shown as `Created`. */
@Injectable()
export class CancelFrozenPayment {
  constructor(
    private readonly database: Database,
    private readonly payments: FindFrozenPayment,
    private readonly cancelPayment: CancelPayment,
  ) {}

  async execute(input: CancelFrozenPaymentInput): Promise<{ readonly replayed: boolean }> {
    const { caller, idempotency, ids } = input;
    const payment = await this.payments.byGivenIds(caller, ids);
    const isRepeated = (await findClaimed(this.database, idempotency)) !== null;
    if (!isRepeated && !isCancelable(payment)) throw stateRefusal('cancel');
    const { payment: now, unsettled, replayed = false } = await this.cancel(input, payment);
    if (unsettled) throw backendFailed('cancel', NO_ANSWER, { isReplayed: replayed });
    if (now.state !== 'canceled') throw stateRefusal('cancel', { isReplayed: replayed });
    return { replayed };
  }

  private async cancel(
    { caller, idempotency }: CancelFrozenPaymentInput,
    payment: WindowedPayment,
  ): Promise<CommandResult> {
    try {
      return await this.cancelPayment.execute({ caller, idempotency, payment });
    } catch (error) {
      throw toFrozenRefusal(error, 'cancel');
    }
  }
}

/** What was taken already would stay taken: that is no cancelled payment. */
function isCancelable({ state, captured_minor }: WindowedPayment): boolean {
  return shownState(state) === 'Created' && BigInt(captured_minor) === 0n;
}
