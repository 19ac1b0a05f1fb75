import { type DataSource } from 'typeorm';
import { migrations } from '../../migrations/migrations';
import { type Database } from './database';
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
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}

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
  return migrations.some(({ name }) => !names.has(name));
}
