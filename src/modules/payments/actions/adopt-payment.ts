import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { Logger } from '../../../platform/logging/log';
import { newId, showId } from '../../../shared/id';
import { type Money } from '../../../shared/money/money';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { customerBehind } from '../../customers/customers.facade';
import { paymentEvent } from '../payments.events';
import { PaymentQueries } from '../queries/payment-queries';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { ApplyNews } from './apply-news';

/** Who made it, where our own payments name a caller. */
const PROVIDER = 'provider';

/** What one payment may be; see the table of payments. */
const AMOUNT_MAX_MINOR = 999_999_999_999n;

export interface Adoption {
  readonly account: string;
  /** As somebody named it; nothing is believed before the provider was asked. */
  readonly providerId: string;
}

/**
 * Takes in a payment that a provider made by itself for a subscription or an installment plan: it becomes one of
 * ours, of the customer that the provider's stands for. Any other payment that is not ours stays where it is.
 */
@Injectable()
export class AdoptPayment {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly queries: PaymentQueries,
    private readonly payments: PaymentsRepository,
    private readonly events: Events,
    private readonly applyNews: ApplyNews,
    private readonly log: Logger,
  ) {}

  /** Whether it is ours now. Throws (503, 502) when the provider does not say what it is. */
  async execute({ account, providerId }: Adoption): Promise<boolean> {
    const provider = this.registry.get(account);
    // Nobody charges by itself without a mandate.
    if (!provider.mandates) return false;
    const result = await provider.payments.read(providerId);
    if (result.outcome === 'not_found') return false;
    if (result.outcome !== 'done') throw unusableAnswer(provider, result);
    const shown = result.value;
    const amount = recurringAmount(shown);
    if (shown.providerId !== providerId || amount === null) return false;
    const payment = await this.takeIn(account, { shown, amount });
    await this.applyNews.execute({ payment, shown, cause: 'notification', actor: PROVIDER });
    return true;
  }

  /** Of any number of notifications at a time one inserts it; the others find it. */
  private async takeIn(account: string, { shown, amount }: Recurring): Promise<PaymentRow> {
    const inserted = await this.insert(account, { shown, amount });
    if (inserted) {
      const line = { payment: showId('pay', inserted.id), provider_payment: shown.providerId };
      this.log.info(line, 'a payment of the provider was taken in');
      return inserted;
    }
    const hints = { account, providerIds: [shown.providerId], ids: [] };
    const [payment] = await this.queries.named(hints);
    if (!payment) throw new Error(`payment ${shown.providerId} vanished`);
    return payment;
  }

  /** Null when it was there. */
  private async insert(account: string, { shown, amount }: Recurring): Promise<PaymentRow | null> {
    const { providerCustomer } = shown;
    return this.database.inTransaction(async (tx) => {
      const customerId =
        providerCustomer === null ? null : await customerBehind(tx, { account, providerCustomer });
      const id = newId();
      const created = paymentEvent('payment.created', {
        id,
        account,
        state: 'initialized',
        amount_minor: amount.minor.toString(),
        currency: amount.currency,
        captured_minor: '0',
        customer_id: customerId,
        subject_kind: null,
        subject_id: null,
        conflict: null,
        version: 1,
        actor: PROVIDER,
      });
      const payment = { id, account, customerId, amount, createdBy: PROVIDER, event: created };
      const inserted = await this.payments.insertAdopted(tx, { ...payment, shown });
      if (inserted) await this.events.runReactions(tx, [created]);
      return inserted;
    });
  }
}

interface Recurring {
  readonly shown: ProviderPayment;
  readonly amount: Money;
}

/**
 * The amount of a payment that the provider made for one of its own subscriptions or plans; null for any other, for
 * one that somebody's reference belongs to, and for an amount that no payment can have.
 */
function recurringAmount(shown: ProviderPayment): Money | null {
  const { subscription, installmentPlan, reference, amount } = shown;
  if ((subscription ?? installmentPlan) === null || reference !== null || amount === null)
    return null;
  return amount.minor >= 1n && amount.minor <= AMOUNT_MAX_MINOR ? amount : null;
}
