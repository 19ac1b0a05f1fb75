import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { resumeJob } from '../jobs/webhook-jobs';
import { type EndpointFields, EndpointsRepository } from '../storage/endpoints.repository';
import { WEBHOOKS_OPTIONS, type WebhooksOptions } from '../webhooks.options';
import { noSuchEndpoint, requireCallable } from './refusals';

export interface UpdateEndpointInput {
  readonly id: string;
  /** Only the fields to change. */
  readonly fields: Partial<EndpointFields>;
}

/** Changes an endpoint. What waits for it goes out soon once it is enabled again or has another URL. */
@Injectable()
export class UpdateEndpoint {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    private readonly jobs: Jobs,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: WebhooksOptions,
  ) {}

  async execute({ id, fields }: UpdateEndpointInput): Promise<void> {
    if (fields.url !== undefined) requireCallable(fields.url, this.options);
    await this.database.inTransaction(async (tx) => {
      const before = await this.endpoints.lock(tx, id);
      if (!before) throw noSuchEndpoint();
      const after = { ...before, ...fields };
      await this.endpoints.update(tx, id, after);
      const isElsewhere = before.url !== after.url;
      if (!after.enabled || (before.enabled && !isElsewhere)) return;
      await this.jobs.add(tx, [resumeJob({ endpointId: id })]);
    });
  }
}
