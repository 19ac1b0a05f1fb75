import { Injectable } from '@nestjs/common';
import { Logger } from '../../../platform/logging/log';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { OperationsRepository } from '../storage/operations.repository';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { ApplyNews } from './apply-news';
import { type Attempt } from './attempt';
import { answered, type CommandResult } from './command-result';
import { ExpireVanished } from './expire-vanished';
import { HoldLease } from './hold-lease';
import { type Refused, refusalOf, toRefusalError } from './refusals';
import { SettleRefused } from './settle-refused';
import { unknownUnlessRecorded } from './unless-recorded';

/** No adapter shows an agreed payment without being able to capture it; should one do, nothing is sent. */
const NOTHING_TO_CAPTURE = {
  outcome: 'refused',
  refusal: {
    kind: 'merchant',
    code: 'capture_unsupported',
    message: 'The provider has no capture for this payment.',
    reference: null,
  },
} as const;

/** Second and third step of a capture: take the money with a committed intent, record what came of it. */
@Injectable()
export class SendCapture {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly operations: OperationsRepository,
    private readonly applyNews: ApplyNews,
    private readonly settleRefused: SettleRefused,
    private readonly expireVanished: ExpireVanished,
    private readonly lease: HoldLease,
    private readonly log: Logger,
  ) {}

  /** Throws what the provider refused; an unknown outcome is a result, not an error. */
  async execute(attempt: Attempt): Promise<CommandResult> {
    return unknownUnlessRecorded(attempt, this.log, () => this.send(attempt));
  }

  private async send(attempt: Attempt): Promise<CommandResult> {
    const { payment, operation } = attempt;
    const result = await this.capture(this.registry.get(payment.account), attempt);
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

  private async capture(provider: PaymentProvider, { payment, operation }: Attempt) {
    const providerId = payment.provider_payment_id;
    const { payments } = provider;
    if (!payments.capture || providerId === null) return NOTHING_TO_CAPTURE;
    const order = { providerId, key: operation.provider_key, amount: amountOf(payment) };
    const capture = payments.capture.bind(payments);
    return this.lease.during(operation.id, () => capture(order));
  }

  private async refuse({ operation, cause, actor }: Attempt, result: Refused) {
    const { refusal, trouble } = refusalOf(result);
    const trigger = refusal === 'final' ? 'fail' : null;
    const refused = { operation, result, trigger, cause, actor } as const;
    let payment: PaymentRow = await this.settleRefused.execute(refused);
    if (refusal === 'not_found') payment = await this.expireVanished.execute(payment, cause, actor);
    return toRefusalError(refusal, trouble, payment);
  }
}
