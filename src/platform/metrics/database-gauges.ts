import { Gauge } from 'prom-client';
import { isObject } from '../../shared/json';
import { within } from '../../shared/within';
import { type Database } from '../database/database';
import { type Statement, statement } from '../database/statement';
import { type Logger } from '../logging/log';
import { type Metrics } from './metrics';

/** Whoever scrapes waits 10 s at most by default: the rest of the page must not wait for a slow database. */
const READ_TIMEOUT_MS = 3_000;
/** Several who scrape at once, or somebody who reloads a page, read the database once. */
const FRESH_MS = 2_000;

/** A number that only the database knows, and that is the same whichever process is asked. */
export interface DatabaseGauge {
  readonly name: `kassa_${string}`;
  readonly help: string;
  readonly labels: readonly string[];
  /** Reads rows of `labels`, a JSON object of the names above, and `value`. It has to use an index and be bounded. */
  readonly sql: string;
}

interface Reading {
  readonly gauge: string;
  readonly labels: unknown;
  readonly value: number;
}

/** Reads every module's numbers in one statement when somebody scrapes; without a database the rest is still told. */
export class DatabaseGauges {
  private readonly gauges = new Map<string, { told: Gauge; read: DatabaseGauge }>();
  private readonly up: Gauge;
  private query: Statement<Reading> | null = null;
  private reading: Promise<true> | null = null;
  private freshUntilMs = 0;

  constructor(
    private readonly metrics: Metrics,
    private readonly database: Database,
    private readonly log: Logger,
  ) {
    this.up = new Gauge({
      name: 'kassa_database_up',
      help: 'Whether the database told the numbers below in time: 1 or 0.',
      registers: [metrics.registry],
    });
  }

  /** Called by modules while the program starts. */
  add(gauge: DatabaseGauge): void {
    const { name, help, labels } = gauge;
    const registers = [this.metrics.registry];
    const told = new Gauge({ name, help, labelNames: [...labels], registers });
    this.gauges.set(name, { told, read: gauge });
  }

  /** Never fails. Numbers that could not be read are absent, rather than old or zero. */
  async refresh(): Promise<void> {
    if (performance.now() < this.freshUntilMs) return;
    this.reading ??= this.read().finally(() => (this.reading = null));
    const isTold = await within(READ_TIMEOUT_MS, this.reading);
    if (isTold === null) this.forget();
  }

  /** True when it is known how the database is. */
  private async read(): Promise<true> {
    this.query ??= statement('read-gauges', textOf([...this.gauges.values()]));
    try {
      this.show(await this.database.query(this.query, []));
      this.freshUntilMs = performance.now() + FRESH_MS;
    } catch (error) {
      this.log.warn({ error: String(error) }, 'the numbers for metrics were not read');
      this.forget();
    }
    return true;
  }

  private show(rows: readonly Reading[]): void {
    this.forget();
    this.up.set(1);
    for (const { gauge, labels, value } of rows) {
      this.gauges.get(gauge)?.told.set(textsOf(labels), value);
    }
  }

  private forget(): void {
    this.up.set(0);
    for (const { told } of this.gauges.values()) told.reset();
  }
}

function textOf(gauges: readonly { readonly read: DatabaseGauge }[]): string {
  const reads = gauges.map(
    ({ read }) =>
      `SELECT '${read.name}' AS gauge, g.labels, g.value::float8 AS value FROM (${read.sql}) g`,
  );
  return reads.join(' UNION ALL ');
}

function textsOf(labels: unknown): Record<string, string> {
  if (!isObject(labels)) return {};
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
