import { parseJson, textAt } from '../../shared/json';
import { invalidRequest } from '../http/http.errors';

/** A place in the feed of events: all up to this one were read. Transactions are numbered in the order they began. */
export interface FeedMark {
  readonly tx: string;
  readonly id: string;
}

/** Comes before every event of its transaction. */
export const NO_EVENT_ID = '00000000-0000-0000-0000-000000000000';

export const FEED_START: FeedMark = { tx: '0', id: NO_EVENT_ID };

/** Below the largest number that PostgreSQL gives a transaction. */
const TX = /^\d{1,18}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Opaque to callers: base64url, so that nobody is tempted to build one. */
export function showMark({ tx, id }: FeedMark): string {
  return Buffer.from(JSON.stringify({ tx, id })).toString('base64url');
}

/** Throws `invalid_request` at `pointer` for a text that is no cursor of the feed. */
export function readMark(given: { readonly text: string; readonly pointer: string }): FeedMark {
  const value = parseJson(Buffer.from(given.text, 'base64url').toString('utf8'));
  const tx = textAt(value, 'tx');
  const id = textAt(value, 'id');
  if (tx !== null && TX.test(tx) && id !== null && UUID.test(id)) return { tx, id };
  const detail = 'This is no cursor of the events. Take it from `cursor` of GET /api/events.';
  throw invalidRequest(detail, { errors: [{ pointer: given.pointer, code: 'cursor', detail }] });
}

/** Events that one page looks through for those of a type: a rare one must not make a page read the whole table. */
export const LOOKED_THROUGH_MAX = 5_000;

/** Order of the feed over `platform.events e`. */
export const FEED_ORDER = 'e.tx_id, e.id';

/**
 * SQL that is true for events `e` after a mark that no transaction can still get ahead of: one that began
 * earlier and still runs may commit an event that belongs before what is visible now.
 */
export function readableAfterSql(mark: FeedMark): string {
  return `(e.tx_id, e.id) > (${mark.tx}::text::xid8, ${mark.id}::uuid)
    AND e.tx_id < pg_snapshot_xmin(pg_current_snapshot())`;
}

/** SQL that is true where a name such as `payment.paid` or `payment.*` in a list of texts covers events `e`. */
export function typeIsInSql(names: string): string {
  return `(e.type = ANY (${names}) OR split_part(e.type, '.', 1) || '.*' = ANY (${names}))`;
}

/** The name of one type of event, or of all that begin alike. */
export const EVENT_TYPE_PATTERN = /^[a-z][a-z_]{0,39}\.(?:[a-z][a-z_]{0,39}|\*)$/;
