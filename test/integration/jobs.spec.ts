import { type DataSource } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { JOB_LIBRARY_MIGRATION } from '../../src/migrations/job-library';
import { Jobs } from '../../src/platform/jobs/jobs';
import { JobRunner } from '../../src/platform/jobs/job-runner';
import { createLogger } from '../../src/platform/logging/logger';
import { type TestDatabase, createTestDatabase } from '../support/database';
import { eventually } from '../support/http';
import { dataSourceFor } from '../support/integration-schema';
import { lacksJobLibrary, migrate } from '../../src/platform/database/migrate';

const log = createLogger('silent');

let testDatabase: TestDatabase;
let dataSource: DataSource;
let database: Database;
let jobs: Jobs;
let runner: JobRunner | null = null;
const done: unknown[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const migration = await dataSourceFor(testDatabase.url).initialize();
  await migrate(migration);
  await migration.destroy();
  dataSource = await createDataSource({
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL_SIZE: 4,
    MIGRATE_ON_START: false,
  }).initialize();
  database = new Database(dataSource, log);
});

beforeEach(async () => {
  done.length = 0;
  jobs = new Jobs();
  jobs.handle('note', (payload) => {
    done.push(payload['what']);
    return Promise.resolve();
  });
  await dataSource.query('DELETE FROM graphile_worker._private_jobs');
});

afterEach(async () => {
  await runner?.beforeApplicationShutdown();
  runner = null;
});

afterAll(async () => {
  await dataSource.destroy();
  await testDatabase.drop();
});

const lacksTables = () => lacksJobLibrary(database);

/** A process that works on the jobs. */
async function work(): Promise<void> {
  const options = { lane: 'money', databaseUrl: testDatabase.url, atOnce: 4, lacksTables } as const;
  runner = new JobRunner(jobs, log, options);
  await runner.onApplicationBootstrap();
}

const note = (what: string) => ({ task: 'note', payload: { what } });

/** Less than a job that fails twice, or one that waits for the end of a long silence. */
const SOON_MS = 10_000;

const doneSoon = (count: number) =>
  eventually(
    () => Promise.resolve([...done]),
    (seen) => seen.length >= count,
    SOON_MS,
  );

