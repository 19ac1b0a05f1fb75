import { EventEmitter } from 'node:events';
import { run, type Runner, type RunnerOptions, type WorkerEvents } from 'graphile-worker';
import { JobsInHand } from './jobs-in-hand';

/**
 * The library ends with the report of its last job, or never: a report that failed is counted twice
 * (https://github.com/graphile/worker/issues/636). A report waits ten seconds at most.
 */
const REPORTED_WITHIN_S = 12;

/** What a set tells whoever started it. */
export interface WorkerSetHooks {
  /** The name under which the library marks jobs as theirs. */
  readonly named: (id: string) => void;
  /** A question for a job was answered, with one or with none. */
  readonly answered: () => void;
  readonly failed: (error: unknown) => void;
  /** They will never get a job: the library looked up its tasks once, failed, and keeps the failure. */
  readonly deaf: (error: unknown) => void;
}

/** One set of workers of the library, from its start to its end; who takes their place has another name. */
export class WorkerSet {
  readonly inHand: JobsInHand;
  /** Why it ended; never rejects. It comes about within seconds of the last job's end. */
  readonly over: Promise<string>;
  private readonly events: WorkerEvents = new EventEmitter();
  private runner: Runner | null = null;
  private end: (why: string) => void = ignore;
  private isStopping = false;

  constructor(private readonly hooks: WorkerSetHooks) {
    this.inHand = new JobsInHand(this.events);
    this.over = new Promise((resolve) => (this.end = resolve));
    this.events.on('pool:create', ({ workerPool }) => hooks.named(workerPool.id));
    this.events.on('worker:getJob:empty', hooks.answered);
    this.events.on('job:start', hooks.answered);
    this.events.on('pool:gracefulShutdown', () => {
      void this.stopClock();
      this.giveUpWhenIdle();
    });
    this.hearFailures();
  }

  async run(options: RunnerOptions): Promise<void> {
    const runner = await run({ ...options, events: this.events });
    this.runner = runner;
    runner.promise.then(
      () => this.end('it ended'),
      (error: unknown) => this.end(String(error)),
    );
  }

  /** Settles when they have finished what they have in hand. */
  async stop(): Promise<void> {
    this.isStopping = true;
    if (!this.runner) return;
    // What this promises comes with a report that may never be counted; `over` comes about.
    void this.runner.stop().catch(ignore);
    await this.over;
  }

  private hearFailures(): void {
    const last = new Map<string, unknown>();
    this.events.on('worker:getJob:error', ({ worker: { workerId }, error }) => {
      // The very same error again: nothing was asked this time.
      const isKept = last.get(workerId) === error;
      last.set(workerId, error);
      if (!isKept) this.hooks.failed(error);
      else if (!this.isStopping) this.hooks.deaf(error);
    });
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
      if (idleS >= REPORTED_WITHIN_S) this.end('it did not end by itself');
    }, 1_000).unref();
    void this.over.then(() => clearInterval(timer));
  }
}

function ignore(): void {}
