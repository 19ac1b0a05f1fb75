import { Client } from 'pg';
import { type DataSource } from 'typeorm';
import { lacksJobLibrary } from '../../src/platform/database/migrate';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { JobRunner } from '../../src/platform/jobs/job-runner';
import { Jobs } from '../../src/platform/jobs/jobs';
import { type JsonObject } from '../../src/shared/json';
import { LogLines } from '../support/app';
import { type PostgresProxy, startPostgresProxy } from '../support/crash-postgres-proxy';
import { type TestDatabase } from '../support/database';
import { createMigratedDatabase } from '../support/database-template';
import { eventually } from '../support/http';

/** Five seconds of silence, twelve in which a report might come, and a few looks; without them four hours, or for ever. */
const AT_LAST_MS = 50_000;
const FREED = 'jobs that nobody works on are free again';
/** Enough looks for a job to count as lost. */
const LONG_MS = 20_000;
/** Less than the time after which the connections are cut, whatever is in hand. */
const STOPPED_WITHIN_MS = 18_000;

/** A process that does jobs, with a database of its own that it reaches by way of a proxy. */
class Office {
  readonly jobs = new Jobs();
  readonly done: string[] = [];
  readonly log = new LogLines();
  private runner: JobRunner | null = null;

  private constructor(
    private readonly testDatabase: TestDatabase,
    readonly proxy: PostgresProxy,
    private readonly dataSource: DataSource,
    private readonly database: Database,
  ) {
    this.jobs.handle('note', ({ what }) => {
      this.done.push(JSON.stringify(what));
      return Promise.resolve();
    });
  }

  static async open(): Promise<Office> {
    const testDatabase = await createMigratedDatabase();
    const proxy = await startPostgresProxy(testDatabase.url);
    const settings = { DATABASE_POOL_SIZE: 2, MIGRATE_ON_START: false };
    const dataSource = createDataSource({ DATABASE_URL: testDatabase.url, ...settings });
    await dataSource.initialize();
    return new Office(testDatabase, proxy, dataSource, new Database(dataSource, new LogLines()));
  }

  add(task: string, payload: JsonObject, queue?: string): Promise<void> {
    return this.jobs.add(this.database, [
      { task, payload, ...(queue === undefined ? {} : { queue }) },
    ]);
  }

  async work(atOnce: number): Promise<void> {
    this.runner = new JobRunner(this.jobs, this.log, {
      lane: 'money',
      databaseUrl: this.proxy.url,
      atOnce,
      lacksTables: () => lacksJobLibrary(this.database),
    });
    await this.runner.onApplicationBootstrap();
  }

  /** As after fifteen seconds, when somebody begins to ask whether anybody works on it. */
  async handedOutLongAgo(): Promise<void> {
    await eventually(
      () =>
        this.dataSource.query<[unknown[], number]>(
          `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '20 seconds'
           WHERE locked_by IS NOT NULL`,
        ),
      ([, count]) => count === 1,
    );
  }

  /** As when it was handed out for its last try. */
  async takeItsLastTry(): Promise<void> {
    await this.dataSource.query(
      'UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE locked_by IS NOT NULL',
    );
  }

  async count(which = 'true'): Promise<number> {
    const jobs = await this.dataSource.query<unknown[]>(
      `SELECT FROM graphile_worker.jobs WHERE ${which}`,
    );
    return jobs.length;
  }

  /** Whatever the server said to the workers before this has reached them, as this came the same way after it. */
  async heardSoFar(): Promise<void> {
    const client = new Client({ connectionString: this.proxy.url });
    await client.connect();
    await client.query('SELECT');
    await client.end();
  }

  /** Until no more are left than that. */
  async left(atMost: number): Promise<void> {
    await eventually(
      () => this.count(),
      (count) => count <= atMost,
      AT_LAST_MS,
    );
  }

  async said(start: string): Promise<void> {
    await eventually(
      () => Promise.resolve(this.log.lines.map((line) => String(line['error']))),
      (errors) => errors.some((error) => error.startsWith(start)),
      AT_LAST_MS,
    );
  }

