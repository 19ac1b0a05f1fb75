import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import {
  type HandedNotification,
  NotificationHandlers,
  type NotificationOutcome,
} from '../../../providers/notification-handlers';
import { readId } from '../../../shared/id';
import { RefreshRefunds } from '../actions/refresh-refunds';
import { PaymentQueries } from '../queries/payment-queries';
import { RefundQueries } from '../queries/refund-queries';

/** Asks the provider about all refunds of every payment that a notification may be about; it is not believed. */
@Injectable()
export class RefreshRefundsOnNotification implements OnModuleInit {
  constructor(
    private readonly handlers: NotificationHandlers,
    private readonly payments: PaymentQueries,
    private readonly refunds: RefundQueries,
    private readonly refresh: RefreshRefunds,
  ) {}

  onModuleInit(): void {
    this.handlers.handle('refund', (notification) => this.execute(notification));
  }

  private async execute(notification: HandedNotification): Promise<NotificationOutcome> {
    const { account, payment_ids, object_ids, refs } = notification;
    const idsOf = (prefix: 'pay' | 'ref') =>
      refs.map((ref) => readId(prefix, ref)).filter((id) => id !== null);
    const hints = { account, objectIds: object_ids, ids: idsOf('ref') };
    const ids = [...idsOf('pay'), ...(await this.refunds.paymentsNamed(hints))];
    const payments = await this.payments.named({ account, providerIds: payment_ids, ids });
    let isComplete = true;
    for (const payment of payments) {
      const why = { cause: 'notification', actor: KASSA.subject };
      isComplete = (await this.refresh.execute({ payment, ...why })) && isComplete;
    }
    if (payments.length === 0) return unmatched('No payment of this account is what it names.');
    return isComplete ? { outcome: 'applied' } : unmatched(MAY_BE_OURS);
  }
}

const MAY_BE_OURS =
  'It may be a refund of ours that is not settled; it counts once that one has ended.';

function unmatched(reason: string): NotificationOutcome {
  return { outcome: 'unmatched', reason };
}
