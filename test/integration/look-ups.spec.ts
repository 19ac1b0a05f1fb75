import { Client } from 'pg';
import { type DataSource } from 'typeorm';
import { createDataSource } from '../../src/platform/database/data-source';
import { Database, poolOf } from '../../src/platform/database/database';
import { sqlState } from '../../src/platform/database/sql-state';
import { statement } from '../../src/platform/database/statement';
import { LogLines } from '../support/app';
import { type TestDatabase } from '../support/database';
import { createMigratedDatabase } from '../support/database-template';
import { eventually } from '../support/http';
import { startReluctantProxy } from '../support/reluctant-proxy';

const echo = statement<{ text: string; pid: number }>(
  'test-echo',
  'SELECT $1::text AS text, pg_backend_pid() AS pid',
);
const divide = statement<{ result: number }>('test-divide', 'SELECT 1 / $1::int AS result');
const sleep = statement<never>('test-sleep', 'SELECT pg_sleep($1::numeric)');
const sleeper = statement<{ pid: number }>(
  'test-sleeper',
  `SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND datname = current_database() AND state = 'active'`,
);
const terminate = statement<never>('test-terminate', 'SELECT pg_terminate_backend($1::int)');

const count = statement<{ count: number }>(
  'test-count',
  'SELECT count(*)::int AS count FROM customers.customers',
);
const unwritten = statement<never>('test-unwritten', 'SELECT FROM nobody.wrote_this');

const TERMINATED = '57P01';
const NO_SUCH_TABLE = '42P01';

describe('look-ups', () => {
  let migrated: TestDatabase;
  let dataSource: DataSource;
  let database: Database;
  beforeAll(async () => {
    migrated = await createMigratedDatabase();
  });
  afterAll(() => migrated?.drop());
  afterEach(async () => {
    if (dataSource?.isInitialized) await dataSource.destroy();
  });

  async function open(poolSize: number, url = migrated.url): Promise<void> {
    const settings = { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize };
    dataSource = await createDataSource({ ...settings, MIGRATE_ON_START: false }).initialize();
    database = new Database(dataSource, new LogLines());
  }

  const echoes = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => database.lookUp(echo, [`text ${at}`])));

  it('share one connection when they come at the same time', async () => {
    await open(8);
    const rows = (await echoes(20)).flat();
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(1);
  });

  it('are sent without waiting for the answers to others', async () => {
    const proxy = await startReluctantProxy(migrated.url);
    try {
      await open(1, proxy.url);
      await echoes(1);
      proxy.holdAnswers();
      const asked = echoes(10);
      await eventually(
        () => Promise.resolve(proxy.sent()),
        (sent) => sent.includes('text 9'),
      );
      proxy.giveAnswers();
      expect((await asked).flat().map(({ text }) => text)[9]).toBe('text 9');
      await dataSource.destroy();
    } finally {
      await proxy.close();
    }
  });

  it('get their own answers, however many come', async () => {
    await open(3);
    const rows = (await echoes(500)).flat();
    expect(rows.map(({ text }) => text)).toEqual(rows.map((_, at) => `text ${at}`));
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(3);
  });

  it('fail alone', async () => {
    await open(2);
    const asked = [1, 0, 1, 0, 1].map((by) => database.lookUp(divide, [by]));
    const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status);
    expect(outcomes).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    await expect(database.lookUp(divide, [1])).resolves.toEqual([{ result: 1 }]);
  });

  it('let others have a connection, even if they never cease', async () => {
    await open(1);
    let isOver = false;
    const ask = async (): Promise<void> => {
      while (!isOver) await database.lookUp(sleep, ['0.02']);
    };
    // Answered one after the other, so that one is always under way.
    const asking = Promise.all([ask(), ask(), ask()]);
    await database.lookUp(sleep, ['0.02']);
    const rows = await database.inTransaction((tx) => tx.query(echo, ['a turn']));
    isOver = true;
    await asking;
    expect(rows.map(({ text }) => text)).toEqual(['a turn']);
  });

  it('do not wait for one another where a lock holds all of them up', async () => {
    await open(4);
    const holder = new Client({ connectionString: migrated.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE customers.customers IN ACCESS EXCLUSIVE MODE');
    // Four seconds each, if they came one after the other: more than this test may take.
    const asked = Array.from({ length: 10 }, () => database.lookUp(count, []));
    const settled = await Promise.allSettled(asked);
    await holder.end();
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['rejected']));
    await expect(database.lookUp(count, [])).resolves.toEqual([{ count: 0 }]);
  });

  it('do not suffer from one that was never prepared', async () => {
    await open(2);
    const asked = Array.from({ length: 3 }, () => database.lookUp(unwritten, []));
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome.status === 'rejected' && sqlState(outcome.reason)).toBe(NO_SUCH_TABLE);
    }
  });

  it('leave a connection to others as they found it', async () => {
    await open(1);
    await echoes(10);
    const client = await poolOf(dataSource).connect();
    expect(client.pipeline).toBe(false);
    client.release();
  });

  it('give their connection back when none is under way', async () => {
    await open(2);
    await echoes(10);
    const pool = poolOf(dataSource);
    const idle = await eventually(
      () => Promise.resolve(pool.idleCount),
      (count) => count > 0,
    );
    expect([idle, pool.totalCount]).toEqual([1, 1]);
  });

  it('fail together when their connection breaks, and find another', async () => {
    await open(3);
    const asked = Array.from({ length: 3 }, () => database.lookUp(sleep, ['60']));
    const settled = Promise.allSettled(asked);
    const [found] = await eventually(
      () => database.query(sleeper, []),
      (rows) => rows.length > 0,
    );
    await database.query(terminate, [found?.pid ?? 0]);
    const [first, ...others] = await settled;
    expect(first?.status === 'rejected' && sqlState(first.reason)).toBe(TERMINATED);
    expect(others.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(echoes(1)).resolves.toHaveLength(1);
  });
});
