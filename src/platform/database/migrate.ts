import { Logger as WorkerLogger, runMigrations } from 'graphile-worker';
import { type Pool } from 'pg';
import { type DataSource } from 'typeorm';
import {
  ADD_JOBS_BY_INDEX,
  JOB_LIBRARY_MIGRATION,
  REPLACED_JOBS_KEEP_THEIR_TRIES,
} from '../../migrations/job-library';
import { migrations } from '../../migrations/migrations';
import { type Database, poolOf, type Queryable } from './database';
import { statement } from './statement';

/** Any number that no other program on this database uses for its advisory locks: "kassa" in ASCII, cut to 31 bits. */
export const MIGRATION_LOCK = 1_801_548_147;

/**
 * Brings the schema up to date, over a source without time limits. Processes that start together wait for one
 * another: the first one works, the rest find nothing left to do.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
    // The job library keeps tables of its own, in a schema of its own.
    await runMigrations({ pgPool: withListeners(poolOf(dataSource)), logger: quiet });
    await runner.query(ADD_JOBS_BY_INDEX);
    await runner.query(REPLACED_JOBS_KEEP_THEIR_TRIES);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}

/** Without a listener an error of an idle connection would end the process; the next statement reports it. */
function withListeners(pool: Pool): Pool {
  const ignore = () => undefined;
  return pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
}

const quiet = new WorkerLogger(() => () => undefined);

/** Whether this program knows migrations that the database has not run. */
export async function hasPendingMigrations(dataSource: DataSource): Promise<boolean> {
  return dataSource.showMigrations();
}

const applied = statement<{ name: string }>(
  'list-applied-migrations',
  'SELECT name FROM schema_migrations',
);

/** The same asked of a running process's database, by reading alone: readiness probes must not create tables. */
export async function lacksMigrations(database: Database): Promise<boolean> {
  const rows = await database.query(applied, []);
  const names = new Set(rows.map(({ name }) => name));
  return migrations.some(({ name }) => !names.has(name)) || (await lacksJobLibrary(database));
}

const jobLibrary = statement<{ is_there: boolean }>(
  'has-job-library',
  `SELECT to_regclass('graphile_worker.migrations') IS NOT NULL AS is_there`,
);

const jobLibraryVersion = statement<{ version: number }>(
  'find-job-library-version',
  'SELECT max(id) AS version FROM graphile_worker.migrations',
);

/** The library would make its tables itself, also where only a deployment step may do that. */
export async function lacksJobLibrary(database: Queryable): Promise<boolean> {
  const [found] = await database.query(jobLibrary, []);
  if (!found?.is_there) return true;
  const [newest] = await database.query(jobLibraryVersion, []);
  return (newest?.version ?? 0) < JOB_LIBRARY_MIGRATION;
}
