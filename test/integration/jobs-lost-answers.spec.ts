import { type DataSource } from 'typeorm';
import { lacksJobLibrary } from '../../src/platform/database/migrate';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { JobRunner } from '../../src/platform/jobs/job-runner';
import { Jobs } from '../../src/platform/jobs/jobs';
import { createLogger } from '../../src/platform/logging/logger';
import { type PostgresProxy, startPostgresProxy } from '../support/crash-postgres-proxy';
import { type TestDatabase } from '../support/database';
import { createMigratedDatabase } from '../support/database-template';
import { eventually } from '../support/http';

const log = createLogger('silent');

let testDatabase: TestDatabase;
let proxy: PostgresProxy;
let dataSource: DataSource;
let database: Database;
let jobs: Jobs;
let runner: JobRunner;
let done: unknown[];

beforeAll(async () => {
  testDatabase = await createMigratedDatabase();
  proxy = await startPostgresProxy(testDatabase.url);
  dataSource = await createDataSource({
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL_SIZE: 2,
    MIGRATE_ON_START: false,
  }).initialize();
  database = new Database(dataSource, log);
});

beforeEach(() => {
  done = [];
  jobs = new Jobs();
  jobs.handle('note', ({ what }) => {
    done.push(what);
    return Promise.resolve();
  });
});

afterEach(async () => {
  await runner?.beforeApplicationShutdown();
});

afterAll(async () => {
  await dataSource?.destroy();
  await proxy?.close();
  await testDatabase?.drop();
});

/** A process whose way to the database is held up, for ever, where it is told to be. */
async function work(): Promise<void> {
  runner = new JobRunner(jobs, log, {
    lane: 'money',
    databaseUrl: proxy.url,
    atOnce: 1,
    lacksTables: () => lacksJobLibrary(database),
  });
  await runner.onApplicationBootstrap();
}

/** As after fifteen seconds, when somebody begins to ask whether anybody works on it. */
async function handedOutLongAgo(): Promise<void> {
  await eventually(
    () =>
      dataSource.query<unknown[]>('SELECT FROM graphile_worker.jobs WHERE locked_by IS NOT NULL'),
    (marked) => marked.length === 1,
  );
  await dataSource.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '20 seconds' WHERE locked_by IS NOT NULL`,
  );
}

/** Five seconds of silence and a few looks; without them four hours. */
const AT_LAST_MS = 40_000;

const doneAtLast = (count: number) =>
  eventually(
    () => Promise.resolve([...done]),
    (seen) => seen.length >= count,
    AT_LAST_MS,
  );

describe('workers whose connection falls silent', () => {
  it('do a job that was handed out to them in an answer that got lost', async () => {
    await jobs.add(database, [{ task: 'note', payload: { what: 'handed out' } }]);
    const lost = proxy.hold('answer', 'get_job/graphile_worker');
    await work();
    await lost;
    await jobs.add(database, [{ task: 'note', payload: { what: 'later' } }]);
    await handedOutLongAgo();
    expect((await doneAtLast(2)).sort()).toEqual(['handed out', 'later']);
  });

  it('find work even where the first thing they asked was never answered', async () => {
    const lost = proxy.hold('statement', '_private_tasks as tasks (identifier)');
    await work();
    await lost;
    await jobs.add(database, [{ task: 'note', payload: { what: 'found' } }]);
    expect(await doneAtLast(1)).toEqual(['found']);
  });
});
