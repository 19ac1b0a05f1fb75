import { Injectable } from '@nestjs/common';
import { type JsonObject } from '../../shared/json';
import { Database } from '../database/database';
import { statement } from '../database/statement';
import {
  FEED_ORDER,
  type FeedMark,
  LOOKED_THROUGH_MAX,
  NO_EVENT_ID,
  readableAfterSql,
  showMark,
  typeIsInSql,
} from './feed-mark';

export interface EventRow {
  readonly id: string;
  readonly tx_id: string;
  readonly type: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly subject_seq: number;
  readonly data: JsonObject;
  readonly created_at: string;
}

export interface FeedRequest {
  readonly after: FeedMark;
  readonly limit: number;
  /** `payment.paid` or `payment.*`; null for all. */
  readonly type: string | null;
}

export interface FeedPage {
  readonly rows: readonly EventRow[];
  /** Where the next page begins, whether or not it has something yet. */
  readonly cursor: string;
  readonly hasMore: boolean;
}

interface FoundPage {
  readonly horizon: string;
  readonly looked: number;
  readonly last: FeedMark | null;
  readonly rows: readonly EventRow[];
}

const readFeed = statement<FoundPage>(
  'read-event-feed',
  `WITH looked AS (
     SELECT * FROM platform.events e WHERE ${readableAfterSql({ tx: '$1', id: '$2' })}
     ORDER BY ${FEED_ORDER} LIMIT $4
   ), page AS (
     SELECT e.id, e.tx_id, e.tx_id::text AS tx, e.type, e.subject_kind, e.subject_id, e.subject_seq, e.data,
       e.created_at
     FROM looked e WHERE $5::text[] IS NULL OR ${typeIsInSql('$5')} ORDER BY ${FEED_ORDER} LIMIT $3
   )
   SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
     (SELECT count(*)::int FROM looked) AS looked,
     (SELECT json_build_object('tx', e.tx_id::text, 'id', e.id) FROM looked e
       ORDER BY e.tx_id DESC, e.id DESC LIMIT 1) AS last,
     (SELECT coalesce(json_agg(json_build_object('id', e.id, 'tx_id', e.tx, 'type', e.type,
         'subject_kind', e.subject_kind, 'subject_id', e.subject_id, 'subject_seq', e.subject_seq,
         'data', e.data, 'created_at', e.created_at) ORDER BY ${FEED_ORDER}), '[]') FROM page e) AS rows`,
);

/** Every event, oldest first. What commits late is waited for rather than passed by. */
@Injectable()
export class EventFeed {
  constructor(private readonly database: Database) {}

  async read({ after, limit, type }: FeedRequest): Promise<FeedPage> {
    const lookedMax = type === null ? limit + 1 : LOOKED_THROUGH_MAX;
    const types = type === null ? null : [type];
    const values = [after.tx, after.id, limit + 1, lookedMax, types];
    const [found] = await this.database.query(readFeed, values);
    if (!found) throw new Error('the feed answered nothing');
    const rows = found.rows.slice(0, limit);
    const lastShown = rows.at(-1);
    if (found.rows.length > limit && lastShown) {
      return { rows, cursor: showMark({ tx: lastShown.tx_id, id: lastShown.id }), hasMore: true };
    }
    if (found.looked >= lookedMax && found.last) {
      return { rows, cursor: showMark(found.last), hasMore: true };
    }
    // All below the horizon was looked through, so the next page need not look there again.
    return { rows, cursor: showMark({ tx: found.horizon, id: NO_EVENT_ID }), hasMore: false };
  }
}
