import { type DataSource } from 'typeorm';
import { type JsonObject } from '../../src/shared/json';
import { lacksJobLibrary } from '../../src/platform/database/migrate';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { JobRunner } from '../../src/platform/jobs/job-runner';
import { Jobs } from '../../src/platform/jobs/jobs';
import { LogLines } from '../support/app';
import { type PostgresProxy, startPostgresProxy } from '../support/crash-postgres-proxy';
import { type TestDatabase } from '../support/database';
import { createMigratedDatabase } from '../support/database-template';
import { eventually } from '../support/http';

const log = new LogLines();

let testDatabase: TestDatabase;
let proxy: PostgresProxy;
let dataSource: DataSource;
let database: Database;
let jobs: Jobs;
let runner: JobRunner;
let done: unknown[];
let long: LongJob;

beforeAll(async () => {
  testDatabase = await createMigratedDatabase();
  proxy = await startPostgresProxy(testDatabase.url);
  dataSource = await createDataSource({
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL_SIZE: 2,
    MIGRATE_ON_START: false,
  }).initialize();
  database = new Database(dataSource, log);
  long = await startLongJob();
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
  await long?.close();
  await dataSource?.destroy();
  await proxy?.close();
  await testDatabase?.drop();
});

const lacksTables = () => lacksJobLibrary(database);

/** A process whose way to the database is held up, for ever, where it is told to be. */
async function work(atOnce = 1): Promise<void> {
  runner = new JobRunner(jobs, log, {
    lane: 'money',
    databaseUrl: proxy.url,
    atOnce,
    lacksTables,
  });
  await runner.onApplicationBootstrap();
}

/** As after fifteen seconds, when somebody begins to ask whether anybody works on it. */
async function handedOutLongAgo(task: string): Promise<void> {
  await eventually(
    () =>
      dataSource.query<unknown[]>(
        'SELECT FROM graphile_worker.jobs WHERE locked_by IS NOT NULL AND task_identifier = $1',
        [task],
      ),
    (marked) => marked.length === 1,
  );
  await dataSource.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '20 seconds'
     WHERE locked_by IS NOT NULL AND id IN (SELECT id FROM graphile_worker.jobs WHERE task_identifier = $1)`,
    [task],
  );
}

interface LongJob {
  readonly starts: () => number;
  readonly startedMs: number;
  readonly end: () => void;
  readonly close: () => Promise<void>;
}

/** It is worked on while the other tests run. */
async function startLongJob(): Promise<LongJob> {
  let starts = 0;
  const ends: (() => void)[] = [];
  const end = (): void => ends.forEach((one) => one());
  const ours = new Jobs();
  const startedMs = performance.now();
  const hold = (): Promise<void> => {
    starts += 1;
    return new Promise((resolve) => ends.push(resolve));
  };
  ours.handle('long', hold, 'documents');
  const databaseUrl = testDatabase.url;
  const worker = new JobRunner(ours, log, {
    lane: 'documents',
    databaseUrl,
    atOnce: 2,
    lacksTables,
  });
  await ours.add(database, [{ task: 'long', payload: {} }]);
  await worker.onApplicationBootstrap();
  await handedOutLongAgo('long');
  const close = async (): Promise<void> => {
    end();
    await worker.beforeApplicationShutdown();
  };
  return { starts: () => starts, startedMs, end, close };
}

/** Five seconds of silence, twelve in which a report might come, and a few looks; without them four hours. */
const AT_LAST_MS = 50_000;

/** Enough looks for a job to count as lost. */
const LONG_MS = 20_000;

const doneAtLast = (count: number) =>
  eventually(
    () => Promise.resolve([...done]),
    (seen) => seen.length >= count,
    AT_LAST_MS,
  );

describe('workers whose connection falls silent', () => {
  it('do a job that was handed out to them in an answer that got lost', async () => {
    await jobs.add(database, [{ task: 'note', payload: { what: 'handed out' }, queue: 'one' }]);
    const lost = proxy.hold('answer', 'get_job/graphile_worker');
    await work();
    await lost;
    await jobs.add(database, [{ task: 'note', payload: { what: 'later' }, queue: 'one' }]);
    await handedOutLongAgo('note');
    expect((await doneAtLast(2)).sort()).toEqual(['handed out', 'later']);
  });

  it('find work even where the first thing they asked was never answered', async () => {
    const lost = proxy.hold('statement', '_private_tasks as tasks (identifier)');
    await work();
    await lost;
    await jobs.add(database, [{ task: 'note', payload: { what: 'found' } }]);
    expect(await doneAtLast(1)).toEqual(['found']);
  });

  it('work on when what they reported never arrived while others still worked', async () => {
    const ends = new Map<unknown, () => void>();
    const hold = ({ what }: JsonObject) => new Promise<void>((end) => ends.set(what, end));
    jobs.handle('hold on', hold);
    const names = ['first', 'second', 'third', 'last'];
    await jobs.add(
      database,
      names.map((what) => ({ task: 'hold on', payload: { what } })),
    );
    await work(names.length);
    await eventually(
      () => Promise.resolve(ends.size),
      (begun) => begun === names.length,
    );
    const lost = proxy.hold('statement', 'complete_job/graphile_worker');
    ends.get('first')?.();
    await lost;
    await eventually(
      () => Promise.resolve(log.lines.map((line) => String(line['error']))),
      (errors) => errors.some((error) => error.startsWith('Failed to complete jobs')),
    );
    for (const name of names.slice(1)) ends.get(name)?.();
    await jobs.add(database, [{ task: 'note', payload: { what: 'afterwards' } }]);
    expect(await doneAtLast(1)).toEqual(['afterwards']);
    expect(ends.size).toBe(names.length);
  });

  it('keep to themselves what they work on, however long it takes', async () => {
    await eventually(
      () => Promise.resolve(performance.now() - long.startedMs),
      (sinceMs) => sinceMs > LONG_MS,
    );
    expect(long.starts()).toBe(1);
    long.end();
    await eventually(
      () =>
        dataSource.query<unknown[]>(
          `SELECT FROM graphile_worker.jobs WHERE task_identifier = 'long'`,
        ),
      (waiting) => waiting.length === 0,
    );
  });
});
