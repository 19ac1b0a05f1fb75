import { type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** Attempts in a row that nobody answered before an endpoint is tried with one delivery at a time. */
export const UNANSWERED_MAX = 3;

/** Pauses between the tries of an endpoint that does not answer double from the first to the longest of these. */
const PROBE_PAUSE_S = 30;
const PROBE_PAUSE_MAX_S = 3_600;

/** More than an attempt takes, so that there is no second one at the same time; one that was killed is over then. */
export const PROBE_LASTS_S = 30;

/** A power that is past the longest pause, and far from what a number can hold. */
const DOUBLINGS_MAX = 10;

/** SQL for `Probes` over `webhooks.endpoints p`; null while it answers. */
export const PROBES = `CASE WHEN p.unanswered >= ${UNANSWERED_MAX} THEN json_build_object('wait_s',
  greatest(0, ceil(extract(epoch FROM p.next_probe_at - now())))::int) END`;

const take = statement<{ id: string }>(
  'take-webhook-probe',
  `UPDATE webhooks.endpoints SET next_probe_at = now() + interval '${PROBE_LASTS_S} seconds'
   WHERE id = $1 AND (unanswered < ${UNANSWERED_MAX} OR next_probe_at <= now()) RETURNING id`,
);

const unanswered = statement<never>(
  'note-webhook-unanswered',
  `UPDATE webhooks.endpoints SET unanswered = unanswered + 1,
     failing_since = coalesce(failing_since, now()),
     next_probe_at = now() + interval '1 second' * least(${PROBE_PAUSE_MAX_S},
       ${PROBE_PAUSE_S} * 2 ^ greatest(0, least(unanswered + 1 - ${UNANSWERED_MAX}, ${DOUBLINGS_MAX})))
   WHERE id = $1 AND url = $2`,
);

const answered = statement<{ was_probed: boolean }>(
  'note-webhook-answered',
  `UPDATE webhooks.endpoints p SET unanswered = 0, failing_since = NULL, next_probe_at = NULL
   FROM (SELECT id, unanswered FROM webhooks.endpoints WHERE id = $1 AND url = $2 AND unanswered > 0
     FOR NO KEY UPDATE) before
   WHERE p.id = before.id RETURNING before.unanswered >= ${UNANSWERED_MAX} AS was_probed`,
);

/** Where an attempt went: what it says about an address says nothing about the one that took its place. */
export interface Called {
  readonly endpoint_id: string;
  readonly url: string;
}

/** Which endpoints answer at all: one that hangs holds a worker for as long as an attempt may take. */
export class ReachabilityRepository {
  /** Whether this delivery is the one to be tried; nobody else is until it is done. */
  async takeProbe(on: Queryable, endpointId: string): Promise<boolean> {
    return (await on.query(take, [endpointId])).length > 0;
  }

  async noteUnanswered(tx: Tx, { endpoint_id, url }: Called): Promise<void> {
    await tx.query(unanswered, [endpoint_id, url]);
  }

  /** Whether others wait because it did not answer until now. */
  async noteAnswered(tx: Tx, { endpoint_id, url }: Called): Promise<boolean> {
    const [row] = await tx.query(answered, [endpoint_id, url]);
    return row?.was_probed ?? false;
  }
}
