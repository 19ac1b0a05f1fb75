import { EventEmitter } from 'node:events';
import {
  type ParsedCronItem,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { type Logger } from '../logging/log';
import { JobConnections } from './job-connections';
import { JobsInHand } from './jobs-in-hand';
import { jobsLogger } from './jobs-logger';
import { SignsOfLife } from './signs-of-life';

/** When a notice of a new job was lost, it is found this much later. */
const POLL_MS = 1_000;

/**
 * How jobs are reported done or failed. When a lost database does not take the report of a batch, the library ends its
 * workers, and others take their place; a report on its own would end the whole process. Zero milliseconds: no batch is
 * waited for.
 */
const REPORTED_IN_BATCHES = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/**
 * The library ends with the report of its last job, or never: a report that failed is counted twice
 * (https://github.com/graphile/worker/issues/636). A report waits ten seconds at most.
 */
const REPORTED_WITHIN_S = 12;

export interface WorkerSetOptions {
  readonly databaseUrl: string;
  readonly atOnce: number;
  readonly log: Logger;
  /** A question for a job was answered, with one or with none. */
  readonly answered: () => void;
  /** They will never get a job, and end: the library looked up its tasks once, failed, and keeps the failure. */
  readonly deaf: (error: unknown) => void;
}

/** What they do: jobs by their tasks, and rounds by the clock. */
export interface Work {
  readonly taskList: TaskList;
  readonly rounds: ParsedCronItem[];
}

/**
 * One set of workers of the library, from its start to its end. Who takes their place has another name, and connections
 * of its own: nothing can be handed out to those that are over.
 */
export class WorkerSet {
  /** Why it ended; never rejects. It comes about within seconds of the last job's end. */
  readonly over: Promise<string>;
  private readonly connections: JobConnections;
  private readonly signs: SignsOfLife;
  private readonly inHand: JobsInHand;
  private readonly events: WorkerEvents = new EventEmitter();
  private runner: Runner | null = null;
  private end: (why: string) => void = ignore;
  private readonly endingController = new AbortController();

  constructor(private readonly options: WorkerSetOptions) {
    this.connections = new JobConnections(options.databaseUrl, options.atOnce);
    this.inHand = new JobsInHand(this.events);
    this.signs = new SignsOfLife(this.connections, this.inHand, options.log);
    this.over = new Promise<string>((resolve) => (this.end = resolve)).then(async (why) => {
      await this.signs.stop();
      await this.connections.end();
      return why;
    });
    this.listen();
  }

  /** Aborted when they begin to end, which takes as long as their longest job: others wait for it. */
  get ending(): AbortSignal {
    return this.endingController.signal;
  }

  /** Settles when they work, or are over. */
  async run({ taskList, rounds }: Work): Promise<void> {
    try {
      const runner = await run({
        pgPool: this.connections.pool,
        taskList,
        parsedCronItems: rounds,
        concurrency: this.options.atOnce,
        pollInterval: POLL_MS,
        // Nest ends the process in order; two programs that listen for SIGTERM would end it twice.
        noHandleSignals: true,
        logger: jobsLogger(this.options.log),
        preset: { worker: REPORTED_IN_BATCHES },
        events: this.events,
      });
      this.runner = runner;
      void runner.promise.then(
        () => this.end('it ended'),
        (error: unknown) => this.end(String(error)),
      );
    } catch (error) {
      this.end(String(error));
      await this.over;
    }
  }

  /** Settles when they have finished what they have in hand. */
  async stop(): Promise<void> {
    this.endingController.abort();
    // What this promises comes with a report that may never be counted; `over` comes about.
    void this.runner?.stop().catch(ignore);
    await this.over;
  }

  /** At once: what they have in hand can no longer be reported, and somebody does it again. */
  async cut(): Promise<void> {
    await this.connections.end();
  }

  private listen(): void {
    this.events.on('pool:create', ({ workerPool: { id } }) => this.signs.start(id));
    this.events.on('worker:getJob:empty', this.options.answered);
    this.events.on('job:start', this.options.answered);
    this.events.on('pool:fatalError', ({ error }) => this.connections.cutIfSilent(error));
    this.events.on('pool:gracefulShutdown', () => {
      this.endingController.abort();
      void this.stopClock();
      this.giveUpWhenIdle();
    });
    const last = new Map<string, unknown>();
    this.events.on('worker:getJob:error', ({ worker: { workerId }, error }) => {
      // The very same error again: nothing was asked this time.
      const isKept = last.get(workerId) === error;
      last.set(workerId, error);
      if (!isKept) this.connections.cutIfSilent(error);
      else this.replace(error);
    });
  }

  private replace(error: unknown): void {
    if (this.ending.aborted) return;
    this.options.deaf(error);
    void this.stop();
  }

  /** Workers that end by themselves take the clock of rounds along at their very end only, which may never come. */
  private async stopClock(): Promise<void> {
    // They must have begun to end: otherwise the library would end them a second time.
    await Promise.resolve();
    await this.runner?.stop().catch(ignore);
  }

  private giveUpWhenIdle(): void {
    let idleS = 0;
    const timer = setInterval(() => {
      idleS = this.inHand.isEmpty ? idleS + 1 : 0;
      if (idleS < REPORTED_WITHIN_S) return;
      // One of them may still wait for the answer to a question, which must not come now.
      this.connections.refuse();
      this.end('it did not end by itself');
    }, 1_000).unref();
    void this.over.then(() => clearInterval(timer));
  }
}

function ignore(): void {}
