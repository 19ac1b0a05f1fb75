import { Pool } from 'pg';
import { type DataSource } from 'typeorm';
import { createMigrationSource } from '../../src/platform/database/data-source';
import { sqlState } from '../../src/platform/database/sql-state';
import { migrate } from '../../src/platform/database/migrate';
import { newId } from '../../src/shared/id';
import { createMigratedDatabase } from './database-template';

export type Values = Readonly<Record<string, unknown>>;

export interface Schema {
  readonly dataSource: DataSource;
  /** One statement, committed on its own. */
  run(sql: string, values?: readonly unknown[]): Promise<readonly Values[]>;
  /** The SQLSTATE that a statement is refused with; null when it is accepted. */
  refusalOf(sql: string, values?: readonly unknown[]): Promise<string | null>;
  insert(table: string, row: Values): Promise<void>;
  refusalOfInsert(table: string, row: Values): Promise<string | null>;
  close(): Promise<void>;
}

export function dataSourceFor(url: string): DataSource {
  return createMigrationSource({
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: 4,
    MIGRATE_ON_START: false,
  });
}

/** A migrated database and plain SQL on it, as somebody with a console has. */
export async function openSchema(): Promise<Schema> {
  const database = await createMigratedDatabase();
  const dataSource = await dataSourceFor(database.url).initialize();
  await migrate(dataSource);
  const pool = new Pool({ connectionString: database.url, max: 4 });
  // The database is dropped by force in the end: what a connection that is just closing then says is no failure.
  pool.on('error', () => undefined);
  const run: Schema['run'] = async (sql, values = []) => {
    const result = await pool.query<Record<string, unknown>>(sql, [...values]);
    return result.rows;
  };
  const refusalOf: Schema['refusalOf'] = async (sql, values) => {
    try {
      await run(sql, values);
      return null;
    } catch (error) {
      return sqlState(error);
    }
  };
  return {
    dataSource,
    run,
    refusalOf,
    insert: async (table, row) => {
      await run(...insertOf(table, row));
    },
    refusalOfInsert: (table, row) => refusalOf(...insertOf(table, row)),
    close: async () => {
      await pool.end();
      await dataSource.destroy();
      await database.drop();
    },
  };
}

export function insertOf(table: string, row: Values): [string, unknown[]] {
  const names = Object.keys(row);
  const places = names.map((_, at) => `$${at + 1}`).join(', ');
  return [`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, Object.values(row)];
}

export const paymentRow = (changes: Values = {}): Values => ({
  id: newId(),
  account: 'paypal',
  chosen_because: 'requested',
  amount_minor: 1000,
  currency: 'EUR',
  created_by: 'test',
  ...changes,
});

export const operationRow = (paymentId: unknown, changes: Values = {}): Values => ({
  id: newId(),
  payment_id: paymentId,
  kind: 'capture',
  slot: 1,
  provider_key: newId(),
  request_hash: 'none',
  lease_until: new Date(),
  next_attempt_at: new Date(),
  created_by: 'test',
  ...changes,
});

export const refundRow = (paymentId: unknown, changes: Values = {}): Values => ({
  id: newId(),
  payment_id: paymentId,
  account: 'paypal',
  amount_minor: 400,
  currency: 'EUR',
  origin: 'api',
  created_by: 'test',
  ...changes,
});

export const factRow = (changes: Values = {}): Values => ({
  account: 'paypal',
  kind: 'capture',
  ref: newId(),
  state: 'completed',
  payment_id: newId(),
  amount_minor: '1000',
  currency: 'EUR',
  source: 'read',
  raw: '{}',
  ...changes,
});

export const chargebackRow = (changes: Values = {}): Values => ({
  id: newId(),
  payment_id: newId(),
  account: 'paypal',
  provider_chargeback_id: newId(),
  state: 'open',
  provider_state: 'OPEN',
  amount_minor: '400',
  currency: 'EUR',
  taken_minor: '0',
  ...changes,
});
