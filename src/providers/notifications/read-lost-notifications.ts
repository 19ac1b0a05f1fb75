import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs';
import { Logger } from '../../platform/logging/log';
import { systemClock } from '../../shared/clock';
import { type PaymentProvider } from '../payment-provider';
import {
  type NotificationList,
  type NotificationOps,
  type ProviderNotification,
} from '../provider-parts';
import { ProviderRegistry } from '../provider-registry';
import { type EventMark, EventMarks } from './storage/event-marks';
import { NotificationsRepository } from './storage/notifications.repository';

const READ_LOST_NOTIFICATIONS = 'read-lost-notifications';

/** Every five minutes: a lost notification is made up for before most payers ask. */
const CRON = '*/5 * * * *';
/**
 * Events may enter a provider's list late, and clocks differ; what is known already costs nothing. A reading that
 * did not reach the end goes on near where it ended: with such a step back each time it might never get further.
 */
const OVERLAP_MS = 3_600_000;
/** The first look; older payments are asked for by the watch over unfinished payments. */
const FIRST_LOOK_MS = 24 * 3_600_000;
/** What one round leaves over is read by the next one; the rest five minutes later, from there on. */
const ROUNDS_MAX = 20;
/** Other accounts wait for their turn. */
const RUN_MS = 60_000;
/** What happened shortly before the end of such a reading may have entered the list after it. */
const LATE_MS = 5 * 60_000;
/** Statements stay small. */
const BATCH_MAX = 200;

/** Reads the providers' own lists of events into the same inbox, for deliveries that never arrived. */
@Injectable()
export class ReadLostNotifications implements OnModuleInit {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly notifications: NotificationsRepository,
    private readonly marks: EventMarks,
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
    const mark = await this.marks.find(account);
    const startedAt = earlierOf(systemClock.now(), mark.now);
    let since = sinceOf(mark);
    const endMs = performance.now() + RUN_MS;
    for (let round = 0; round < ROUNDS_MAX && performance.now() < endMs; round++) {
      if (signal.aborted) return;
      const list = await this.listOnce(account, part, since);
      if (!list) return;
      // A list that is too long to be read ever is left behind.
      if (list.isComplete || list.gap === 'too_many') return this.marks.finish(account, startedAt);
      if (list.gap !== undefined) return;
      const { readUntil } = list;
      if (readUntil === undefined || readUntil <= since) break;
      since = readUntil;
      await this.marks.move(account, since);
    }
    if (signal.aborted) return;
    this.log.warn(
      { account, since: since.toISOString() },
      'the list of events was not read to its end',
    );
  }

  /** Stores what the provider lists; null when it lists nothing now. */
  private async listOnce(
    account: string,
    part: NotificationOps,
    since: Date,
  ): Promise<NotificationList | null> {
    const result = await part.list(since);
    if (result.outcome !== 'done') {
      this.log.warn({ account, outcome: result.outcome }, 'the list of events was not read');
      return null;
    }
    const { notifications, gap } = result.value;
    await this.store(account, notifications);
    if (gap !== undefined) {
      const line = { account, since: since.toISOString(), count: notifications.length, gap };
      this.log.warn(line, 'the list of events has a gap');
    }
    return result.value;
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

function sinceOf({ readUntil, resumeFrom, now }: EventMark): Date {
  if (resumeFrom) return new Date(resumeFrom.getTime() - LATE_MS);
  if (readUntil) return new Date(readUntil.getTime() - OVERLAP_MS);
  return new Date(now.getTime() - FIRST_LOOK_MS);
}

function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other;
}
