import { type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { newId } from '../../../shared/id';
import {
  type AttemptRecord,
  type Chain,
  type DeliveryRound,
  type DueDelivery,
  type Resumption,
  type WantedDelivery,
} from './delivery.row';
import { SIGNING_SECRETS } from './endpoints.repository';
import { PROBES } from './reachability.repository';

const ROUND = 'd.id, d.endpoint_id, d.subject_id, d.round, d.is_ordered';

/** Makes a row pending as if it were new, but free of its order; in an ON CONFLICT and in an UPDATE. */
const AGAIN = `state = 'pending', is_ordered = false, round = d.round + 1, attempts = 0,
  next_attempt_at = now(), last_status = NULL, last_error = NULL, delivered_at = NULL,
  settled_at = NULL`;

const WANTED = `jsonb_to_recordset($1::jsonb) AS w(id uuid, endpoint_id uuid, event_id uuid,
  subject_id uuid, subject_seq integer)`;

const insertNew = statement<Chain>(
  'insert-webhook-deliveries',
  `INSERT INTO webhooks.deliveries (id, endpoint_id, event_id, subject_id, subject_seq)
   SELECT w.id, w.endpoint_id, w.event_id, w.subject_id, w.subject_seq FROM ${WANTED}
   ON CONFLICT (endpoint_id, event_id) DO NOTHING RETURNING endpoint_id, subject_id`,
);

const insertAgain = statement<DeliveryRound>(
  'insert-webhook-deliveries-again',
  `INSERT INTO webhooks.deliveries AS d (id, endpoint_id, event_id, subject_id, subject_seq, is_ordered)
   SELECT w.id, w.endpoint_id, w.event_id, w.subject_id, w.subject_seq, false FROM ${WANTED}
   ON CONFLICT (endpoint_id, event_id) DO UPDATE SET ${AGAIN} WHERE d.state <> 'pending'
   RETURNING ${ROUND}`,
);

const sendAgain = statement<DeliveryRound>(
  'send-webhook-delivery-again',
  `UPDATE webhooks.deliveries d SET ${AGAIN} WHERE d.id = $1 AND d.endpoint_id = $2 RETURNING ${ROUND}`,
);

/**
 * An attempt that is on its way keeps its round, so that what it finds out is recorded and it is not sent twice:
 * the chain is looked at again behind it. One without order waits under a key of its round, so it needs a new one.
 */
const resume = statement<DeliveryRound>(
  'resume-webhook-deliveries',
  `UPDATE webhooks.deliveries d
   SET next_attempt_at = now(), round = CASE WHEN d.is_ordered THEN d.round ELSE d.round + 1 END
   WHERE d.id IN (
     SELECT n.id FROM webhooks.deliveries n JOIN webhooks.endpoints p ON p.id = n.endpoint_id AND p.enabled
     WHERE n.endpoint_id = $1 AND n.id > $2 AND n.state = 'pending'
       AND (NOT $4::boolean OR n.next_attempt_at <= now()) ORDER BY n.id LIMIT $3)
   RETURNING ${ROUND}`,
);

const DUE = `SELECT ${ROUND}, d.event_id, d.attempts,
    greatest(0, ceil(extract(epoch FROM d.next_attempt_at - now())))::int AS wait_s,
    e.type, e.data, to_json(e.created_at) #>> '{}' AS happened_at, p.url, ${SIGNING_SECRETS} AS secrets,
    ${PROBES} AS probes
  FROM webhooks.deliveries d
  JOIN webhooks.endpoints p ON p.id = d.endpoint_id AND p.enabled
  JOIN platform.events e ON e.id = d.event_id`;

const findNext = statement<DueDelivery>(
  'find-next-webhook-delivery',
  `${DUE} WHERE d.id = (
     SELECT n.id FROM webhooks.deliveries n
     WHERE n.endpoint_id = $1 AND n.subject_id = $2 AND n.state = 'pending' AND n.is_ordered
     ORDER BY n.subject_seq, n.event_id LIMIT 1)`,
);

const findRound = statement<DueDelivery>(
  'find-webhook-delivery-round',
  `${DUE} WHERE d.id = $1 AND d.round = $2 AND d.state = 'pending'`,
);

const recordAttempt = statement<{ id: string }>(
  'record-webhook-attempt',
  `UPDATE webhooks.deliveries SET state = $4, attempts = attempts + 1, last_status = $6, last_error = $7,
     next_attempt_at = CASE WHEN $4 = 'pending' THEN now() + $5::int * interval '1 second' END,
     delivered_at = CASE WHEN $4 = 'delivered' THEN now() END,
     settled_at = CASE WHEN $4 <> 'pending' THEN now() END
   WHERE id = $1 AND round = $2 AND attempts = $3 AND state = 'pending'
     AND EXISTS (SELECT FROM webhooks.endpoints p WHERE p.id = endpoint_id AND p.url = $8)
   RETURNING id`,
);

/** The only code that writes deliveries. */
export class DeliveriesRepository {
  /** The chains that grew; an event that an endpoint has already is left alone. */
  async insert(tx: Tx, wanted: readonly WantedDelivery[]): Promise<readonly Chain[]> {
    return wanted.length === 0 ? [] : tx.query(insertNew, [rowsOf(wanted)]);
  }

  /** The same, and what was delivered or has failed is sent again; what is pending anyway stays as it is. */
  async insertAgain(tx: Tx, wanted: readonly WantedDelivery[]): Promise<readonly DeliveryRound[]> {
    return wanted.length === 0 ? [] : tx.query(insertAgain, [rowsOf(wanted)]);
  }

  /** Null when the endpoint has no such delivery. */
  async again(tx: Tx, given: { id: string; endpointId: string }): Promise<DeliveryRound | null> {
    const [row] = await tx.query(sendAgain, [given.id, given.endpointId]);
    return row ?? null;
  }

  /** Lets deliveries that wait go out now, as many as the limit, by id after the one that is given. */
  resume(
    tx: Tx,
    { endpointId, after, isDueOnly }: Resumption,
    limit: number,
  ): Promise<readonly DeliveryRound[]> {
    return tx.query(resume, [endpointId, after, limit, isDueOnly]);
  }

  /** The first pending one of a chain, due or not; null when there is none or the endpoint is disabled. */
  async next(on: Queryable, { endpoint_id, subject_id }: Chain): Promise<DueDelivery | null> {
    const [row] = await on.query(findNext, [endpoint_id, subject_id]);
    return row ?? null;
  }

  /** One that was asked for again; null when that is settled, or was asked for once more. */
  async round(on: Queryable, given: { id: string; round: number }): Promise<DueDelivery | null> {
    const [row] = await on.query(findRound, [given.id, given.round]);
    return row ?? null;
  }

  /** False when somebody else recorded an attempt meanwhile or asked for it again, or the endpoint has moved. */
  async record(tx: Tx, sent: DueDelivery, attempt: AttemptRecord): Promise<boolean> {
    const { state, pauseS, status, error } = attempt;
    const values = [sent.id, sent.round, sent.attempts, state, pauseS, status, error, sent.url];
    return (await tx.query(recordAttempt, values)).length > 0;
  }
}

function rowsOf(wanted: readonly WantedDelivery[]): string {
  return JSON.stringify(wanted.map((one) => ({ ...one, id: newId() })));
}
