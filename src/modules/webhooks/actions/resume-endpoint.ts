import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { resumedJobs, resumeJob } from '../jobs/webhook-jobs';
import { DeliveriesRepository } from '../storage/deliveries.repository';
import { type Resumption } from '../storage/delivery.row';

/** Deliveries of one statement: a few milliseconds of work, however many wait. */
const RESUMED_AT_ONCE_MAX = 500;

/** Lets what waits for an endpoint go out now: it was enabled, moved, or answers again. */
@Injectable()
export class ResumeEndpoint {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
  ) {}

  async execute(from: Resumption): Promise<void> {
    const limit = RESUMED_AT_ONCE_MAX;
    await this.database.inTransaction(async (tx) => {
      const waiting = await this.deliveries.resume(tx, from, limit);
      await this.jobs.add(tx, resumedJobs(waiting));
      if (waiting.length < limit) return;
      const after =
        waiting
          .map(({ id }) => id)
          .sort()
          .at(-1) ?? from.after;
      await this.jobs.add(tx, [resumeJob({ ...from, after })]);
    });
  }
}
