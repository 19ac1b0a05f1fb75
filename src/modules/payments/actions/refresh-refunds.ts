import { Injectable } from '@nestjs/common';
import { type ProviderRefund } from '../../../providers/provider-parts';
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

  /**
   * False when one was left alone, as it may be ours: it is to be asked for again. Throws `provider_unavailable`
   * (503) when the provider gives no usable answer; nothing was changed then.
   */
  async execute(input: RefreshRefundsInput): Promise<boolean> {
    const { payment } = input;
    const { refunds, name } = this.registry.get(payment.account);
    const providerId = payment.provider_payment_id;
    // Where nothing was taken nothing can have gone back.
    if (!refunds || providerId === null || payment.captured_minor === '0') return true;
    const listed = await refunds.list(providerId);
    switch (listed.outcome) {
      case 'done':
        return this.applyAll(input, listed.value);
      case 'not_found':
        // The provider forgot the payment; what is known of its refunds stands.
        return true;
      case 'refused':
        throw toRefusalError('merchant', listed.refusal, payment);
      case 'not_sent':
      case 'unknown':
        throw noAnswer(name, listed.trouble, payment);
    }
  }

  /** The same for what the provider has shown already. */
  async applyAll(why: RefreshRefundsInput, listed: readonly ProviderRefund[]): Promise<boolean> {
    let isComplete = true;
    for (const shown of listed) {
      const { outcome } = await this.applyRefund.execute({ ...why, refund: null, shown });
      isComplete = isComplete && outcome !== 'left_alone';
    }
    return isComplete;
  }
}