describe('jobs', () => {
  it('are done when the transaction that added them is committed, and never when it is not', async () => {
    await work();
    await database
      .inTransaction(async (tx) => {
        await jobs.add(tx, [note('undone')]);
        throw new Error('changed its mind');
      })
      .catch(() => undefined);
    await database.inTransaction((tx) => jobs.add(tx, [note('one'), note('two')]));
    expect((await doneSoon(2)).sort()).toEqual(['one', 'two']);
  });

  it('are one under one key while they wait', async () => {
    await jobs.add(database, [{ ...note('first'), key: 'same' }]);
    await jobs.add(database, [{ ...note('second'), key: 'same' }]);
    await jobs.add(database, [note('last')]);
    await work();
    expect((await doneSoon(2)).sort()).toEqual(['last', 'second']);
  });

  it('are tried again after they failed', async () => {
    let tries = 0;
    jobs.handle('shaky', () => {
      tries += 1;
      if (tries > 1) done.push('at last');
      return tries > 1 ? Promise.resolve() : Promise.reject(new Error('not yet'));
    });
    await jobs.add(database, [{ task: 'shaky', payload: {} }]);
    await work();
    await eventually(
      () => Promise.resolve(tries),
      (seen) => seen > 0,
    );
    await dataSource.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    expect(await doneSoon(1)).toEqual(['at last']);
  });

  it('of one queue run one after the other', async () => {
    let running = 0;
    let most = 0;
    jobs.handle('careful', async () => {
      running += 1;
      most = Math.max(most, running);
      await database.query({ name: 'rest', text: 'SELECT pg_sleep(0.02)' }, []);
      running -= 1;
      done.push('careful');
    });
    const job = { task: 'careful', payload: {}, queue: 'one' };
    await jobs.add(database, [job, job, job, job]);
    await work();
    await doneSoon(4);
    expect(most).toBe(1);
  });

  it('of a killed process are done by another one within seconds', async () => {
    await jobs.add(database, [note('left behind')]);
    await dataSource.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'killed', locked_at = now() - interval '20 seconds'`,
    );
    await work();
    expect(await doneSoon(1)).toEqual(['left behind']);
  });

  it('of a queue that was left locked without a job are done, too', async () => {
    await jobs.add(database, [{ ...note('behind nobody'), queue: 'left locked' }]);
    await dataSource.query(
      `UPDATE graphile_worker._private_job_queues SET locked_by = 'somebody', locked_at = now() - interval '2 minutes'
       WHERE queue_name = 'left locked'`,
    );
    await work();
    expect(await doneSoon(1)).toEqual(['behind nobody']);
  });

  it('that come round once a day are done when no clock ran at their time', async () => {
    const missed = new Date(Date.now() - 3 * 60_000);
    const daily = `${missed.getUTCMinutes()} ${missed.getUTCHours()} * * *`;
    for (const [task, cron] of [
      ['every minute', '* * * * *'],
      ['round', daily],
    ] as const) {
      jobs.every({ task, cron }, () => {
        done.push(task);
        return Promise.resolve();
      });
    }
    await dataSource.query(
      `INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
       SELECT task, now() - interval '2 days', now() - interval '1 day' FROM unnest(ARRAY['round', 'every minute']) task`,
    );
    await work();
    // A minute may have begun just now, and its round be the first.
    await eventually(
      () => Promise.resolve([...done]),
      (seen) => seen.includes('round'),
      SOON_MS,
    );
    // Those of every few minutes make up for themselves.
    expect(done.filter((task) => task === 'every minute').length).toBeLessThan(2);
  });

  it('of a process that still shows signs of life are left to it', async () => {
    await jobs.add(database, [note('in good hands'), note('free')]);
    await dataSource.query(`INSERT INTO platform.workers (id) VALUES ('alive')`);
    await dataSource.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'alive', locked_at = now() - interval '1 minute'
       WHERE payload->>'what' = 'in good hands'`,
    );
    await work();
    await doneSoon(1);
    await jobs.add(database, [note('later')]);
    expect(await doneSoon(2)).toEqual(['free', 'later']);
  });

  it.each(['merchants', 'documents'] as const)(
    'of %s do not keep the others waiting',
    async (lane) => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      jobs.handle('hang', () => held, lane);
      await jobs.add(
        database,
        Array.from({ length: 20 }, () => ({ task: 'hang', payload: {} })),
      );
      const options = { lane, databaseUrl: testDatabase.url, atOnce: 4, lacksTables };
      const hanging = new JobRunner(jobs, log, options);
      await hanging.onApplicationBootstrap();
      await work();
      await jobs.add(database, [note('at once')]);
      expect(await doneSoon(1)).toEqual(['at once']);
      release();
      await hanging.beforeApplicationShutdown();
    },
  );

  it('make no tables where only a deployment step may', async () => {
    const [{ newest } = { newest: 0 }] = await dataSource.query<{ newest: number }[]>(
      'SELECT max(id) AS newest FROM graphile_worker.migrations',
    );
    expect(newest).toBe(JOB_LIBRARY_MIGRATION);
    const empty = await createTestDatabase();
    const source = await dataSourceFor(empty.url).initialize();
    try {
      const bare = new Database(source, log);
      const options = {
        lane: 'money',
        databaseUrl: empty.url,
        atOnce: 1,
        lacksTables: () => lacksJobLibrary(bare),
      } as const;
      const waiting = new JobRunner(jobs, log, options);
      await waiting.onApplicationBootstrap();
      await waiting.beforeApplicationShutdown();
      const found: unknown = await source.query(
        `SELECT 1 FROM pg_namespace WHERE nspname = 'graphile_worker'`,
      );
      expect(found).toEqual([]);
    } finally {
      await source.destroy();
      await empty.drop();
    }
  });

  it('are worked on again after the database threw everybody out', async () => {
    await work();
    await jobs.add(database, [note('before')]);
    await doneSoon(1);
    await dataSource
      .query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'kassa jobs' AND datname = current_database()`,
      )
      .catch(() => undefined);
    await jobs.add(database, [note('after')]);
    expect(await doneSoon(2)).toEqual(['before', 'after']);
  });
});
