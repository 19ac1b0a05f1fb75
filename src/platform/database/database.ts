import { Pool, type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { type Logger } from '../logging/log';
import { LookUps } from './look-ups';
import { NO_ANSWER, watchForSilence } from './silence-watch';
import { ONLY_READS, sqlState } from './sql-state';
import { type Statement, type Value } from './statement';

/** Serialization failures and deadlocks: the whole transaction is run again, nothing of it happened. */
const RETRY_CODES = new Set(['40001', '40P01']);
/** Contention that five tries with growing pauses do not resolve is not contention. */
const TRIES_MAX = 5;
const RETRY_PAUSE_MS = 10;

/** Something that runs statements: the database on its own, or an open transaction. */
export interface Queryable {
  query<Row>(statement: Statement<Row>, values: readonly Value[]): Promise<readonly Row[]>;
}

/** One open transaction. Whatever writes takes it as a parameter, so writing outside of one does not compile. */
export interface Tx extends Queryable {
  /** Tells a transaction from the database itself at compile time. */
  readonly isTransaction: true;
}

/**
 * Reads and transactions over TypeORM's own pool, as prepared statements that the server knows by name.
 * An ORM session would accept stale writes of money rows; see docs/decisions/0002.
 */
export class Database {
  private readonly pool: Pool;
  private readonly lookUps: LookUps;

  constructor(dataSource: DataSource, log: Logger) {
    this.pool = poolOf(dataSource);
    this.lookUps = new LookUps(this.pool);
    // An idle connection that breaks (the server restarted) is replaced; without a listener it would end the process.
    this.pool.on('error', (error) =>
      log.warn({ error: error.message }, 'database connection lost'),
    );
    this.pool.on('acquire', survive);
    watchForSilence(this.pool);
  }

  /** One statement on its own: it is committed when the promise resolves. */
  async query<Row>(statement: Statement<Row>, values: readonly Value[]): Promise<readonly Row[]> {
    const result = await this.pool.query<RowOf<Row>>(prepared(statement, values));
    return result.rows;
  }

  /** Reads what one key leads to, in a fraction of a millisecond: others who do so meanwhile share the connection. */
  lookUp<Row>(statement: Statement<Row>, values: readonly Value[]): Promise<readonly Row[]> {
    return this.lookUps.query<RowOf<Row>>(prepared(statement, values));
  }

  /** Runs the reads of `work` on one snapshot: what is committed meanwhile is not seen by any of them. */
  async inSnapshot<T>(work: (on: Queryable) => Promise<T>): Promise<T> {
    return this.attempt(work, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  }

  /** Runs `work` in one transaction; commits what it did, or nothing. No network call belongs inside. */
  async inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work, 'BEGIN');
      } catch (error) {
        if (attempt >= TRIES_MAX || !RETRY_CODES.has(sqlState(error) ?? '')) throw error;
        await pause(RETRY_PAUSE_MS * attempt * (1 + Math.random()));
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>, begin: string): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query(begin);
      const result = await work(openTx(client));
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      await abandon(client, error);
      throw error;
    }
  }
}

/**
 * The pool listens to idle connections only, and an error that nobody listens to ends the process. One can come
 * in the moment between two users of a connection, so the listener stays; whoever uses it then hears of the
 * error at the next statement.
 */
function survive(client: PoolClient): void {
  if (client.listenerCount('error', breakLater) === 0) client.on('error', breakLater);
}

function breakLater(): void {}

type RowOf<Row> = Row extends object ? Row : never;

function openTx(client: PoolClient): Tx {
  return {
    isTransaction: true,
    query: async (statement, values) => {
      const result = await client.query<RowOf<never>>(prepared(statement, values));
      return result.rows;
    },
  };
}

function prepared<Row>(statement: Statement<Row>, values: readonly Value[]) {
  return { name: statement.name, text: statement.text, values: [...values] };
}

/**
 * Rolls back. A connection that cannot, or that no longer answers, is thrown away, so that nobody inherits
 * its open transaction: the server rolls back when it notices. So is one to a server that only reads: a new one may
 * lead to the primary.
 */
async function abandon(client: PoolClient, error: unknown): Promise<void> {
  const isSilent = error instanceof Error && error.message === NO_ANSWER;
  if (isSilent || sqlState(error) === ONLY_READS) return client.release(true);
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

/** TypeORM's own pool; there is no second one. */
export function poolOf(dataSource: DataSource): Pool {
  const { driver } = dataSource;
  const pool: unknown = driver instanceof PostgresDriver ? driver.master : undefined;
  if (!(pool instanceof Pool)) throw new Error('the data source is not an open PostgreSQL one');
  return pool;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
