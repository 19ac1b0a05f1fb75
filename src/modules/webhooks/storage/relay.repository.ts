import { type Database, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import {
  FEED_ORDER,
  LOOKED_THROUGH_MAX,
  type FeedMark,
  readableAfterSql,
  typeIsInSql,
} from '../../../platform/events/feed-mark';
import { type WantedDelivery } from './delivery.row';

/** Events that are handed on in one transaction: a few milliseconds of work. */
const EVENTS_AT_ONCE_MAX = 200;

export interface RelayBatch {
  /** The last event that was looked at; null when there was none. */
  readonly last: FeedMark | null;
  readonly wanted: readonly WantedDelivery[];
}

export interface ReplayBatch extends RelayBatch {
  /** Whether there may be more after the last one. */
  readonly has_more: boolean;
}

const hasNews = statement<{ found: boolean }>(
  'find-webhook-news',
  `SELECT EXISTS (SELECT FROM webhooks.relay r, platform.events e
     WHERE ${readableAfterSql({ tx: 'r.tx_id', id: 'r.event_id' })}) AS found`,
);

const take = statement<FeedMark>(
  'take-webhook-relay',
  'SELECT tx_id::text AS tx, event_id AS id FROM webhooks.relay FOR UPDATE SKIP LOCKED',
);

const move = statement<never>(
  'move-webhook-relay',
  'UPDATE webhooks.relay SET tx_id = $1::text::xid8, event_id = $2',
);

const AFTER = readableAfterSql({ tx: '$1', id: '$2' });
const COLUMNS = 'e.id, e.tx_id, e.type, e.subject_kind, e.subject_id, e.subject_seq';

/** SQL for `WantedDelivery` over `events e` and `webhooks.endpoints p`. */
const WANTED = `coalesce(json_agg(json_build_object('endpoint_id', p.id, 'event_id', e.id,
  'subject_id', e.subject_id, 'subject_seq', e.subject_seq) ORDER BY ${FEED_ORDER}), '[]')`;

const LAST = `(SELECT json_build_object('tx', e.tx_id::text, 'id', e.id) FROM batch e
  ORDER BY e.tx_id DESC, e.id DESC LIMIT 1)`;

const WANTS = `(p.event_types = '{}' OR ${typeIsInSql('p.event_types')})`;

/**
 * A transaction that began later may have told of a payment earlier, so the feed's order is not quite the one
 * of each subject: whatever comes earlier for a subject is handed on together with what comes later.
 */
const read = statement<RelayBatch>(
  'read-webhook-relay',
  `WITH batch AS MATERIALIZED (
     SELECT ${COLUMNS} FROM platform.events e WHERE ${AFTER} ORDER BY ${FEED_ORDER} LIMIT ${EVENTS_AT_ONCE_MAX}
   ), told AS (
     SELECT * FROM batch
     UNION SELECT ${COLUMNS} FROM batch b JOIN platform.events e
       ON e.subject_kind = b.subject_kind AND e.subject_id = b.subject_id
       AND (e.subject_seq, e.id) < (b.subject_seq, b.id) WHERE ${AFTER}
   )
   SELECT ${LAST} AS last, (
     SELECT ${WANTED} FROM told e JOIN webhooks.endpoints p ON p.enabled AND ${WANTS}
       AND NOT pg_visible_in_snapshot(e.tx_id, p.made_at_snapshot)) AS wanted`,
);

/** Ends after the last event that was looked at; where there are more wanted ones than the limit, after those. */
const readForReplay = statement<ReplayBatch>(
  'read-webhook-replay',
  `WITH looked AS MATERIALIZED (
     SELECT ${COLUMNS} FROM platform.events e WHERE ${AFTER}
     ORDER BY ${FEED_ORDER} LIMIT ${LOOKED_THROUGH_MAX}
   ), page AS MATERIALIZED (
     SELECT e.* FROM webhooks.endpoints p, looked e WHERE p.id = $3 AND ${WANTS}
     ORDER BY ${FEED_ORDER} LIMIT $4
   ), ends AS (
     SELECT (SELECT count(*) FROM page) >= $4 AS is_full,
       (SELECT count(*) FROM looked) >= ${LOOKED_THROUGH_MAX} AS is_cut
   ), batch AS (
     SELECT * FROM page WHERE (SELECT is_full FROM ends)
     UNION ALL SELECT * FROM looked WHERE NOT (SELECT is_full FROM ends)
   )
   SELECT ${LAST} AS last, (SELECT is_full OR is_cut FROM ends) AS has_more,
     (SELECT ${WANTED} FROM page e JOIN webhooks.endpoints p ON p.id = $3) AS wanted`,
);

/** How far the events were handed on to the endpoints, and what comes next. */
export class RelayRepository {
  async hasNews(database: Database): Promise<boolean> {
    const [row] = await database.query(hasNews, []);
    return row?.found ?? false;
  }

  /** Holds the mark until the transaction ends; null while another process holds it. */
  async take(tx: Tx): Promise<FeedMark | null> {
    const [row] = await tx.query(take, []);
    return row ?? null;
  }

  async move(tx: Tx, { tx: txId, id }: FeedMark): Promise<void> {
    await tx.query(move, [txId, id]);
  }

  async read(tx: Tx, after: FeedMark): Promise<RelayBatch> {
    const [row] = await tx.query(read, [after.tx, after.id]);
    return row ?? { last: null, wanted: [] };
  }

  /** Events after a mark that one endpoint wants, whether or not it was told of them. */
  async readForReplay(tx: Tx, asked: ReplayRequest): Promise<ReplayBatch> {
    const { after, endpointId, limit } = asked;
    const [row] = await tx.query(readForReplay, [after.tx, after.id, endpointId, limit]);
    return row ?? { last: null, wanted: [], has_more: false };
  }
}

export interface ReplayRequest {
  readonly endpointId: string;
  readonly after: FeedMark;
  readonly limit: number;
}
