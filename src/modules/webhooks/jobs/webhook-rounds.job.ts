import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { RoundsRepository } from '../storage/rounds.repository';
import { resumedJobs } from './webhook-jobs';

const EVERY_TEN_MINUTES = '*/10 * * * *';
/** At night, when few write. */
const NIGHTLY = '41 3 * * *';
/** Rows of one statement: short enough not to hold anybody up. */
const BATCH_MAX = 500;
/** Of one round by the clock; what is left is for the next one. */
const REQUEUE_BATCHES_MAX = 20;
/** Five million rows in one night. */
const FORGET_BATCHES_MAX = 10_000;

/** By the clock: finds deliveries whose job is gone, and deletes what nobody needs any more. */
@Injectable()
export class WebhookRoundsJob implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly rounds: RoundsRepository,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    const { jobs } = this;
    jobs.every({ task: 'requeue-overdue-webhooks', cron: EVERY_TEN_MINUTES }, (signal) =>
      this.requeue(signal),
    );
    jobs.every({ task: 'forget-old-webhooks', cron: NIGHTLY }, (signal) => this.forget(signal));
  }

  async requeue(signal: AbortSignal): Promise<void> {
    for (let batch = 0; batch < REQUEUE_BATCHES_MAX && !signal.aborted; batch++) {
      const found = await this.database.inTransaction(async (tx) => {
        const overdue = await this.rounds.overdue(tx, BATCH_MAX);
        await this.jobs.add(tx, resumedJobs(overdue));
        return overdue.length;
      });
      if (found < BATCH_MAX) return;
    }
  }

  async forget(signal: AbortSignal): Promise<void> {
    for (let batch = 0; batch < FORGET_BATCHES_MAX && !signal.aborted; batch++) {
      const deliveries = await this.rounds.forgetDeliveries(this.database, BATCH_MAX);
      const outcomes = await this.rounds.forgetOutcomes(this.database, BATCH_MAX);
      if (deliveries < BATCH_MAX && outcomes < BATCH_MAX) return;
    }
  }
}
