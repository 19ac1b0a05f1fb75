import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Pool } from 'pg';

/** Answers from the database take milliseconds, those that wait for a provider up to 15 s, joined ones 20 s. */
const HTTP_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];
/** Documents take seconds, rounds by the clock up to a minute. */
const JOB_BUCKETS_S = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60];

/** Of an address that is none of ours: every caller could make up another one. */
const NO_ROUTE = 'none';

export interface EndedRequest {
  readonly method: string;
  /** The pattern of the address, never the address itself; null where there is no such route. */
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
}

export interface FinishedJob {
  readonly task: string;
  readonly outcome: 'done' | 'failed';
  readonly durationMs: number;
}

/**
 * What this process counts about itself, for Prometheus. Values of labels come from the program (routes, tasks) or its
 * settings (accounts), never from callers, so that their number is bounded.
 */
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'kassa_http_request_duration_seconds',
    help: 'Requests that ended, by route and class of status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: HTTP_BUCKETS_S,
    registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'kassa_job_duration_seconds',
    help: 'Jobs that this process worked on, by task and outcome.',
    labelNames: ['task', 'outcome'] as const,
    buckets: JOB_BUCKETS_S,
    registers: [this.registry],
  });

  requestEnded({ method, route, status, durationMs }: EndedRequest): void {
    this.requests.observe(
      {
        method: route === null ? NO_ROUTE : method,
        route: route ?? NO_ROUTE,
        status: `${String(status).charAt(0)}xx`,
      },
      durationMs / 1000,
    );
  }

  jobFinished({ task, outcome, durationMs }: FinishedJob): void {
    this.jobs.observe({ task, outcome }, durationMs / 1000);
  }

  /** Processor time, memory, garbage and the lag of the event loop. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The connections that this process holds for requests, looked at whenever somebody reads. */
  watchPool(pool: Pool): void {
    const registers = [this.registry];
    new Gauge({
      name: 'kassa_database_connections',
      help: 'Connections to the database in the pool for requests, by what they do.',
      labelNames: ['state'] as const,
      registers,
      collect() {
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      },
    });
    new Gauge({
      name: 'kassa_database_connections_max',
      help: 'Connections that the pool for requests may hold.',
      registers,
      collect() {
        this.set(pool.options.max);
      },
    });
    new Gauge({
      name: 'kassa_database_waiting',
      help: 'Statements that wait for a connection of the pool.',
      registers,
      collect() {
        this.set(pool.waitingCount);
      },
    });
  }
}
