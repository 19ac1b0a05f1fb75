import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { addJobsSql } from '../../../platform/jobs/jobs';
import { newId } from '../../../shared/id';
import { type NotificationKind, type ProviderNotification } from '../../provider-parts';

/** The job that applies one notification; its payload is `{id}`. */
export const APPLY_NOTIFICATION = 'apply-notification';

export interface NotificationRow {
  readonly id: string;
  readonly account: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly kind: NotificationKind;
  readonly payment_ids: readonly string[];
  readonly object_ids: readonly string[];
  readonly refs: readonly string[];
  readonly state: NotificationState;
  readonly attempts: number;
  readonly age_s: number;
}

export type NotificationState = 'pending' | 'applied' | 'ignored' | 'unmatched' | 'failed';

/** A notification has one job that waits, however often it is asked for. */
export const jobKeyOf = (id: string) => `'notification:' || ${id}`;

export const jobsFor = ({ relation, delay }: { relation: string; delay: string }) =>
  addJobsSql(`(SELECT '${APPLY_NOTIFICATION}' AS task, jsonb_build_object('id', id) AS payload, NULL AS queue,
    ${jobKeyOf('id')} AS key, ${delay} AS delay_s FROM ${relation})`);

/** Many at once: a notice to the workers per statement would make all commits wait for one another. */
const store = statement<{ account: string; event_id: string }>(
  'store-notifications',
  `WITH stored AS (
     INSERT INTO providers.notifications (id, account, event_id, event_type, kind, payment_ids, object_ids, refs,
       body_sha256, transmission_id, source)
     SELECT id, account, event_id, event_type, kind, payment_ids, object_ids, refs, body_sha256, transmission_id, source
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, account text, event_id text, event_type text, kind text,
       payment_ids text[], object_ids text[], refs text[], body_sha256 text, transmission_id text, source text)
     ON CONFLICT DO NOTHING RETURNING id, account, event_id
   ), queued AS (${jobsFor({ relation: 'stored', delay: '0' })})
   SELECT s.account, s.event_id FROM stored s, queued`,
);

/** After the statement above, so that what others stored at the same time is seen. */
const findKnown = statement<{ account: string; event_id: string }>(
  'find-known-notifications',
  `SELECT n.account, n.event_id FROM providers.notifications n
   JOIN jsonb_to_recordset($1::jsonb) AS r(account text, event_id text) USING (account, event_id)`,
);

const ROW = `n.id, n.account, n.event_id, n.event_type, n.kind, n.payment_ids, n.object_ids, n.refs, n.state,
  n.attempts, extract(epoch FROM now() - coalesce(n.replayed_at, n.created_at))::float8 AS age_s`;

const find = statement<NotificationRow>(
  'find-notification-to-apply',
  `SELECT ${ROW} FROM providers.notifications n WHERE n.id = $1`,
);

/**
 * What a job writes need not be on disk when it is answered: the end of the job is committed after it, and cannot
 * outlive a power cut without it; then the job is done again. It matters because commits that add jobs wait for one
 * another, and so would the gateways' deliveries for the disk of every job that is postponed.
 */
const LATER_ON_DISK = `later AS (SELECT set_config('synchronous_commit', 'off', true))`;

const settle = statement<never>(
  'settle-notification',
  `WITH ${LATER_ON_DISK}
   UPDATE providers.notifications SET state = $2, error = $3, attempts = attempts + 1, settled_at = now()
   FROM later WHERE id = $1 AND state = 'pending'`,
);

const postpone = statement<never>(
  'postpone-notification',
  `WITH ${LATER_ON_DISK}, waiting AS (
     UPDATE providers.notifications SET attempts = attempts + 1, error = $2,
       next_try_at = now() + $3::int * interval '1 second'
     FROM later WHERE id = $1 AND state = 'pending' RETURNING id
   ) ${jobsFor({ relation: 'waiting', delay: '$3::int' })}`,
);

