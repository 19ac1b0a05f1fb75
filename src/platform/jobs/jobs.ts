import { type JsonObject } from '../../shared/json';
import { type Queryable } from '../database/database';
import { statement } from '../database/statement';

/** Something to be done soon, in this process or another one, however often a process dies before it is done. */
export interface Job {
  /** Which handler does it: `apply-notification`. */
  readonly task: string;
  readonly payload: JsonObject;
  /** Jobs of one queue run one after the other; without a name they run side by side. */
  readonly queue?: string;
  /** A job that still waits under this key is replaced, so that one is enough; it keeps the earlier time. */
  readonly key?: string;
  /** Seconds from now; 0 when left out. */
  readonly delayS?: number;
}

/**
 * Does a job. It may run more than once for one job and has to be harmless then; throwing tries again later. The
 * signal is aborted as soon as the process is asked to stop, or its workers are replaced: long work ends after the step
 * under way.
 */
export type JobHandler = (payload: JsonObject, signal: AbortSignal) => Promise<void>;

/**
 * Who works on a task: the `money` lane asks providers and has work that nobody may hold up; the `merchants` lane
 * calls servers of other people, which may hang as long as they like; `documents` makes files, which takes processor time
 * that neither may wait for.
 */
export type JobLane = 'money' | 'merchants' | 'documents';

interface Task {
  readonly task: string;
  readonly handler: JobHandler;
  readonly lane: JobLane;
}

/** Work that comes round by the clock. */
export interface Recurring {
  readonly task: string;
  /** Minute, hour, day, month, weekday in UTC: `30 3 * * *`. */
  readonly cron: string;
}

/** Tries of one job, with pauses that grow from seconds to six hours: four days in all. */
const TRIES_MAX = 25;

/**
 * SQL that adds jobs within a larger statement, out of a relation with the columns `task`, `payload`, `queue`,
 * `key` and `delay_s`. It yields no row of interest, and does nothing when the relation is empty.
 */
export function addJobsSql(relation: string): string {
  return `SELECT count(*) FROM (
    SELECT array_agg(row(j.task, j.payload::json, j.queue, now() + coalesce(j.delay_s, 0) * interval '1 second',
      ${TRIES_MAX}, j.key, NULL, NULL)::graphile_worker.job_spec) AS specs FROM ${relation} AS j
  ) s, LATERAL graphile_worker.add_jobs(s.specs, true) WHERE s.specs IS NOT NULL`;
}

const addJobs = statement<never>(
  'add-jobs',
  addJobsSql(`(SELECT * FROM jsonb_to_recordset($1::jsonb)
    AS r(task text, payload jsonb, queue text, key text, delay_s integer))`),
);

/** The durable queue: jobs are rows beside what they follow from, and who does them registers here at start. */
export class Jobs {
  private readonly known = new Map<string, Task>();
  private readonly recurring: Recurring[] = [];

  /** Inside a transaction the jobs exist exactly when it is committed. */
  async add(on: Queryable, jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const rows = jobs.map(({ task, payload, queue, key, delayS }) => ({
      task,
      payload,
      queue: queue ?? null,
      key: key ?? null,
      delay_s: delayS ?? 0,
    }));
    await on.query(addJobs, [JSON.stringify(rows)]);
  }

  /** Called by modules while the program starts. */
  handle(task: string, handler: JobHandler, lane: JobLane = 'money'): void {
    if (this.known.has(task)) throw new Error(`two handlers for the job ${task}`);
    this.known.set(task, { task, handler, lane });
  }

  /** The same for work by the clock; however many processes run, each round is done once. */
  every(recurring: Recurring, handler: (signal: AbortSignal) => Promise<void>): void {
    this.handle(recurring.task, (_payload, signal) => handler(signal));
    this.recurring.push(recurring);
  }

  tasksOf(lane: JobLane): readonly Task[] {
    return [...this.known.values()].filter((one) => one.lane === lane);
  }

  get rounds(): readonly Recurring[] {
    return this.recurring;
  }
}
