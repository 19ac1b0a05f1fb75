import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { clearJob } from '../jobs/webhook-jobs';
import { EndpointsRepository } from '../storage/endpoints.repository';
import { noSuchEndpoint } from './refusals';

/** Deliveries of one statement: an endpoint may have had millions. */
const CLEARED_AT_ONCE_MAX = 500;

/**
 * Removes an endpoint and its deliveries: without it they could be neither read nor sent again. The events
 * themselves stay in the feed.
 */
@Injectable()
export class DeleteEndpoint {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    private readonly jobs: Jobs,
  ) {}

  async execute(id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      if (!(await this.endpoints.delete(tx, id))) throw noSuchEndpoint();
      await this.jobs.add(tx, [clearJob(id)]);
    });
  }

  /** One batch of what it leaves behind. */
  async clear(id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const isDone = await this.endpoints.clear(tx, { id, limit: CLEARED_AT_ONCE_MAX });
      if (!isDone) await this.jobs.add(tx, [clearJob(id)]);
    });
  }
}
