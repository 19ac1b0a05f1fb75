import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type HandedNotification,
  NotificationHandlers,
  type NotificationOutcome,
} from '../../../providers/notification-handlers';
import { readId, showId } from '../../../shared/id';
import { AdoptPayment } from '../actions/adopt-payment';
import { LookAtPayment } from '../actions/look-at-payment';
import { PaymentQueries } from '../queries/payment-queries';
import { type PaymentRow } from '../storage/payment.row';
import { hintsFor } from './hints';

/** Asks the provider about every payment that a notification may be about; what it claims is not believed. */
@Injectable()
export class RefreshOnNotification implements OnModuleInit {
  constructor(
    private readonly handlers: NotificationHandlers,
    private readonly queries: PaymentQueries,
    private readonly look: LookAtPayment,
    private readonly adopt: AdoptPayment,
  ) {}

  onModuleInit(): void {
    this.handlers.handle('payment', (notification) => this.execute(notification));
  }

  private async execute(notification: HandedNotification): Promise<NotificationOutcome> {
    const { account, payment_ids, refs } = notification;
    const ids = refs.map((ref) => readId('pay', ref)).filter((id) => id !== null);
    const payments = await this.queries.named({ account, providerIds: payment_ids, ids });
    let isMatched = false;
    for (const payment of payments) {
      isMatched = (await this.lookAt(payment, payment_ids)) || isMatched;
    }
    if (payments.length === 0) isMatched = await this.adoptAny(account, payment_ids);
    const doubled = payments.find((payment) => isAnother(payment, payment_ids));
    if (doubled) return { outcome: 'unmatched', reason: secondOf(doubled) };
    if (isMatched) return { outcome: 'applied' };
    return { outcome: 'unmatched', reason: 'No payment of this account is what it names.' };
  }

  /** A provider makes payments by itself, for its own subscriptions and plans; those become ours. */
  private async adoptAny(account: string, providerIds: readonly string[]): Promise<boolean> {
    let isAdopted = false;
    for (const providerId of providerIds) {
      isAdopted = (await this.adopt.execute({ account, providerId })) || isAdopted;
    }
    return isAdopted;
  }

  /** An id that we never learnt is tried; the answer must name our reference to count. */
  private async lookAt(payment: PaymentRow, providerIds: readonly string[]): Promise<boolean> {
    for (const hint of hintsFor(payment, providerIds)) {
      if (await this.look.execute({ payment, cause: 'notification', hint })) return true;
    }
    return false;
  }
}

/**
 * Whether the provider names a payment for ours that is not the one that we know: a request that was lost was carried out
 * after all, beside its repetition, and the payer may pay both.
 */
function isAnother({ provider_payment_id: known }: PaymentRow, ids: readonly string[]): boolean {
  return known !== null && ids.length > 0 && !ids.includes(known);
}

function secondOf({ id }: PaymentRow): string {
  return `It names another payment at the provider than ${showId('pay', id)} has: the payer may pay twice. Cancel or refund it there.`;
}
