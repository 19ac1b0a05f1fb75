import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
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

  /** As it was known before, when the provider does not say; the cancel was refused all the same. */
  private async asItIsNow(input: RefreshInput): Promise<PaymentRow> {
    try {
      return (await this.refresh.execute(input)).payment;
    } catch (error) {
      if (error instanceof AppError) return input.payment;
      throw error;
    }
  }

  /** The usual reason is that the payer was faster: what the provider shows now says it better than its refusal. */
  private async refuse({ operation, cause, actor }: Attempt, result: Refused) {
    const refused = { operation, result, trigger: null, cause, actor } as const;
    const payment: PaymentRow = await this.settleRefused.execute(refused);
    const { refusal, trouble } = refusalOf(result);
    if (refusal !== 'final' && refusal !== 'request') {
      return toRefusalError(refusal, trouble, payment);
    }
    return stateError(await this.asItIsNow({ payment, cause, actor }), 'canceled');
  }
}
