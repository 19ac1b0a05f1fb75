import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs';
import { Logger } from '../../platform/logging/log';
import { showId } from '../../shared/id';
import { textAt } from '../../shared/json';
import { NotificationHandlers, type NotificationOutcome } from '../notification-handlers';
import {
  APPLY_NOTIFICATION,
  type NotificationRow,
  NotificationsRepository,
} from './storage/notifications.repository';
import { Turns } from './turns';

/** Pauses before the next try; the last one repeats. */
const PAUSES_S = [1, 2, 5, 10, 30, 60, 300, 900, 3_600];
/** An event that finds no payment in this time belongs to none of ours. */
const GIVE_UP_AFTER_S = 24 * 3600;
/** Reasons are for people who look at the list. */
const REASON_LENGTH_MAX = 500;

/** Hands stored notifications to the module that registered for their kind. */
@Injectable()
export class Inbox implements OnModuleInit {
  constructor(
    private readonly handlers: NotificationHandlers,
    private readonly notifications: NotificationsRepository,
    private readonly jobs: Jobs,
    private readonly turns: Turns,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(APPLY_NOTIFICATION, (payload) => this.apply(textAt(payload, 'id') ?? ''));
  }

  /** Applying a notification again changes nothing. */
  async apply(id: string): Promise<void> {
    const notification = await this.notifications.find(id);
    if (notification?.state !== 'pending') return;
    const inS = await this.turns.take(notification.account, () => this.applyNow(notification));
    if (inS !== null) await this.notifications.defer(id, inS);
  }

  private async applyNow(notification: NotificationRow): Promise<void> {
    const { id } = notification;
    const result = await this.handOver(notification);
    this.log.info({ ...lineOf(notification), outcome: result.outcome }, 'notification');
    if (result.outcome === 'applied' || result.outcome === 'ignored') {
      return this.notifications.settle(id, { state: result.outcome, error: null });
    }
    const error = result.reason.slice(0, REASON_LENGTH_MAX);
    if (notification.age_s > GIVE_UP_AFTER_S) {
      const state = result.outcome === 'unmatched' ? 'unmatched' : 'failed';
      return this.notifications.settle(id, { state, error });
    }
    const inS = PAUSES_S[Math.min(notification.attempts, PAUSES_S.length - 1)] ?? 0;
    return this.notifications.postpone(id, { error, inS });
  }

  private async handOver(notification: NotificationRow): Promise<NotificationOutcome> {
    const handler = this.handlers.of(notification.kind);
    if (!handler) return { outcome: 'ignored' };
    try {
      return await handler(notification);
    } catch (error) {
      return { outcome: 'postponed', reason: String(error) };
    }
  }
}

function lineOf({ id, account, event_type, attempts }: NotificationRow) {
  return { notification: showId('ntf', id), account, event_type, attempts };
}
