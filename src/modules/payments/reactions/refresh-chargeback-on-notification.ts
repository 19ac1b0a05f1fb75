import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import {
  type HandedNotification,
  NotificationHandlers,
  type NotificationOutcome,
} from '../../../providers/notification-handlers';
import { RefreshChargeback } from '../actions/refresh-chargeback';

/** Asks the provider about the chargeback that a notification names; what it claims is not believed. */
@Injectable()
export class RefreshChargebackOnNotification implements OnModuleInit {
  constructor(
    private readonly handlers: NotificationHandlers,
    private readonly refresh: RefreshChargeback,
  ) {}

  onModuleInit(): void {
    this.handlers.handle('chargeback', (notification) => this.execute(notification));
  }

  /** The chargeback itself is named first; its payment is the one that the provider's answer names. */
  private async execute(notification: HandedNotification): Promise<NotificationOutcome> {
    const { account, object_ids } = notification;
    const [chargebackId] = object_ids;
    if (chargebackId === undefined) {
      return { outcome: 'unmatched', reason: 'It names no chargeback.' };
    }
    const there = { account, chargebackId };
    return this.refresh.execute({ ...there, cause: 'notification', actor: KASSA.subject });
  }
}
