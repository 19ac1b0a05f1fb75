import { Injectable } from '@nestjs/common';
import { Logger } from '../../../platform/logging/log';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { Database } from '../../../platform/database/database';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { ApplyNews } from './apply-news';
import { type Attempt } from './attempt';
import { answered, type CommandResult, settled } from './command-result';
import { type Refused, refusalOf, stateError, toRefusalError } from './refusals';
import { HoldLease } from './hold-lease';
import { RefreshPayment } from './refresh-payment';
import { SettleRefused } from './settle-refused';
import { unknownUnlessRecorded } from './unless-recorded';

/** Second and third step of a cancel at a provider that has one. Repeating it is harmless. */
@Injectable()
export class SendCancel {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly operations: OperationsRepository,
    private readonly applyNews: ApplyNews,
    private readonly refresh: RefreshPayment,
    private readonly settleRefused: SettleRefused,
    private readonly lease: HoldLease,
    private readonly log: Logger,
  ) {}

  /** Throws what the provider refused; an unknown outcome is a result, not an error. */
  async execute(attempt: Attempt): Promise<CommandResult> {
    return unknownUnlessRecorded(attempt, this.log, () => this.send(attempt));
  }

  private async send(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const { payments } = this.registry.get(payment.account);
    const providerId = payment.provider_payment_id;
    if (!payments.cancel || providerId === null) return this.nothingToSend(attempt);
    const cancel = payments.cancel.bind(payments);
    const order = { providerId, key: operation.provider_key };
    const result = await this.lease.during(operation.id, () => cancel(order));
    switch (result.outcome) {
      case 'done':
        return answered(
          await this.applyNews.execute({ ...attempt, shown: result.value }),
          operation,
        );
      case 'unknown':
        await this.operations.postpone(operation.id, result.trouble);
        return { payment, unsettled: operation };
      case 'not_found':
      case 'not_sent':
      case 'refused':
        throw await this.refuse(attempt, result);
    }
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
