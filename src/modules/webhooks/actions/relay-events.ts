import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { nextJobs } from '../jobs/webhook-jobs';
import { DeliveriesRepository } from '../storage/deliveries.repository';
import { RelayRepository } from '../storage/relay.repository';

/**
 * Turns new events into deliveries, in the order of the feed and once per endpoint and event. It follows
 * behind what publishes them, so that it costs a payment nothing.
 */
@Injectable()
export class RelayEvents {
  constructor(
    private readonly database: Database,
    private readonly relay: RelayRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
  ) {}

  /** Whether there was something: then there may be more. False also while another process is at it. */
  async execute(): Promise<boolean> {
    if (!(await this.relay.hasNews(this.database))) return false;
    return this.database.inTransaction(async (tx) => {
      const after = await this.relay.take(tx);
      if (!after) return false;
      const { last, wanted } = await this.relay.read(tx, after);
      if (!last) return false;
      const chains = await this.deliveries.insert(tx, wanted);
      await this.jobs.add(tx, nextJobs(chains));
      await this.relay.move(tx, last);
      return true;
    });
  }
}
