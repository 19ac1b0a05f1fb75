import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import {
  type HandedNotification,
  NotificationHandlers,
  type NotificationOutcome,
} from '../../../providers/notification-handlers';
import { readId } from '../../../shared/id';
import { RefreshPayment } from '../actions/refresh-payment';
import { RefreshRefunds } from '../actions/refresh-refunds';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundQueries } from '../queries/refund-queries';
import { type PaymentRow } from '../storage/payment.row';
import { hintsFor } from './hints';

/** Asks the provider about all refunds of every payment that a notification may be about; it is not believed. */
@Injectable()
export class RefreshRefundsOnNotification implements OnModuleInit {
  constructor(
    private readonly handlers: NotificationHandlers,
    private readonly payments: PaymentQueries,
    private readonly refunds: RefundQueries,
    private readonly refreshPayment: RefreshPayment,
    private readonly refreshRefunds: RefreshRefunds,
  ) {}

  onModuleInit(): void {
    this.handlers.handle('refund', (notification) => this.execute(notification));
  }

  private async execute(notification: HandedNotification): Promise<NotificationOutcome> {
    const payments = await this.named(notification);
    if (payments.length === 0) return unmatched('No payment of this account is what it names.');
    let isPaid = false;
    let isComplete = true;
    for (const known of payments) {
      const payment = await this.withMoney(known, notification.payment_ids);
      if (!payment) continue;
      isPaid = true;
      isComplete = (await this.refreshRefunds.execute({ payment, ...WHY })) && isComplete;
    }
    if (!isPaid) return unmatched(NOTHING_TAKEN);
    return isComplete ? { outcome: 'applied' } : unmatched(MAY_BE_OURS);
  }

  private async named(notification: HandedNotification): Promise<readonly PaymentRow[]> {
    const { account, payment_ids, object_ids, refs } = notification;
    const idsOf = (prefix: 'pay' | 'ref') =>
      refs.map((ref) => readId(prefix, ref)).filter((id) => id !== null);
    const hints = { account, objectIds: object_ids, ids: idsOf('ref') };
    const ids = [...idsOf('pay'), ...(await this.refunds.paymentsNamed(hints))];
    return this.payments.named({ account, providerIds: payment_ids, ids });
  }

  /**
   * The news that the payment is paid may come after that of its refund: where we know of no money, the provider is
   * asked for it first. Null when it shows none either.
   */
  private async withMoney(
    payment: PaymentRow,
    providerIds: readonly string[],
  ): Promise<PaymentRow | null> {
    if (hasMoney(payment)) return payment;
    for (const hint of hintsFor(payment, providerIds)) {
      const refreshed = await this.refreshPayment.execute({ payment, hint, ...WHY });
      if (hasMoney(refreshed.payment)) return refreshed.payment;
    }
    return null;
  }
}

const WHY = { cause: 'notification', actor: KASSA.subject };
const NOTHING_TAKEN = 'The provider shows no money that was taken for the payment that it names.';
const MAY_BE_OURS =
  'It may be a refund of ours that is not settled; it counts once that one has ended.';

function hasMoney({ provider_payment_id, captured_minor }: PaymentRow): boolean {
  return provider_payment_id !== null && captured_minor !== '0';
}

function unmatched(reason: string): NotificationOutcome {
  return { outcome: 'unmatched', reason };
}
