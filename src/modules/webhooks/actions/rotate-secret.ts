import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { newId } from '../../../shared/id';
import { newSecret } from '../delivery/signed-request';
import { EndpointsRepository } from '../storage/endpoints.repository';
import { type EndpointWithSecret } from './create-endpoint';
import { noSuchEndpoint } from './refusals';

export interface RotateSecretInput {
  readonly id: string;
  readonly idempotency: IdempotencyClaim | null;
}

/** Gives an endpoint a new secret; the one before signs as well for a day. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
  ) {}

  async execute({ id, idempotency }: RotateSecretInput): Promise<EndpointWithSecret> {
    const claimed = await findClaimed(this.database, idempotency);
    if (claimed) return { id, secretId: claimed.resourceId, replayed: true };
    const secretId = newId();
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, idempotency, { resourceId: secretId, operationId: null });
      const isRotated = await this.endpoints.rotate(tx, { id, secret: newSecret(), secretId });
      if (!isRotated) throw noSuchEndpoint();
    });
    return { id, secretId, replayed: false };
  }
}
