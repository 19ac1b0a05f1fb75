import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { newId } from '../../../shared/id';
import { newSecret } from '../delivery/signed-request';
import {
  type EndpointFields,
  ENDPOINTS_MAX,
  EndpointsRepository,
} from '../storage/endpoints.repository';
import { tooManyWebhookEndpoints } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type WebhooksOptions } from '../webhooks.options';
import { requireCallable } from './refusals';

export interface CreateEndpointInput {
  readonly caller: Caller;
  readonly fields: EndpointFields;
  readonly idempotency: IdempotencyClaim | null;
}

/** An endpoint whose secret may be shown now. */
export interface EndpointWithSecret {
  readonly id: string;
  /** Which of its secrets; the first one has the id of the endpoint. */
  readonly secretId: string;
  /** The Idempotency-Key was seen before: nothing was done now. */
  readonly replayed: boolean;
}

/** Adds a place that is told of every event from now on. */
@Injectable()
export class CreateEndpoint {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: WebhooksOptions,
  ) {}

  async execute({ caller, fields, idempotency }: CreateEndpointInput): Promise<EndpointWithSecret> {
    const claimed = await findClaimed(this.database, idempotency);
    if (claimed) {
      const id = claimed.resourceId;
      return { id, secretId: id, replayed: true };
    }
    requireCallable(fields.url, this.options);
    const id = newId();
    const endpoint = { ...fields, id, secret: newSecret(), createdBy: caller.subject };
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, idempotency, { resourceId: id, operationId: null });
      if (await this.endpoints.insert(tx, endpoint)) return;
      throw tooManyWebhookEndpoints(
        `There are ${ENDPOINTS_MAX} endpoints already. Delete one that is no longer used.`,
      );
    });
    return { id, secretId: id, replayed: false };
  }
}
