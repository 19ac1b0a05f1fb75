import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs';
import { Logger } from '../../platform/logging/log';
import { systemClock } from '../../shared/clock';
import { type PaymentProvider } from '../payment-provider';
import { type NotificationOps, type ProviderNotification } from '../provider-parts';
import { ProviderRegistry } from '../provider-registry';
import { NotificationsRepository } from './storage/notifications.repository';

const READ_LOST_NOTIFICATIONS = 'read-lost-notifications';

/** Every five minutes: a lost notification is made up for before most payers ask. */
const CRON = '*/5 * * * *';
/** Events may enter a provider's list late, and clocks differ; what is known already costs nothing. */
const OVERLAP_MS = 3_600_000;
/** The first look; older payments are asked for by the watch over unfinished payments. */
const FIRST_LOOK_MS = 24 * 3_600_000;
/** What one round leaves over is read by the next one; the rest five minutes later. */
const ROUNDS_MAX = 20;
/** Statements stay small. */
const BATCH_MAX = 200;

/** Reads the providers' own lists of events into the same inbox, for deliveries that never arrived. */
@Injectable()
export class ReadLostNotifications implements OnModuleInit {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly notifications: NotificationsRepository,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: READ_LOST_NOTIFICATIONS, cron: CRON }, (signal) =>
      this.execute(signal),
    );
  }

  /** One account's trouble does not keep the others from being read. */
  async execute(signal: AbortSignal): Promise<void> {
    for (const provider of this.registry.all) {
      if (signal.aborted) return;
      if (provider.notifications) await this.read(provider, provider.notifications, signal);
    }
  }

  private async read(
    { account }: PaymentProvider,
    part: NotificationOps,
    signal: AbortSignal,
  ): Promise<void> {
    const startedAt = systemClock.now();
    const mark = await this.notifications.readMark(account);
    let since = new Date(mark ? mark.getTime() - OVERLAP_MS : startedAt.getTime() - FIRST_LOOK_MS);
    for (let round = 0; round < ROUNDS_MAX && !signal.aborted; round++) {
      const result = await part.list(since);
      if (result.outcome !== 'done') {
        this.log.warn({ account, outcome: result.outcome }, 'the list of events was not read');
        return;
      }
      const { notifications, isComplete, gap } = result.value;
      await this.store(account, notifications);
      if (gap !== undefined) {
        const count = notifications.length;
        this.log.warn(
          { account, since: since.toISOString(), count, gap },
          'the list of events has a gap',
        );
        if (gap === 'too_many') await this.notifications.writeMark(account, startedAt);
        return;
      }
      since = isComplete ? startedAt : (notifications.at(-1)?.occurredAt ?? startedAt);
      await this.notifications.writeMark(account, since);
      if (isComplete) return;
    }
  }

  private async store(
    account: string,
    notifications: readonly ProviderNotification[],
  ): Promise<void> {
    for (let at = 0; at < notifications.length; at += BATCH_MAX) {
      const batch = notifications.slice(at, at + BATCH_MAX);
      await this.notifications.store(batch.map((one) => ({ ...one, account, source: 'list' })));
    }
  }
}
