import { Injectable } from '@nestjs/common';
import { type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { OperationsRepository } from '../storage/operations.repository';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { isRepeatable } from './is-repeatable';
import { mismatchOf } from './news-plan';
import { SendCapture } from './send-capture';
import { SendOperation } from './send-operation';

const WINDOW_OVER: CallTrouble = {
  code: 'repeat_window_over',
  message: 'The provider would no longer recognise a repeat, and shows no capture.',
  reference: null,
};

/** Finishes a capture: reads the payment first, and sends again while the provider recognises the repeat. */
@Injectable()
export class SettleCapture {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly operations: OperationsRepository,
    private readonly sendOperation: SendOperation,
    private readonly sendCapture: SendCapture,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const { payments, capabilities } = this.registry.get(payment.account);
    const { captureMs } = capabilities.repeat;
    const read = await payments.read(payment.provider_payment_id ?? '');
    if (read.outcome === 'not_found' && !isRepeatable(operation, captureMs)) {
      return this.giveToPerson(attempt, read.trouble);
    }
    if (read.outcome !== 'done') {
      return this.postpone(attempt, troubleIn(read));
    }
    // What does not fit is for a person, before more money moves.
    if (read.value.state !== 'open' || mismatchOf(payment, read.value) !== null) {
      return this.sendOperation.record(attempt, read.value);
    }
    if (isRepeatable(operation, captureMs)) {
      return this.sendCapture.execute(attempt);
    }
    return this.giveToPerson(attempt, WINDOW_OVER);
  }

  private async giveToPerson({ payment, operation }: Attempt, trouble: CallTrouble) {
    const settlement = { state: 'needs_review', trouble, attempt: operation.attempts } as const;
    await this.operations.settleNow(operation.id, settlement);
    return { payment, unsettled: { ...operation, state: 'needs_review' } as const };
  }

  private async postpone({ payment, operation }: Attempt, trouble: CallTrouble) {
    await this.operations.postpone(operation, trouble);
    return { payment, unsettled: operation };
  }
}
