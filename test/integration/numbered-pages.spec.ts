import { type DataSource } from 'typeorm';
import { PaymentWindows } from '../../src/modules/payments/payments.facade';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { createLogger } from '../../src/platform/logging/logger';
import { newId } from '../../src/shared/id';
import { STAFF } from '../support/integration-parts';
import {
  dataSourceFor,
  insertOf,
  operationRow,
  paymentRow,
  type Values,
} from '../support/integration-schema';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { migrate } from '../../src/platform/database/migrate';

const PAYMENTS = 57;
const SIZE = 5;
const WINDOW = { accounts: ['paypal'], currency: 'EUR' };

let testDatabase: TestDatabase;
let dataSource: DataSource;
let windows: PaymentWindows;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const migration = await dataSourceFor(testDatabase.url).initialize();
  await migrate(migration);
  await migration.destroy();
  // A single connection: what it has read is counted where it asks.
  dataSource = await createDataSource({
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL_SIZE: 1,
    MIGRATE_ON_START: false,
  }).initialize();
  windows = new PaymentWindows(new Database(dataSource, createLogger('silent')));
  const insert = (table: string, row: Values) => dataSource.query(...insertOf(table, row));
  for (let n = 1; n <= PAYMENTS; n++) {
    const id = newId();
    await insert('payments.payments', paymentRow({ id, amount_minor: n }));
    const create = { kind: 'create', state: 'succeeded', settled_at: new Date() };
    await insert('payments.operations', operationRow(id, create));
  }
});

afterAll(async () => {
  await dataSource?.destroy();
  await testDatabase?.drop();
});

/** How often operations were looked up, by an index or without. */
async function lookUps(): Promise<number> {
  await dataSource.query('SELECT pg_stat_force_next_flush()');
  await dataSource.query('SELECT pg_stat_clear_snapshot()');
  const [row] = await dataSource.query<{ count: string }[]>(
    `SELECT coalesce(idx_scan, 0) + seq_scan AS count FROM pg_stat_user_tables
     WHERE schemaname = 'payments' AND relname = 'operations'`,
  );
  return Number(row?.count);
}

const list = (offset: number | null) =>
  windows.list(STAFF, WINDOW, { customerId: null, offset, limit: SIZE });

describe('a numbered page', () => {
  it.each([0, 50])('looks up operations of its own payments only, after %i others', async (at) => {
    const before = await lookUps();
    const { rows, count } = await list(at);
    expect(count).toBe(PAYMENTS);
    expect(rows.map(({ last_operation }) => last_operation?.kind)).toEqual(
      Array(SIZE).fill('create'),
    );
    expect((await lookUps()) - before).toBe(SIZE);
  });

  it('is the last one where its number is left open', async () => {
    const { rows } = await list(null);
    expect(rows.map(({ amount_minor }) => amount_minor)).toEqual(['2', '1']);
  });
});
