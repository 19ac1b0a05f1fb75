import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { type FeedMark, showMark } from '../../../platform/events/feed-mark';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { Jobs } from '../../../platform/jobs/jobs';
import { newId } from '../../../shared/id';
import { type JsonObject } from '../../../shared/json';
import { attemptJob } from '../jobs/webhook-jobs';
import { DeliveriesRepository } from '../storage/deliveries.repository';
import { EndpointsRepository } from '../storage/endpoints.repository';
import { OutcomesRepository } from '../storage/outcomes.repository';
import { RelayRepository } from '../storage/relay.repository';
import { endpointDisabled, noSuchEndpoint } from './refusals';

/** Events of one replay: more would keep other deliveries waiting; the cursor of the answer goes on. */
const REPLAY_EVENTS_MAX = 500;

export interface ReplayInput {
  readonly endpointId: string;
  readonly after: FeedMark;
  readonly idempotency: IdempotencyClaim | null;
}

/** What came of it, as the API shows it. */
export interface RepeatableOutcome {
  readonly outcome: JsonObject;
  readonly replayed: boolean;
}

/** Sends an endpoint the events after a place in the feed again, also those from before it was made. */
@Injectable()
export class ReplayEvents {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly relay: RelayRepository,
    private readonly outcomes: OutcomesRepository,
    private readonly jobs: Jobs,
  ) {}

  async execute(input: ReplayInput): Promise<RepeatableOutcome> {
    const { endpointId, idempotency } = input;
    const claimed = await findClaimed(this.database, idempotency);
    if (claimed) {
      const outcome = await this.outcomes.find(this.database, claimed.resourceId);
      if (!outcome) throw noSuchEndpoint();
      return { outcome, replayed: true };
    }
    const id = newId();
    const outcome = await this.database.inTransaction(async (tx) => {
      await claimKey(tx, idempotency, { resourceId: id, operationId: null });
      const endpoint = await this.endpoints.lock(tx, endpointId);
      if (!endpoint) throw noSuchEndpoint();
      if (!endpoint.enabled) throw endpointDisabled();
      const told = await this.replay(tx, input);
      await this.outcomes.insert(tx, { id, endpointId }, told);
      return told;
    });
    return { outcome, replayed: false };
  }

  private async replay(tx: Tx, { endpointId, after }: ReplayInput): Promise<JsonObject> {
    const limit = REPLAY_EVENTS_MAX;
    const batch = await this.relay.readForReplay(tx, { endpointId, after, limit });
    const again = await this.deliveries.insertAgain(tx, batch.wanted);
    await this.jobs.add(
      tx,
      again.map((one) => attemptJob(one, 0)),
    );
    return {
      type: 'webhook_replay',
      count: again.length,
      cursor: showMark(batch.last ?? after),
      has_more: batch.has_more,
    };
  }
}
