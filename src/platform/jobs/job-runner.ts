import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import {
  type ParsedCronItem,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { isObject, type JsonObject } from '../../shared/json';
import { type Logger } from '../logging/log';
import { type FinishedJob } from '../metrics/metrics';
import { JobConnections } from './job-connections';
import { JobsInHand } from './jobs-in-hand';
import { jobsLogger } from './jobs-logger';
import { type JobHandler, type JobLane, type Jobs } from './jobs';
import { SignsOfLife } from './signs-of-life';

/** When a notice of a new job was lost, it is found this much later. */
const POLL_MS = 1_000;
/** A database that is away is tried again this often. */
const RESTART_MS = 1_000;
/** Jobs under way get this long to finish; then their connections are cut. Less than what the process has to end. */
const STOP_TIMEOUT_MS = 20_000;

/**
 * How jobs are reported done or failed. Only in batches does the library repeat a report that a lost database did
 * not take; a report on its own would then end the whole process. Zero milliseconds: no batch is waited for.
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
  private runner: Runner | null = null;
  private restart: NodeJS.Timeout | null = null;
  private isReplacing = false;
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
    await this.runner?.stop().catch(ignore);
    // It was told to stop before, and still finishes what it has in hand.
    if (this.isReplacing) await this.runner?.promise.catch(ignore);
    await this.signs.stop();
  }

  private async start(): Promise<void> {
    try {
      if (await this.options.lacksTables()) throw new Error(NO_TABLES);
      const runner = await run({
        pgPool: this.connections.pool,
        taskList: this.taskList(),
        parsedCronItems: this.rounds(),
        concurrency: this.options.atOnce,
        pollInterval: POLL_MS,
        // Nest ends the process in order; two programs that listen for SIGTERM would end it twice.
        noHandleSignals: true,
        logger: jobsLogger(this.log),
        events: this.events(),
        preset: { worker: REPORTED_IN_BATCHES },
      });
      this.runner = runner;
      this.isReplacing = false;
      runner.promise.then(
        () => this.startAgain('it ended'),
        (error: unknown) => this.startAgain(String(error)),
      );
    } catch (error) {
      this.startAgain(String(error));
    }
  }

  private events(): WorkerEvents {
    const events: WorkerEvents = new EventEmitter();
    const inHand = new JobsInHand(events);
    const replace = (why: string): void => this.replace(why);
    events.on('pool:create', ({ workerPool: { id } }) => this.signs.start({ id, inHand, replace }));
    const last = new Map<string, unknown>();
    events.on('worker:getJob:error', ({ worker: { workerId }, error }) => {
      // The very same error again: the library looked up its tasks once, failed, and will never look again.
      if (last.get(workerId) === error) this.replace(String(error));
      else this.connections.cutIfSilent(error);
      last.set(workerId, error);
    });
    return events;
  }

  /** The workers finish what they have in hand; `startAgain` is told when they have, and makes new ones. */
  private replace(why: string): void {
    if (this.isReplacing || this.stopping.signal.aborted) return;
    this.isReplacing = true;
    this.log.warn({ error: why }, 'the workers on jobs are replaced');
    void this.runner?.stop().catch(ignore);
  }

  private startAgain(why: string): void {
    if (this.stopping.signal.aborted) return;
    this.log.warn({ error: why }, 'the work on jobs stopped and is started again');
    this.restart = setTimeout(() => {
      this.starting = this.start();
    }, RESTART_MS);
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

function ignore(): void {}
