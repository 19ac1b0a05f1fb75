import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { OperationsRepository } from '../storage/operations.repository';
import { type Attempt } from './attempt';
import { type CommandResult, settled } from './command-result';
import { type RefreshInput, RefreshPayment } from './refresh-payment';
import { type Refused, refusalOf, stateError, toRefusalError } from './refusals';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

/** Makes a payment unpayable at a provider that has a call for it. Repeating it is harmless. */
@Injectable()
export class SendCancel {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly operations: OperationsRepository,
    private readonly sendOperation: SendOperation,
    private readonly refresh: RefreshPayment,
    private readonly settleRefused: SettleRefused,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const { payments } = this.registry.get(payment.account);
    const providerId = payment.provider_payment_id;
    if (!payments.cancel || providerId === null) return this.nothingToSend(attempt);
    const cancel = payments.cancel.bind(payments, { providerId, key: operation.provider_key });
    return this.sendOperation.execute(attempt, {
      call: cancel,
      refuse: (result) => this.refuse(attempt, result),
    });
  }

  private async nothingToSend({ payment, operation }: Attempt): Promise<CommandResult> {
    await this.operations.settleNow(operation.id, { state: 'succeeded' });
    return settled(payment);
  }

  /** When the provider does not say, the payment stays as it was known; the cancel was refused all the same. */
  private async lookAgain(input: RefreshInput): Promise<void> {
    try {
      await this.refresh.execute(input);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  /**
   * The usual reason is that the payer was faster: what the provider shows now says it better than its refusal. It is
   * asked first, because whoever waits for this cancel answers as soon as the refusal is recorded.
   */
  private async refuse({ payment, operation, cause, actor }: Attempt, result: Refused) {
    const { refusal, trouble } = refusalOf(result);
    const isJudged = refusal === 'final' || refusal === 'request';
    if (isJudged) await this.lookAgain({ payment, cause, actor });
    const refused = { operation, result, trigger: null, cause, actor } as const;
    const now = await this.settleRefused.execute(refused);
    return isJudged ? stateError(now, 'canceled') : toRefusalError(refusal, trouble, now);
  }
}
