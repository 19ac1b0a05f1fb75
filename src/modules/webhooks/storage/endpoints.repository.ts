import { type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** Endpoints that there are at most: each event is a row and a request for every one of them. */
export const ENDPOINTS_MAX = 20;

/** How long the secret before still signs as well: time to change over at the receiver. */
const OVERLAP_HOURS = 24;

/** What an endpoint is made of, besides its id and its secrets. */
export interface EndpointFields {
  readonly url: string;
  readonly description: string | null;
  readonly event_types: readonly string[];
  readonly enabled: boolean;
}

export interface EndpointTarget {
  readonly id: string;
  readonly url: string;
  /** The one that is valid, and the one before while it overlaps. */
  readonly secrets: readonly string[];
}

/** Any number that no other advisory lock of ours has: "whe" in ASCII. */
const COUNT_LOCK = 7_825_509;

/** A statement of its own, so that the count after it sees what was committed while it waited. */
const lockCount = statement<never>(
  'lock-webhook-endpoint-count',
  `SELECT pg_advisory_xact_lock(${COUNT_LOCK})`,
);

const insert = statement<{ id: string }>(
  'insert-webhook-endpoint',
  `INSERT INTO webhooks.endpoints (id, secret_id, url, description, event_types, enabled, secret,
     created_by)
   SELECT $1::uuid, $1::uuid, $2, $3, $4::text[], $5::boolean, $6, $7
   WHERE (SELECT count(*) FROM webhooks.endpoints WHERE deleted_at IS NULL) < ${ENDPOINTS_MAX} RETURNING id`,
);

const lock = statement<EndpointFields>(
  'lock-webhook-endpoint',
  `SELECT url, description, event_types, enabled FROM webhooks.endpoints
   WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE`,
);

/** Another address, or one that staff have just enabled, is tried as if it had always answered. */
const IS_FRESH = 'url <> $2 OR ($5 AND NOT enabled)';

const update = statement<never>(
  'update-webhook-endpoint',
  `UPDATE webhooks.endpoints SET url = $2, description = $3, event_types = $4, enabled = $5,
     disabled_reason = CASE WHEN $5 THEN NULL ELSE disabled_reason END, updated_at = now(),
     unanswered = CASE WHEN ${IS_FRESH} THEN 0 ELSE unanswered END,
     failing_since = CASE WHEN ${IS_FRESH} THEN NULL ELSE failing_since END
   WHERE id = $1`,
);

const disable = statement<never>(
  'disable-webhook-endpoint',
  `UPDATE webhooks.endpoints SET enabled = false, disabled_reason = $2, updated_at = now()
   WHERE id = $1 AND enabled AND url = $3`,
);

const rotate = statement<{ id: string }>(
  'rotate-webhook-secret',
  `UPDATE webhooks.endpoints SET previous_secret = secret, secret = $2, secret_id = $3, updated_at = now(),
     previous_secret_until = now() + interval '${OVERLAP_HOURS} hours'
   WHERE id = $1 AND deleted_at IS NULL RETURNING id`,
);

const remove = statement<{ id: string }>(
  'delete-webhook-endpoint',
  `UPDATE webhooks.endpoints SET deleted_at = now(), enabled = false, disabled_reason = NULL, secret = '',
     previous_secret = NULL, previous_secret_until = NULL
   WHERE id = $1 AND deleted_at IS NULL RETURNING id`,
);

const clearDeliveries = statement<{ id: string }>(
  'clear-webhook-deliveries',
  `DELETE FROM webhooks.deliveries WHERE id IN (
     SELECT d.id FROM webhooks.deliveries d JOIN webhooks.endpoints p ON p.id = d.endpoint_id
     WHERE p.id = $1 AND p.deleted_at IS NOT NULL LIMIT $2) RETURNING id`,
);

const clear = statement<never>(
  'clear-webhook-endpoint',
  'DELETE FROM webhooks.endpoints WHERE id = $1 AND deleted_at IS NOT NULL',
);

/** SQL for the secrets that sign, over `webhooks.endpoints p`. */
export const SIGNING_SECRETS = `array_remove(ARRAY[p.secret,
  CASE WHEN p.previous_secret_until > now() THEN p.previous_secret END], NULL)`;

const findTarget = statement<EndpointTarget>(
  'find-webhook-target',
  `SELECT p.id, p.url, ${SIGNING_SECRETS} AS secrets FROM webhooks.endpoints p WHERE p.id = $1 AND p.deleted_at IS NULL`,
);

/** The only code that writes endpoints, and the only one that reads their secrets. */
export class EndpointsRepository {
  /** False when there are as many as there can be. Whoever makes one waits for the others who do. */
  async insert(tx: Tx, endpoint: NewEndpoint): Promise<boolean> {
    await tx.query(lockCount, []);
    const { id, url, description, event_types, enabled, secret, createdBy } = endpoint;
    const values = [id, url, description, event_types, enabled, secret, createdBy];
    const rows = await tx.query(insert, values);
    return rows.length > 0;
  }

  /** Holds the endpoint until the transaction ends; null when there is none. */
  async lock(tx: Tx, id: string): Promise<EndpointFields | null> {
    const [row] = await tx.query(lock, [id]);
    return row ?? null;
  }

  async update(tx: Tx, id: string, fields: EndpointFields): Promise<void> {
    const { url, description, event_types, enabled } = fields;
    await tx.query(update, [id, url, description, event_types, enabled]);
  }

  /** Only while its URL is the one that gave the reason. */
  async disable(
    tx: Tx,
    { id, url, reason }: { id: string; url: string; reason: string },
  ): Promise<void> {
    await tx.query(disable, [id, reason, url]);
  }

  /** False when there is none. */
  async rotate(
    tx: Tx,
    { id, secret, secretId }: { id: string; secret: string; secretId: string },
  ): Promise<boolean> {
    return (await tx.query(rotate, [id, secret, secretId])).length > 0;
  }

  /** Nobody sees it any more; `clear` removes the rest. False when there is none. */
  async delete(tx: Tx, id: string): Promise<boolean> {
    return (await tx.query(remove, [id])).length > 0;
  }

  /** Deletes deliveries of one that was deleted, and it after the last of them; says whether that is done. */
  async clear(tx: Tx, { id, limit }: { id: string; limit: number }): Promise<boolean> {
    const cleared = await tx.query(clearDeliveries, [id, limit]);
    if (cleared.length >= limit) return false;
    await tx.query(clear, [id]);
    return true;
  }

  /** Where to send and how to sign; null when there is no such endpoint. */
  async target(on: Queryable, id: string): Promise<EndpointTarget | null> {
    const [row] = await on.query(findTarget, [id]);
    return row ?? null;
  }
}

export interface NewEndpoint extends EndpointFields {
  readonly id: string;
  readonly secret: string;
  readonly createdBy: string;
}
