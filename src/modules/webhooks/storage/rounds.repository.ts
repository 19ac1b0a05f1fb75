import { type Database, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type DeliveryRound } from './delivery.row';
import { UNANSWERED_MAX } from './reachability.repository';

/** A job that comes this much too late is lost: the slowest lane is through with its attempts earlier. */
const OVERDUE_MINUTES = 10;
/** Deliveries that came to an end are kept for questions that merchants ask. */
const SETTLED_DAYS = 90;
/** As long as the Idempotency-Keys that lead to them. */
const OUTCOME_DAYS = 7;

const overdue = statement<DeliveryRound>(
  'requeue-overdue-webhooks',
  `UPDATE webhooks.deliveries d SET next_attempt_at = now(), round = d.round + 1
   WHERE d.id IN (
     SELECT n.id FROM webhooks.deliveries n JOIN webhooks.endpoints p ON p.id = n.endpoint_id AND p.enabled
     WHERE n.state = 'pending' AND n.next_attempt_at < now() - interval '${OVERDUE_MINUTES} minutes'
       AND (p.unanswered < ${UNANSWERED_MAX}
         OR p.next_probe_at < now() - interval '${OVERDUE_MINUTES} minutes')
       AND (NOT n.is_ordered OR NOT EXISTS (
         SELECT FROM webhooks.deliveries b WHERE b.endpoint_id = n.endpoint_id
           AND b.subject_id = n.subject_id AND b.state = 'pending' AND b.is_ordered
           AND (b.subject_seq, b.event_id) < (n.subject_seq, n.event_id)))
     ORDER BY n.next_attempt_at LIMIT $1 FOR UPDATE OF n SKIP LOCKED)
   RETURNING d.id, d.endpoint_id, d.subject_id, d.round, d.is_ordered`,
);

const forgetDeliveries = statement<{ id: string }>(
  'forget-settled-webhooks',
  `DELETE FROM webhooks.deliveries WHERE id IN (
     SELECT id FROM webhooks.deliveries WHERE settled_at < now() - interval '${SETTLED_DAYS} days'
     ORDER BY settled_at LIMIT $1) RETURNING id`,
);

const forgetOutcomes = statement<{ id: string }>(
  'forget-webhook-outcomes',
  `DELETE FROM webhooks.outcomes WHERE id IN (
     SELECT id FROM webhooks.outcomes WHERE created_at < now() - interval '${OUTCOME_DAYS} days'
     ORDER BY created_at LIMIT $1) RETURNING id`,
);

/** What the rounds by the clock find: work whose job is gone, and rows whose time is over. */
export class RoundsRepository {
  /** The first of each chain that nobody comes for, due now. */
  overdue(tx: Tx, limit: number): Promise<readonly DeliveryRound[]> {
    return tx.query(overdue, [limit]);
  }

  /** How many were deleted, at most as many as the limit. */
  async forgetDeliveries(database: Database, limit: number): Promise<number> {
    return (await database.query(forgetDeliveries, [limit])).length;
  }

  async forgetOutcomes(database: Database, limit: number): Promise<number> {
    return (await database.query(forgetOutcomes, [limit])).length;
  }
}
