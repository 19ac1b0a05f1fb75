import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { systemClock } from '../../../shared/clock';
import { newId, showId } from '../../../shared/id';
import { WebhookSender } from '../delivery/webhook-sender';
import { EndpointsRepository } from '../storage/endpoints.repository';
import { OutcomesRepository } from '../storage/outcomes.repository';
import { noSuchEndpoint } from './refusals';
import { type RepeatableOutcome } from './replay-events';

export interface PingInput {
  readonly endpointId: string;
  readonly idempotency: IdempotencyClaim | null;
}

/** Sends a trial message the way every event is sent, to a disabled endpoint as well, and says what came of it. */
@Injectable()
export class PingEndpoint {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    private readonly outcomes: OutcomesRepository,
    private readonly sender: WebhookSender,
  ) {}

  async execute({ endpointId, idempotency }: PingInput): Promise<RepeatableOutcome> {
    const claimed = await findClaimed(this.database, idempotency);
    if (claimed) {
      const outcome = await this.outcomes.find(this.database, claimed.resourceId);
      if (!outcome) throw noSuchEndpoint();
      return { outcome, replayed: true };
    }
    const id = newId();
    const outcome = await this.ping({ endpointId, pingId: id });
    // A ping that was cut off before this is sent again, which does no harm.
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, idempotency, { resourceId: id, operationId: null });
      if (idempotency) await this.outcomes.insert(tx, { id, endpointId }, outcome);
    });
    return { outcome, replayed: false };
  }

  private async ping({ endpointId, pingId }: Record<'endpointId' | 'pingId', string>) {
    const target = await this.endpoints.target(this.database, endpointId);
    if (!target) throw noSuchEndpoint();
    const startedAt = performance.now();
    const id = showId('ping', pingId);
    const { status, error } = await this.sender.send({
      url: target.url,
      secrets: target.secrets,
      message: {
        id,
        type: 'webhook.ping',
        timestamp: systemClock.now().toISOString(),
        data: { endpoint: showId('whe', endpointId) },
      },
    });
    const durationMs = Math.round(performance.now() - startedAt);
    const delivered = error === null;
    return { id, type: 'webhook_ping', delivered, status, error, duration_ms: durationMs };
  }
}
