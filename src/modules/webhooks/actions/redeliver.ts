import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { Jobs } from '../../../platform/jobs/jobs';
import { attemptJob, nextJob } from '../jobs/webhook-jobs';
import { DeliveriesRepository } from '../storage/deliveries.repository';
import { EndpointsRepository } from '../storage/endpoints.repository';
import { webhookDeliveryNotFound } from '../webhooks.errors';
import { endpointDisabled, noSuchEndpoint } from './refusals';

export interface RedeliverInput {
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly idempotency: IdempotencyClaim | null;
}

/** Sends one delivery again, now and with all its attempts, whatever became of it and of those before it. */
@Injectable()
export class Redeliver {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
  ) {}

  /** Whether the Idempotency-Key was seen before, and nothing was done now. */
  async execute({ endpointId, deliveryId, idempotency }: RedeliverInput): Promise<boolean> {
    if (await findClaimed(this.database, idempotency)) return true;
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, idempotency, { resourceId: deliveryId, operationId: null });
      const endpoint = await this.endpoints.lock(tx, endpointId);
      if (!endpoint) throw noSuchEndpoint();
      if (!endpoint.enabled) throw endpointDisabled();
      const again = await this.deliveries.again(tx, { id: deliveryId, endpointId });
      if (!again) throw noSuchDelivery();
      // What waited behind it need not wait for it any longer.
      await this.jobs.add(tx, [attemptJob(again, 0), nextJob(again)]);
    });
    return false;
  }
}

export function noSuchDelivery() {
  return webhookDeliveryNotFound('This endpoint has no delivery with this id.');
}
