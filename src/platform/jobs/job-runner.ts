import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type ParsedCronItem, parseCronItems, type TaskList } from 'graphile-worker';
import { isObject, type JsonObject } from '../../shared/json';
import { type Logger } from '../logging/log';
import { type FinishedJob } from '../metrics/metrics';
import { JobConnections } from './job-connections';
import { jobsLogger } from './jobs-logger';
import { type JobHandler, type JobLane, type Jobs } from './jobs';
import { SignsOfLife } from './signs-of-life';
import { WorkerSet } from './worker-set';

/** When a notice of a new job was lost, it is found this much later. */
const POLL_MS = 1_000;
/** A database that is away is tried again this often. */
const RESTART_MS = 1_000;
/** Workers that find no work time and again: each set leaves something behind in the library. */
const RESTART_MAX_MS = 60_000;
/** Jobs under way get this long to finish; then their connections are cut. Less than what the process has to end. */
const STOP_TIMEOUT_MS = 20_000;

/**
 * How jobs are reported done or failed. When a lost database does not take the report of a batch, the library ends its
 * workers, and others take their place; a report on its own would end the whole process. Zero milliseconds: no batch is
 * waited for.
 */
const REPORTED_IN_BATCHES = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

const NO_TABLES =
  'the database lacks the tables for jobs of this version; start one process with MIGRATE_ON_START=true';

export interface JobRunnerOptions {
  readonly lane: JobLane;
  readonly databaseUrl: string;
  readonly atOnce: number;
  /** Told of every job that was worked on. */
  readonly finished?: (job: FinishedJob) => void;
  /** Whether the library would have to make or change its tables, which is not its business here. */
  readonly lacksTables: () => Promise<boolean>;
}

/**
 * Does the jobs of one lane: a pool of workers of graphile-worker inside this process, started again whenever the database
 * was away for so long that it gave up.
 */
export class JobRunner
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly connections: JobConnections;
  private readonly signs: SignsOfLife;
  private starting: Promise<void> | null = null;
  private workers: WorkerSet | null = null;
  private restart: NodeJS.Timeout | null = null;
  private pauseMs = RESTART_MS;
  private readonly stopping = new AbortController();

  constructor(
    private readonly jobs: Jobs,
    private readonly log: Logger,
    private readonly options: JobRunnerOptions,
  ) {
    this.connections = new JobConnections(options.databaseUrl, options.atOnce);
    this.signs = new SignsOfLife(this.connections, log);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.starting = this.start();
    await this.starting;
  }

  /** The first that a closing process does: long jobs end early. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Running jobs may finish; what is not begun is left to the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    if (this.restart) clearTimeout(this.restart);
    await Promise.race([this.stop(), sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    await this.connections.end();
  }

  /** A start under way first ends, so that what it started is stopped, too. */
  private async stop(): Promise<void> {
    await this.starting;
    await this.workers?.stop();
    await this.signs.stop();
  }

  private async start(): Promise<void> {
    try {
      if (await this.options.lacksTables()) throw new Error(NO_TABLES);
      const workers = this.newWorkers();
      await workers.run({
        pgPool: this.connections.pool,
        taskList: this.taskList(),
        parsedCronItems: this.rounds(),
        concurrency: this.options.atOnce,
        pollInterval: POLL_MS,
        // Nest ends the process in order; two programs that listen for SIGTERM would end it twice.
        noHandleSignals: true,
        logger: jobsLogger(this.log),
        preset: { worker: REPORTED_IN_BATCHES },
      });
      this.workers = workers;
      void workers.over.then((why) => this.startAgain(why));
    } catch (error) {
      this.startAgain(String(error));
    }
  }

  private newWorkers(): WorkerSet {
    const workers: WorkerSet = new WorkerSet({
      named: (id) => this.signs.start({ id, inHand: workers.inHand }),
      answered: () => (this.pauseMs = RESTART_MS),
      failed: (error) => void this.connections.cutIfSilent(error),
      deaf: (error) => {
        this.log.warn({ error: String(error) }, 'workers that cannot find jobs are replaced');
        this.pauseMs = Math.min(this.pauseMs * 2, RESTART_MAX_MS);
        void workers.stop();
      },
    });
    return workers;
  }

  private startAgain(why: string): void {
    if (this.stopping.signal.aborted) return;
    void this.signs.leave();
    this.log.warn({ error: why }, 'the work on jobs stopped and is started again');
    this.restart = setTimeout(() => {
      this.starting = this.start();
    }, this.pauseMs);
  }

  private taskList(): TaskList {
    const list: TaskList = {};
    for (const { task, handler } of this.jobs.tasksOf(this.options.lane)) {
      list[task] = (payload, { job }) => this.work({ task, job: job.id, handler, payload });
    }
    return list;
  }

  /** The clock is one lane's; the job that it adds goes to whoever has the task. */
  private rounds(): ParsedCronItem[] {
    if (this.options.lane !== 'money') return [];
    return parseCronItems(
      this.jobs.rounds.map(({ task, cron }) => ({ task, match: cron, identifier: task })),
    );
  }

  private async work({ task, job, handler, payload }: Work): Promise<void> {
    const startedAtMs = performance.now();
    let outcome: FinishedJob['outcome'] = 'failed';
    try {
      await handler(toObject(payload), this.stopping.signal);
      outcome = 'done';
    } catch (error) {
      this.log.warn({ task, job, error: String(error) }, 'a job failed and is tried again');
      throw error;
    } finally {
      this.options.finished?.({ task, outcome, durationMs: performance.now() - startedAtMs });
    }
  }
}

interface Work {
  readonly task: string;
  /** The library's id of the job. */
  readonly job: string;
  readonly handler: JobHandler;
  readonly payload: unknown;
}

/** What is stored came from `Jobs.add`, which takes nothing else. */
function toObject(payload: unknown): JsonObject {
  return isJsonObject(payload) ? payload : {};
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value);
}
