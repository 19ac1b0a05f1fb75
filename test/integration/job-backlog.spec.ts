import { type DataSource } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { migrate } from '../../src/platform/database/migrate';
import { Jobs } from '../../src/platform/jobs/jobs';
import { createLogger } from '../../src/platform/logging/logger';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { dataSourceFor } from '../support/integration-schema';

/** So many that reading them all takes longer than adding one, and few enough to be added in a second. */
const WAITING = 20_000;
/** PostgreSQL keeps a plan of its own after five. */
const ADDED = 20;

let testDatabase: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const migration = await dataSourceFor(testDatabase.url).initialize();
  await migrate(migration);
  await migration.destroy();
  // A single connection: its plans were made while no job waited.
  dataSource = await createDataSource({
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL_SIZE: 1,
    MIGRATE_ON_START: false,
  }).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await testDatabase.drop();
});

const note = { task: 'note', payload: {} };

/** Rows that were read one after the other for want of an index. */
async function rowsReadThrough(): Promise<number> {
  await dataSource.query('SELECT pg_stat_force_next_flush()');
  await dataSource.query('SELECT pg_stat_clear_snapshot()');
  const [row] = await dataSource.query<{ rows: string }[]>(
    `SELECT seq_tup_read AS rows FROM pg_stat_user_tables
     WHERE schemaname = 'graphile_worker' AND relname = '_private_jobs'`,
  );
  return Number(row?.rows);
}

describe('adding a job', () => {
  it('never reads through all that wait, however many there are', async () => {
    const jobs = new Jobs();
    const database = new Database(dataSource, createLogger('silent'));
    for (let added = 0; added < ADDED; added++) await jobs.add(database, [note]);
    await jobs.add(database, Array<typeof note>(WAITING).fill(note));
    const before = await rowsReadThrough();
    for (let added = 0; added < ADDED; added++) await jobs.add(database, [note]);
    expect((await rowsReadThrough()) - before).toBe(0);
  });
});
