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
import { type JobHandler, type JobLane, type Jobs } from './jobs';
import { WorkerSet } from './worker-set';

/** A database that is away is tried again this often. */
const RESTART_MS = 1_000;
/** Workers that find no work time and again: each set leaves something behind in the library. */
const RESTART_MAX_MS = 60_000;
/** Jobs under way get this long to finish; then their connections are cut. Less than what the process has to end. */
const STOP_TIMEOUT_MS = 20_000;

/**
 * A daily round that nobody began, as no clock ran at its time, is begun when one runs again within this time; those of
 * every few minutes make up for themselves.
 */
const MISSED_ROUND_MS = 60 * 60_000;

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
  private starting: Promise<void> | null = null;
  private workers: WorkerSet | null = null;
  private restart: NodeJS.Timeout | null = null;
  private pauseMs = RESTART_MS;
  private readonly stopping = new AbortController();

  constructor(
    private readonly jobs: Jobs,
    private readonly log: Logger,
    private readonly options: JobRunnerOptions,
  ) {}

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
    await this.workers?.cut();
  }

  /** A start under way first ends, so that what it started is stopped, too. */
  private async stop(): Promise<void> {
    await this.starting;
    await this.workers?.stop();
  }

  private async start(): Promise<void> {
    try {
      if (await this.options.lacksTables()) throw new Error(NO_TABLES);
    } catch (error) {
      this.startAgain(String(error));
      return;
    }
    if (this.stopping.signal.aborted) return;
    const workers = this.newWorkers();
    this.workers = workers;
    void workers.over.then((why) => this.startAgain(why));
    const signal = AbortSignal.any([this.stopping.signal, workers.ending]);
    await workers.run({ taskList: this.taskList(signal), rounds: this.rounds() });
  }

  private newWorkers(): WorkerSet {
    const { databaseUrl, atOnce } = this.options;
    return new WorkerSet({
      databaseUrl,
      atOnce,
      log: this.log,
      answered: () => (this.pauseMs = RESTART_MS),
      deaf: (error) => {
        this.log.warn({ error: String(error) }, 'workers that cannot find jobs are replaced');
        this.pauseMs = Math.min(this.pauseMs * 2, RESTART_MAX_MS);
      },
    });
  }

  private startAgain(why: string): void {
    if (this.stopping.signal.aborted) return;
    this.log.warn({ error: why }, 'the work on jobs stopped and is started again');
    this.restart = setTimeout(() => {
      this.starting = this.start();
    }, this.pauseMs);
  }

  private taskList(signal: AbortSignal): TaskList {
    const list: TaskList = {};
    for (const { task, handler } of this.jobs.tasksOf(this.options.lane)) {
      list[task] = (payload, { job }) => this.work({ task, job: job.id, handler, payload, signal });
    }
    return list;
  }

  /** The clock is one lane's; the job that it adds goes to whoever has the task. */
  private rounds(): ParsedCronItem[] {
    if (this.options.lane !== 'money') return [];
    return parseCronItems(
      this.jobs.rounds.map(({ task, cron }) => ({
        task,
        match: cron,
        identifier: task,
        options: { backfillPeriod: isDaily(cron) ? MISSED_ROUND_MS : 0 },
      })),
    );
  }

  private async work({ task, job, handler, payload, signal }: Work): Promise<void> {
    const startedAtMs = performance.now();
    let outcome: FinishedJob['outcome'] = 'failed';
    try {
      await handler(toObject(payload), signal);
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
  readonly signal: AbortSignal;
}

function isDaily(cron: string): boolean {
  const [, hour] = cron.split(' ');
  return hour !== '*';
}

/** What is stored came from `Jobs.add`, which takes nothing else. */
function toObject(payload: unknown): JsonObject {
  return isJsonObject(payload) ? payload : {};
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value);
}
