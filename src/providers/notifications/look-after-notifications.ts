import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs';
import { Logger } from '../../platform/logging/log';
import { NotificationUpkeep } from './storage/notification-upkeep';

const REQUEUE_NOTIFICATIONS = 'requeue-lost-notifications';
const FORGET_NOTIFICATIONS = 'forget-notifications';

const REQUEUE_CRON = '*/10 * * * *';
/** Jobs that are merely late, because many wait, have long been done by then. */
const OVERDUE_S = 600;
/** Lost jobs are rare; where they are not, the next round takes the next ones. */
const REQUEUED_MAX = 1_000;

/** At night, when few write. */
const FORGET_CRON = '47 3 * * *';
/** Longer than any provider lists or repeats an event, and than anybody asks what became of one. */
const KEPT_DAYS = 90;
/** Rows of one statement: short enough not to hold anybody up. */
const BATCH_MAX = 1_000;
/** A million in one night; the rest the next one. */
const BATCHES_MAX = 1_000;

/** Finds notifications that lost their job, in crash loops say, and forgets those that are done with. */
@Injectable()
export class LookAfterNotifications implements OnModuleInit {
  constructor(
    private readonly upkeep: NotificationUpkeep,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: REQUEUE_NOTIFICATIONS, cron: REQUEUE_CRON }, () => this.requeue());
    this.jobs.every({ task: FORGET_NOTIFICATIONS, cron: FORGET_CRON }, (signal) =>
      this.forget(signal),
    );
  }

  private async requeue(): Promise<void> {
    const count = await this.upkeep.requeue({ overdueS: OVERDUE_S, most: REQUEUED_MAX });
    if (count > 0) this.log.warn({ count }, 'notifications had lost their jobs');
  }

  private async forget(signal: AbortSignal): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && !signal.aborted; batch++) {
      const forgotten = await this.upkeep.forget({ olderThanDays: KEPT_DAYS, most: BATCH_MAX });
      if (forgotten < BATCH_MAX) return;
    }
  }
}
