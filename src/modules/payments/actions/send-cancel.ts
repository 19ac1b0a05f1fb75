import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { type Attempt } from './attempt';
import { type CommandResult, settled } from './command-result';
import { RefreshPayment } from './refresh-payment';
import { type Refused, refusalOf, stateError, toRefusalError } from './refusals';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

/** Makes a payment unpayable at a provider that has a call for it. Repeating it is harmless. */
@Injectable()
export class SendCancel {
  constructor(
    private readonly database: Database,
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
    await this.database.inTransaction((tx) =>
      this.operations.settle(tx, operation.id, { state: 'succeeded' }),
    );
    return settled(payment);
  }

  /** The usual reason is that the payer was faster: what the provider shows now says it better than its refusal. */
  private async refuse({ operation, cause, actor }: Attempt, result: Refused) {
    const refused = { operation, result, trigger: null, cause, actor } as const;
    const payment: PaymentRow = await this.settleRefused.execute(refused);
    const { refusal, trouble } = refusalOf(result);
    if (refusal !== 'final' && refusal !== 'request') {
      return toRefusalError(refusal, trouble, payment);
    }
    const now = await this.refresh.execute({ payment, cause, actor });
    return stateError(now.payment, 'canceled');
  }
}