const defer = statement<never>(
  'defer-notification',
  `WITH ${LATER_ON_DISK}, waiting AS (
     SELECT n.id FROM providers.notifications n, later WHERE n.id = $1 AND n.state = 'pending'
   ) ${jobsFor({ relation: 'waiting', delay: '$2::int' })}`,
);

/** At once: other jobs keep the time of the one that waits, which may be an hour away. */
const reopen = statement<{ id: string }>(
  'replay-notification',
  `WITH again AS (
     UPDATE providers.notifications SET state = 'pending', settled_at = NULL, error = NULL, attempts = 0,
       replayed_at = now(), next_try_at = now()
     WHERE id = $1 RETURNING id
   ), queued AS (
     SELECT graphile_worker.add_job('${APPLY_NOTIFICATION}', json_build_object('id', id), run_at => now(),
       job_key => ${jobKeyOf('id')}, job_key_mode => 'replace') FROM again)
   SELECT a.id FROM again a, queued`,
);

export interface NewNotification extends ProviderNotification {
  readonly account: string;
  readonly source: 'delivery' | 'list';
}

/** Writes what becomes of notifications; `NotificationUpkeep` looks after all of them. */
@Injectable()
export class NotificationsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Each with the job that applies it, all or none; events that are known already are left as they are. Gives
   * back those whose transmission told of another event before: they are stored nowhere.
   */
  async store(notifications: readonly NewNotification[]): Promise<readonly NewNotification[]> {
    // In one order everywhere: two processes that store the same events must not wait for each other.
    const rows = notifications.map(toRow).sort((a, b) => (a.event_id < b.event_id ? -1 : 1));
    const stored = namesOf(await this.database.query(store, [JSON.stringify(rows)]));
    const doubtful = notifications.filter(
      (one) => one.transmissionId !== null && !stored.has(nameOf(toName(one))),
    );
    if (doubtful.length === 0) return [];
    const names = JSON.stringify(doubtful.map(toName));
    const known = namesOf(await this.database.query(findKnown, [names]));
    return doubtful.filter((one) => !known.has(nameOf(toName(one))));
  }

  async find(id: string): Promise<NotificationRow | null> {
    const [row] = await this.database.query(find, [id]);
    return row ?? null;
  }

  async settle(
    id: string,
    end: { readonly state: Exclude<NotificationState, 'pending'>; readonly error: string | null },
  ): Promise<void> {
    await this.database.query(settle, [id, end.state, end.error]);
  }

  /** Still pending: the next try is a job of its own, in the same statement. */
  async postpone(
    id: string,
    next: { readonly error: string; readonly inS: number },
  ): Promise<void> {
    await this.database.query(postpone, [id, next.error, next.inS]);
  }

  /** Neither tried nor failed: its turn comes later. */
  async defer(id: string, inS: number): Promise<void> {
    await this.database.query(defer, [id, inS]);
  }

  /** Applies it once more, whatever became of it. False when there is none. */
  async replay(id: string): Promise<boolean> {
    const rows = await this.database.query(reopen, [id]);
    return rows.length > 0;
  }
}

interface EventName {
  readonly account: string;
  readonly event_id: string;
}

function toRow(one: NewNotification) {
  return {
    id: newId(),
    ...toName(one),
    event_type: one.eventType,
    kind: one.kind,
    payment_ids: one.paymentIds,
    object_ids: one.objectIds,
    refs: one.references,
    body_sha256: hash('sha256', one.body, 'hex'),
    transmission_id: one.transmissionId,
    source: one.source,
  };
}

function toName({ account, eventId }: NewNotification): EventName {
  return { account, event_id: eventId };
}

function nameOf({ account, event_id }: EventName): string {
  return JSON.stringify([account, event_id]);
}

function namesOf(events: readonly EventName[]): ReadonlySet<string> {
  return new Set(events.map(nameOf));
}
