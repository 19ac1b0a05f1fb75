import { isObject, parseJson, textAt } from '../../shared/json';
import { invalidRequest } from './http.errors';

/** Where a page starts: after (towards older) or before (towards newer) one row of a list ordered by time and id. */
export interface Cursor {
  readonly direction: 'after' | 'before';
  /** The row's time as the database wrote it, to the microsecond. */
  readonly at: string;
  readonly id: string;
}

const TIME =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:\+00(?::00)?|Z)$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Opaque to callers: base64url, so that nobody is tempted to build one. */
export function showCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws `invalid_request` for a text that is no cursor of ours. */
export function readCursor(text: string): Cursor {
  const value = parseJson(Buffer.from(text, 'base64url').toString('utf8'));
  const at = textAt(value, 'at');
  const id = textAt(value, 'id');
  const direction = isObject(value) ? value['direction'] : null;
  if (at !== null && isTime(at) && id !== null && UUID.test(id)) {
    if (direction === 'after' || direction === 'before') return { direction, at, id };
  }
  const detail = 'The cursor is not one of ours. Take it from _links.next or _links.prev.';
  throw invalidRequest(detail, { errors: [{ pointer: '?cursor', code: 'cursor', detail }] });
}

/** The day is compared again, because Date turns February 31 into March 3 and the database refuses it. */
function isTime(text: string): boolean {
  if (!TIME.test(text)) return false;
  const day = text.slice(0, 10);
  const start = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day);
}
