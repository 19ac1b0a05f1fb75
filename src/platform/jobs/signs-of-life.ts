import { setTimeout as sleep } from 'node:timers/promises';
import { statement } from '../database/statement';
import { type Logger } from '../logging/log';
import { type JobConnections } from './job-connections';
import { type JobsInHand } from './jobs-in-hand';

/** How often a process says that it still works. */
const BEAT_MS = 3_000;
/** One that was silent this long is gone: several beats, so that a slow database does not look like a death. */
const SILENT_S = 15;
/** Longer than a job takes that was handed out twice. */
const QUEUE_WITHOUT_JOB_S = 60;
/** A process that ends takes leave within this time, or without: it is missed soon enough. */
const LEAVE_TIMEOUT_MS = 1_000;

const beat = statement<never>(
  'worker-is-alive',
  `INSERT INTO platform.workers AS w (id) VALUES ($1)
   ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
);

/** Also frees what is held by one that died before its first beat; says what we have held for as long. */
const freeSilent = statement<{ ours: readonly string[] }>(
  'free-jobs-of-the-dead',
  `WITH held AS MATERIALIZED (
     SELECT j.id, j.locked_by FROM graphile_worker.jobs j
     WHERE j.locked_at < now() - $1::int * interval '1 second'
   ), freed AS (
     SELECT graphile_worker.force_unlock_workers(s.ids) FROM (
       SELECT array_agg(DISTINCT h.locked_by) AS ids FROM held h WHERE NOT EXISTS (
         SELECT FROM platform.workers w WHERE w.id = h.locked_by
           AND w.seen_at > now() - $1::int * interval '1 second')) s
     WHERE s.ids IS NOT NULL
   )
   SELECT coalesce(array_agg(h.id::text) FILTER (WHERE h.locked_by = $2), '{}') AS ours
   FROM held h, (SELECT count(*) FROM freed) f`,
);

/**
 * What nobody works on is to be had again, and its queue with it; also one whose last try nobody made. The library's own way
 * would free all that the workers have in hand.
 */
const freeLost = statement<never>(
  'free-lost-jobs',
  `WITH lost AS (
     UPDATE graphile_worker._private_jobs
     SET locked_at = NULL, locked_by = NULL, attempts = least(attempts, max_attempts - 1)
     WHERE id = ANY ($1::bigint[]) AND locked_by = $2 AND locked_at < now() - $3::int * interval '1 second'
     RETURNING job_queue_id
   )
   UPDATE graphile_worker._private_job_queues q SET locked_at = NULL, locked_by = NULL
   FROM lost WHERE q.id = lost.job_queue_id AND q.locked_by = $2`,
);

/**
 * A queue is locked and unlocked together with its job. Where one job was done twice, the first to end leaves the queue to
 * the other one, which then finds no job any more, and no unlocking; it may still be at work for a while.
 */
const freeQueues = statement<never>(
  'free-queues-without-a-job',
  `UPDATE graphile_worker._private_job_queues q SET locked_at = NULL, locked_by = NULL
   WHERE q.locked_at < now() - $1::int * interval '1 second' AND NOT EXISTS (
     SELECT FROM graphile_worker._private_jobs j WHERE j.job_queue_id = q.id AND j.locked_by = q.locked_by)`,
);

const forget = statement<never>('forget-worker', 'DELETE FROM platform.workers WHERE id = $1');

const forgetGone = statement<never>(
  'forget-workers-long-gone',
  `DELETE FROM platform.workers WHERE seen_at < now() - interval '1 day'`,
);

/**
 * The job library holds a job for its worker for four hours, which is how long a killed one would keep it. So
 * each process says that it lives, and frees the jobs of those that stopped saying so. Two processes may then
 * do one job where the first was only slow: jobs are harmless to repeat. It is said over the jobs' own
 * connections, so that it is true, and so that connections which no longer answer are noticed.
 */
export class SignsOfLife {
  private timer: NodeJS.Timeout | null = null;
  /** The name under which the library marks jobs as theirs. */
  private id: string | null = null;
  private last: Promise<void> | null = null;

  constructor(
    private readonly connections: JobConnections,
    private readonly inHand: JobsInHand,
    private readonly log: Logger,
  ) {}

  start(id: string): void {
    this.id = id;
    this.beat();
    this.timer = setInterval(() => this.beat(), BEAT_MS);
    this.timer.unref();
  }

  /** They have ended: what is still marked as theirs is nobody's. */
  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    if (this.id === null) return;
    const forgotten = this.forget(this.id);
    this.id = null;
    await Promise.race([forgotten, sleep(LEAVE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async forget(id: string): Promise<void> {
    // A beat under way would undo it.
    await this.last;
    await this.connections.query(forget, [id]).catch(ignore);
  }

  /** One at a time: a database that answers slowly is not asked more often. */
  private beat(): void {
    this.last ??= this.tick().finally(() => (this.last = null));
  }

  private async tick(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    try {
      await this.connections.query(beat, [id]);
      const [held] = await this.connections.query(freeSilent, [SILENT_S, id]);
      const lost = this.inHand.lostOf(held?.ours ?? []);
      if (lost.length > 0) {
        await this.connections.query(freeLost, [lost, id, SILENT_S]);
        this.log.warn({ jobs: lost.join(', ') }, 'jobs that nobody works on are free again');
      }
      await this.connections.query(freeQueues, [QUEUE_WITHOUT_JOB_S]);
      await this.connections.query(forgetGone, []);
    } catch (error) {
      const isCut = this.connections.cutIfSilent(error);
      const fields = { error: String(error) };
      if (isCut) this.log.warn(fields, 'the connections of the jobs did not answer and were cut');
      else this.log.debug(fields, 'no sign of life: the database is away');
    }
  }
}

function ignore(): void {}
