import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type PaymentRow } from '../storage/payment.row';
import { ApplyRefund } from './apply-refund';
import { noAnswer, toRefusalError } from './refusals';

export interface RefreshRefundsInput {
  readonly payment: PaymentRow;
  readonly cause: string;
  readonly actor: string;
}

/**
 * Asks the provider for every refund of a payment and applies what it says; those that were made in the provider's
 * own dashboard appear here that way. It never moves money.
 */
@Injectable()
export class RefreshRefunds {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly applyRefund: ApplyRefund,
  ) {}

  /** Throws `provider_unavailable` (503) when the provider gives no usable answer; nothing was changed then. */
  async execute({ payment, cause, actor }: RefreshRefundsInput): Promise<void> {
    const { refunds, name } = this.registry.get(payment.account);
    const providerId = payment.provider_payment_id;
    // Where nothing was taken nothing can have gone back.
    if (!refunds || providerId === null || payment.captured_minor === '0') return;
    const listed = await refunds.list(providerId);
    switch (listed.outcome) {
      case 'done':
        for (const shown of listed.value) {
          await this.applyRefund.execute({ payment, refund: null, shown, cause, actor });
        }
        return;
      case 'not_found':
        // The provider forgot the payment; what is known of its refunds stands.
        return;
      case 'refused':
        throw toRefusalError('merchant', listed.refusal, payment);
      case 'not_sent':
      case 'unknown':
        throw noAnswer(name, listed.trouble, payment);
    }
  }
}
