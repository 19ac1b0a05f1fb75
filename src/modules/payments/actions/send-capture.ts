import { Injectable } from '@nestjs/common';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { ExpireVanished } from './expire-vanished';
import { type Refused, refusalOf, toRefusalError } from './refusals';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

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

/** Takes the money of a payment that the payer agreed to, or has it held. */
@Injectable()
export class SendCapture {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly sendOperation: SendOperation,
    private readonly settleRefused: SettleRefused,
    private readonly expireVanished: ExpireVanished,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const provider = this.registry.get(attempt.payment.account);
    return this.sendOperation.execute(attempt, {
      call: () => capture(provider, attempt),
      refuse: (result) => this.refuse(attempt, result),
    });
  }

  private async refuse({ operation, cause, actor }: Attempt, result: Refused) {
    const { refusal, trouble } = refusalOf(result);
    const trigger = refusal === 'final' ? 'fail' : null;
    const refused = { operation, result, trigger, cause, actor } as const;
    let payment: PaymentRow = await this.settleRefused.execute(refused);
    if (refusal === 'not_found')
      payment = await this.expireVanished.execute({ payment, cause, actor });
    return toRefusalError(refusal, trouble, payment);
  }
}

async function capture({ payments, holds }: PaymentProvider, { payment, operation }: Attempt) {
  const providerId = payment.provider_payment_id;
  if (providerId === null) return NOTHING_TO_CAPTURE;
  const order = { providerId, key: operation.provider_key, amount: amountOf(payment) };
  if (operation.kind === 'authorize') return holds?.authorize(order) ?? NOTHING_TO_CAPTURE;
  return payments.capture?.(order) ?? NOTHING_TO_CAPTURE;
}
