import { Injectable } from '@nestjs/common';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { type PaymentRow } from '../storage/payment.row';
import { ApplyNews } from './apply-news';
import { ExpireVanished } from './expire-vanished';
import { noAnswer, toRefusalError } from './refusals';

export interface RefreshInput {
  readonly payment: PaymentRow;
  readonly cause: string;
  readonly actor: string;
  /** The provider's id where we do not know it and a notification names one; it counts if the answer is ours. */
  readonly hint?: string | null;
}

export interface Refreshed {
  readonly payment: PaymentRow;
  /** What the provider shows; null when it does not know the payment, or we do not know its id there yet. */
  readonly shown: ProviderPayment | null;
}

/** The one door for news: asks the provider and applies what it says. It never moves money. */
@Injectable()
export class RefreshPayment {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly applyNews: ApplyNews,
    private readonly expireVanished: ExpireVanished,
  ) {}

  /** Throws `provider_unavailable` (503) when the provider gives no usable answer; nothing was changed then. */
  async execute({ payment, cause, actor, hint = null }: RefreshInput): Promise<Refreshed> {
    const providerId = payment.provider_payment_id ?? hint;
    if (providerId === null) return { payment, shown: null };
    const provider = this.registry.get(payment.account);
    const result = await provider.payments.read(providerId);
    switch (result.outcome) {
      case 'done': {
        if (!isOurs(payment, result.value)) return { payment, shown: null };
        const news = { payment, shown: result.value, cause, actor };
        const { payment: applied } = await this.applyNews.execute(news);
        return { payment: applied, shown: result.value };
      }
      case 'not_found':
        // That there is nothing under an id that was merely named says nothing about the payment.
        if (payment.provider_payment_id === null) return { payment, shown: null };
        return {
          payment: await this.expireVanished.execute({ payment, cause, actor }),
          shown: null,
        };
      case 'refused':
        throw toRefusalError('merchant', result.refusal, payment);
      case 'not_sent':
      case 'unknown':
        throw noAnswer(provider.name, result.trouble, payment);
    }
  }
}

/** A payment is known by its id over there; before we learnt that, only by our reference in it. */
function isOurs(payment: PaymentRow, shown: ProviderPayment): boolean {
  return payment.provider_payment_id !== null || shown.reference === showId('pay', payment.id);
}
