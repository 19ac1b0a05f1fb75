import { type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type JsonObject } from '../../../shared/json';

const insert = statement<never>(
  'insert-webhook-outcome',
  'INSERT INTO webhooks.outcomes (id, endpoint_id, outcome) VALUES ($1, $2, $3)',
);

const find = statement<{ outcome: JsonObject }>(
  'find-webhook-outcome',
  'SELECT outcome FROM webhooks.outcomes WHERE id = $1',
);

/** What came of pings and replays: nothing else remembers it for a request that is repeated. */
export class OutcomesRepository {
  async insert(
    tx: Tx,
    ids: { readonly id: string; readonly endpointId: string },
    outcome: JsonObject,
  ): Promise<void> {
    await tx.query(insert, [ids.id, ids.endpointId, JSON.stringify(outcome)]);
  }

  /** Null when the endpoint, and with it the outcome, is gone. */
  async find(on: Queryable, id: string): Promise<JsonObject | null> {
    const [row] = await on.query(find, [id]);
    return row?.outcome ?? null;
  }
}