  /** Of the workers, by the ids of the server's processes. */
  async connections(): Promise<readonly number[]> {
    const rows = await this.dataSource.query<{ pid: number }[]>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'kassa jobs'`,
    );
    return rows.map(({ pid }) => pid);
  }

  async stop(): Promise<void> {
    await this.runner?.beforeApplicationShutdown();
    this.runner = null;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.dataSource.destroy();
    await this.proxy.close();
    await this.testDatabase.drop();
  }
}

async function loseAHandOut(office: Office): Promise<readonly string[]> {
  await office.add('note', { what: 'handed out' }, 'one');
  const lost = office.proxy.hold('answer', 'get_job/graphile_worker');
  await office.work(1);
  await lost;
  await office.add('note', { what: 'of its queue' }, 'one');
  await office.handedOutLongAgo();
  await office.takeItsLastTry();
  await office.left(0);
  return office.done;
}

async function loseAQuestion(office: Office, marker: string): Promise<readonly string[]> {
  const lost = office.proxy.hold('statement', marker);
  const working = office.work(1);
  await lost;
  await working;
  await office.add('note', { what: 'found' });
  await office.left(0);
  return office.done;
}

/** Jobs that end when this test says so, the first of which is done and its report gets lost. */
async function loseTheFirstReport(office: Office, names: readonly number[]) {
  const ends = new Map<number, () => void>();
  const signals: AbortSignal[] = [];
  office.jobs.handle('hold on', ({ what }, signal) => {
    const name = Number(what);
    // Whose report got lost is done once more.
    if (ends.has(name)) return Promise.resolve();
    return new Promise<void>((end) => {
      ends.set(name, end);
      signals.push(signal);
    });
  });
  for (const what of names) await office.add('hold on', { what });
  await office.work(names.length);
  await eventually(
    () => Promise.resolve(ends.size),
    (begun) => begun === names.length,
  );
  const lost = office.proxy.hold('statement', 'complete_job/graphile_worker');
  ends.get(names[0] ?? 0)?.();
  await lost;
  await office.said('Failed to complete jobs');
  // Nobody gets a job until the last of them has ended.
  expect(signals.map(({ aborted }) => aborted)).toEqual(names.map(() => true));
  return ends;
}

/**
 * The library then counts each report that arrives as two, and its set of workers ends only where it asks just when the
 * count is nought: after two of them, or while the third is under way. There are four, and it hears of each by itself.
 */
async function loseAReport(office: Office): Promise<readonly string[]> {
  const ends = await loseTheFirstReport(office, [1, 2, 3, 4, 5]);
  for (const [name, left] of [
    [2, 4],
    [3, 3],
    [4, 2],
    [5, 1],
  ] as const) {
    ends.get(name)?.();
    await office.left(left);
    await office.heardSoFar();
  }
  const theirs = await office.connections();
  await office.said('it did not end by itself');
  await office.add('note', { what: 'afterwards' });
  await eventually(
    () => Promise.resolve(office.done),
    (done) => done.length > 0,
    AT_LAST_MS,
  );
  // Nothing can be handed out to those that were given up.
  const after = await office.connections();
  expect(after.filter((pid) => theirs.includes(pid))).toEqual([]);
  return office.done;
}

interface Stop {
  readonly tookMs: number;
  readonly left: number;
}

async function stopAmidst(office: Office): Promise<Stop> {
  const ends = await loseTheFirstReport(office, [1, 2, 3]);
  const startedMs = performance.now();
  const stopping = office.stop();
  for (const end of ends.values()) end();
  await stopping;
  const tookMs = performance.now() - startedMs;
  // The server hears of it a moment later.
  await eventually(
    () => office.connections(),
    (pids) => pids.length === 0,
  );
  return { tookMs, left: await office.count() };
}

async function workForLong(office: Office): Promise<number> {
  let starts = 0;
  let end: () => void = () => undefined;
  office.jobs.handle('long', () => {
    starts += 1;
    return new Promise((resolve) => (end = resolve));
  });
  await office.add('long', {});
  await office.work(2);
  await office.handedOutLongAgo();
  const startedMs = performance.now();
  await eventually(
    () => Promise.resolve(performance.now() - startedMs),
    (sinceMs) => sinceMs > LONG_MS,
  );
  expect(await office.count('locked_by IS NOT NULL')).toBe(1);
  expect(office.log.lines.map((line) => line.message)).not.toContain(FREED);
  end();
  await office.left(0);
  return starts;
}

describe('workers whose connection falls silent', () => {
  const open: Promise<Office>[] = [];

  /** All of them wait, and do so side by side. */
  function begin<T>(story: (office: Office) => Promise<T>): Promise<T> {
    const office = Office.open();
    open.push(office);
    const told = office.then(story);
    // Its test hears of it.
    told.catch(() => undefined);
    return told;
  }

  let handOut: Promise<readonly string[]>;
  let start: Promise<readonly string[]>;
  let question: Promise<readonly string[]>;
  let report: Promise<readonly string[]>;
  let stop: Promise<Stop>;
  let long: Promise<number>;
  beforeAll(() => {
    handOut = begin(loseAHandOut);
    start = begin((office) => loseAQuestion(office, 'biggest_breaking_id'));
    question = begin((office) => loseAQuestion(office, '_private_tasks as tasks (identifier)'));
    report = begin(loseAReport);
    stop = begin(stopAmidst);
    long = begin(workForLong);
  });
  afterAll(async () => {
    await Promise.all(open.map(async (office) => (await office).close()));
  });

  it('do a job that was handed out to them in an answer that got lost, and those of its queue', async () => {
    expect(await handOut).toEqual(['"handed out"', '"of its queue"']);
  });

  it('find work even where the first thing they asked was never answered', async () => {
    expect(await start).toEqual(['"found"']);
  });

  it('find work even where nobody answered which tasks there are', async () => {
    expect(await question).toEqual(['"found"']);
  });

  it('work on when a report got lost while others still worked', async () => {
    expect(await report).toEqual(['"afterwards"']);
  });

  it('end in time when told to while a report is lost, and have the others reported', async () => {
    const { tookMs, left } = await stop;
    expect(left).toBe(1);
    expect(tookMs).toBeLessThan(STOPPED_WITHIN_MS);
  });

  it('keep to themselves what they work on, however long it takes', async () => {
    expect(await long).toBe(1);
  });
});
