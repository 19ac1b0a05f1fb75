import { type DataSource } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { lacksJobLibrary } from '../../src/platform/database/migrate';
import { JobRunner } from '../../src/platform/jobs/job-runner';
import { Jobs } from '../../src/platform/jobs/jobs';
import { createLogger } from '../../src/platform/logging/logger';
import { type TestDatabase } from '../support/database';
import { createMigratedDatabase } from '../support/database-template';
import { eventually } from '../support/http';

const log = createLogger('silent');
/** As JobGauges counts them. */
const DEAD =
  'SELECT id FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL';

describe('a job that another one replaced while a process worked on it', () => {
  let testDatabase: TestDatabase;
  let dataSource: DataSource;
  let database: Database;
  let jobs: Jobs;
  let runner: JobRunner | null = null;
  let done: unknown[] = [];

  beforeAll(async () => {
    testDatabase = await createMigratedDatabase();
    const settings = { DATABASE_POOL_SIZE: 4, MIGRATE_ON_START: false };
    dataSource = createDataSource({ DATABASE_URL: testDatabase.url, ...settings });
    database = new Database(await dataSource.initialize(), log);
  });
  beforeEach(async () => {
    await dataSource.query('DELETE FROM graphile_worker._private_jobs');
    done = [];
    jobs = new Jobs();
    jobs.handle('note', ({ what }) => {
      done.push(what);
      return Promise.resolve();
    });
  });
  afterEach(stop);
  afterAll(async () => {
    await dataSource?.destroy();
    await testDatabase?.drop();
  });

  async function work(): Promise<void> {
    runner = new JobRunner(jobs, log, {
      lane: 'money',
      databaseUrl: testDatabase.url,
      atOnce: 2,
      lacksTables: () => lacksJobLibrary(database),
    });
    await runner.onApplicationBootstrap();
  }

  async function stop(): Promise<void> {
    await runner?.beforeApplicationShutdown();
    runner = null;
  }

  const note = (what: string) =>
    jobs.add(database, [{ task: 'note', payload: { what }, queue: 'one', key: 'same' }]);

  /** As a process leaves it that takes the job for this try and is killed. */
  const takeAndDie = (attempt: string) =>
    dataSource.query(
      `WITH q AS (
         UPDATE graphile_worker._private_job_queues
         SET locked_by = 'killed', locked_at = now() - interval '20 seconds'
       )
       UPDATE graphile_worker._private_jobs
       SET attempts = ${attempt}, locked_by = 'killed', locked_at = now() - interval '20 seconds'`,
    );

  const dead = () => dataSource.query<unknown[]>(DEAD);
  const left = () => dataSource.query<unknown[]>('SELECT FROM graphile_worker.jobs');

  const leftAtMost = (count: number) => eventually(left, (found) => found.length <= count);

  it('is done by another process when that one is killed, and so is the one in its place', async () => {
    await note('first');
    await takeAndDie('1');
    await note('second');
    await work();
    await leftAtMost(0);
    expect(done).toEqual(['first', 'second']);
  });

  it('is tried again when it fails because its process stops', async () => {
    let isCutOff = false;
    jobs.handle('send', async (_payload, signal) => {
      if (isCutOff) return void done.push('sent');
      await jobs.add(database, [{ task: 'note', payload: { what: 'next' }, key: 'same' }]);
      isCutOff = true;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('the process stops');
    });
    await jobs.add(database, [{ task: 'send', payload: {}, key: 'same' }]);
    await work();
    await eventually(
      () => Promise.resolve(isCutOff),
      (found) => found,
    );
    runner?.onModuleDestroy();
    await stop();
    expect(await dead()).toEqual([]);
    await dataSource.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await work();
    await leftAtMost(0);
    expect(done.sort()).toEqual(['next', 'sent']);
  });

  it('is dead all the same when it was at its last try, as one that kills each process has to end', async () => {
    await note('deadly');
    await takeAndDie('max_attempts');
    await note('second');
    await work();
    await leftAtMost(1);
    expect(done).toEqual(['second']);
    expect(await dead()).toHaveLength(1);
  });
});
