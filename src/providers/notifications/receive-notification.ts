import { Injectable } from '@nestjs/common';
import { Logger } from '../../platform/logging/log';
import { UnfinishedWork } from '../../platform/unfinished-work';
import {
  type NotificationOps,
  type ProviderNotification,
  type RawNotification,
} from '../provider-parts';
import { ProviderRegistry } from '../provider-registry';
import {
  notificationForged,
  notificationsNotConfigured,
  notificationUndecided,
  notificationUnreadable,
} from '../providers.errors';
import { StoreNotifications } from './store-notifications';

/** Ids longer than these are none of the providers'. */
const ID_LENGTH_MAX = 255;
/** An event is about one thing, and each id may cost a question; a dispute over more payments is still one. */
const IDS_MAX = 20;
const RETRY_AFTER_S = 30;

/** Takes what a provider tells us: verified over the raw bytes, stored once, and answered only then. */
@Injectable()
export class ReceiveNotification {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly notifications: StoreNotifications,
    private readonly work: UnfinishedWork,
    private readonly log: Logger,
  ) {}

  /** Throws 401 for what is not genuine, 503 while nobody can tell; nothing is stored then. */
  execute(account: string, delivery: RawNotification, requestId: string): Promise<void> {
    // A sender that hangs up leaves this behind, and the database must stay open for it.
    return this.work.track(this.receive(account, delivery, requestId));
  }

  private async receive(account: string, delivery: RawNotification, requestId: string) {
    const notification = await this.verify(account, delivery, requestId);
    await this.notifications.store({ ...notification, account, source: 'delivery' });
  }

  private async verify(
    account: string,
    delivery: RawNotification,
    requestId: string,
  ): Promise<ProviderNotification> {
    const line = { request_id: requestId, account };
    const verdict = await this.partOf(account).verify(delivery);
    switch (verdict.verdict) {
      case 'genuine':
        return acceptable(verdict.notification);
      case 'forged':
        this.log.warn({ ...line, reason: verdict.reason }, 'a notification was not genuine');
        throw notificationForged('The signature does not fit. Nothing was stored.');
      case 'unreadable':
        this.log.warn({ ...line, reason: verdict.reason }, 'a notification cannot be read');
        throw notificationUnreadable('The body is no event of this provider. Nothing was stored.');
      case 'undecided': {
        this.log.warn({ ...line, code: verdict.trouble.code }, 'a notification was not verified');
        const detail = 'The signature could not be checked now. Nothing was stored; send it again.';
        throw notificationUndecided(detail, { retryAfterS: RETRY_AFTER_S });
      }
    }
  }

  private partOf(account: string): NotificationOps {
    const provider = this.registry.all.find((candidate) => candidate.account === account);
    if (provider?.notifications) return provider.notifications;
    throw notificationsNotConfigured(
      'No account of this name takes notifications. Set its webhook settings, see docs/providers.md.',
    );
  }
}

/** Genuine is not the same as sane: a signature may cover less than the body. */
function acceptable(notification: ProviderNotification): ProviderNotification {
  const { eventId, eventType, ...named } = notification;
  const paymentIds = named.paymentIds.slice(0, IDS_MAX);
  const objectIds = named.objectIds.slice(0, IDS_MAX);
  const references = named.references.slice(0, IDS_MAX);
  const ids = [eventId, eventType, ...paymentIds, ...objectIds, ...references];
  const isSane = ids.every((id) => id !== '' && id.length <= ID_LENGTH_MAX);
  if (!isSane) throw notificationUnreadable('The event names no usable ids. Nothing was stored.');
  return { ...notification, paymentIds, objectIds, references };
}
