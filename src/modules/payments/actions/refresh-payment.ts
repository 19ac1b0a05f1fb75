import { Injectable } from '@nestjs/common';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { providerUnavailable } from '../../../providers/providers.errors';
import { type PaymentRow } from '../storage/payment.row';
import { ApplyNews } from './apply-news';
import { ExpireVanished } from './expire-vanished';
import { toRefusalError } from './refusals';

export interface RefreshInput {
  readonly payment: PaymentRow;
  readonly cause: string;
  readonly actor: string;
}

export interface Refreshed {
  readonly payment: PaymentRow;
  /** What the provider shows; null when it does not know the payment, or we do not know its id there yet. */
  readonly shown: ProviderPayment | null;
}

/** A read that failed did nothing; a few seconds later it may work. */
const RETRY_AFTER_S = 5;

/** The one door for news: asks the provider and applies what it says. It never moves money. */
@Injectable()
export class RefreshPayment {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly applyNews: ApplyNews,
    private readonly expireVanished: ExpireVanished,
  ) {}

  /** Throws `provider_unavailable` (503) when the provider gives no usable answer; nothing was changed then. */
  async execute({ payment, cause, actor }: RefreshInput): Promise<Refreshed> {
    if (payment.provider_payment_id === null) return { payment, shown: null };
    const provider = this.registry.get(payment.account);
    const result = await provider.payments.read(payment.provider_payment_id);
    switch (result.outcome) {
      case 'done': {
        const news = { payment, shown: result.value, cause, actor };
        const { payment: applied } = await this.applyNews.execute(news);
        return { payment: applied, shown: result.value };
      }
      case 'not_found':
        return {
          payment: await this.expireVanished.execute({ payment, cause, actor }),
          shown: null,
        };
      case 'refused':
        throw toRefusalError('merchant', result.refusal, payment);
      case 'not_sent':
      case 'unknown': {
        const detail = `${provider.name} gave no usable answer. Nothing was changed; try again.`;
        const trouble = { name: payment.account, ...result.trouble };
        throw providerUnavailable(detail, { provider: trouble, retryAfterS: RETRY_AFTER_S });
      }
    }
  }
}
