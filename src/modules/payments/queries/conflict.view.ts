import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { showId } from '../../../shared/id';
import { type ConflictResponse } from '../http/conflict.response';
import { type ConflictRow } from '../storage/conflicts';

/** A conflict as the API shows it. */
export function toConflictResponse(row: ConflictRow): ConflictResponse {
  return {
    id: showId('con', row.id),
    type: 'conflict',
    payment: showId('pay', row.payment_id),
    code: row.code,
    about: row.about === '' ? null : row.about,
    evidence: row.evidence,
    cause: row.cause,
    created_by: row.actor,
    created_at: toTimestamp(row.created_at),
    closed_at: toTimestampOrNull(row.closed_at),
    closed_by: row.closed_by,
    note: row.note,
  };
}
