import { Injectable } from '@nestjs/common';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { type CreateOrder } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { withPaymentId } from '../domain/return-url';
import { OperationsRepository } from '../storage/operations.repository';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { ApplyNews } from './apply-news';
import { type Attempt } from './attempt';
import { answered, type CommandResult } from './command-result';
import { HoldLease } from './hold-lease';
import { toRefusalError, refusalOf } from './refusals';
import { SettleRefused } from './settle-refused';
import { unknownUnlessRecorded } from './unless-recorded';

/** Second and third step of a create: call the provider with a committed intent, record what it says. */
@Injectable()
export class SendCreate {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly operations: OperationsRepository,
    private readonly applyNews: ApplyNews,
    private readonly settleRefused: SettleRefused,
    private readonly lease: HoldLease,
    private readonly log: Logger,
  ) {}

  /** Throws what the provider refused; an unknown outcome is a result, not an error. */
  async execute(attempt: Attempt): Promise<CommandResult> {
    return unknownUnlessRecorded(attempt, this.log, () => this.send(attempt));
  }

  private async send(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation, cause, actor } = attempt;
    const provider = this.registry.get(payment.account);
    const order = toOrder(payment, operation.provider_key);
    const result = await this.lease.during(operation.id, () => provider.payments.create(order));
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
      case 'refused': {
        const refused = { operation, result, trigger: 'fail', cause, actor } as const;
        const failed = await this.settleRefused.execute(refused);
        const { refusal, trouble } = refusalOf(result);
        throw toRefusalError(refusal, trouble, failed);
      }
    }
  }
}

/** The order of a payment; the same however often it is sent, because it is made of stored values only. */
function toOrder(payment: PaymentRow, key: string): CreateOrder {
  const reference = showId('pay', payment.id);
  return {
    reference,
    key,
    amount: amountOf(payment),
    description: payment.description,
    returnUrl: withPaymentId(payment.return_url, reference),
    cancelUrl: withPaymentId(payment.cancel_url, reference),
    payMethods: payment.pay_methods,
    metadata: payment.metadata,
    providerCustomer: payment.provider_customer,
    mandate: payment.mandate,
    setupMandate: payment.setup_mandate,
    locale: payment.locale,
  };
}
