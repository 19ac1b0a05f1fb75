import { Injectable } from '@nestjs/common';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { showId } from '../../../shared/id';
import { operationInProgress } from '../payments.errors';
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

  /**
   * Throws `provider_unavailable` (503) when the provider gives no usable answer, and `operation_in_progress` (409) when
   * others change the payment faster than the provider tells about it; nothing was changed then.
   */
  async execute(input: RefreshInput): Promise<Refreshed> {
    let { payment } = input;
    for (let read = 1; read <= READS_MAX; read++) {
      const refreshed = await this.readOnce({ ...input, payment });
      if (!refreshed.isOvertaken) return refreshed;
      // What was read may be older than what somebody else applied meanwhile.
      ({ payment } = refreshed);
    }
    const members = { payment: showId('pay', payment.id), state: payment.state };
    const detail = 'The payment keeps changing while the provider is asked about it. Try again.';
    throw operationInProgress(detail, { retryAfterS: 1, members });
  }

  private async readOnce(input: RefreshInput): Promise<Refreshed & { isOvertaken?: boolean }> {
    const { payment, cause, actor, hint = null } = input;
    const providerId = payment.provider_payment_id ?? hint;
    if (providerId === null) return { payment, shown: null };
    const provider = this.registry.get(payment.account);
    const result = await provider.payments.read(providerId);
    switch (result.outcome) {
      case 'done': {
        const shown = result.value;
        if (!isOurs(payment, shown)) return { payment, shown: null };
        const applied = await this.applyNews.execute({ payment, shown, cause, actor });
        return { payment: applied.payment, shown, isOvertaken: applied.outcome === 'overtaken' };
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

/** With this many others at it, somebody else has applied what there is to know. */
const READS_MAX = 5;

/** A payment is known by its id over there; before we learnt that, only by our reference in it. */
function isOurs(payment: PaymentRow, shown: ProviderPayment): boolean {
  return payment.provider_payment_id !== null || shown.reference === showId('pay', payment.id);
}
