import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { Database } from '../../src/platform/database/database';
import { FeedWatch } from '../../src/platform/events/feed-watch';
import { LogLines, startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';
import { openParts } from '../support/integration-parts';

const PUBLISH = `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data, created_at)
  VALUES (gen_random_uuid(), 'test.happened', 'test', gen_random_uuid(), 1, '{}', now() - $1::int * interval '1 second')`;
const HELD =
  'SELECT id FROM platform.events WHERE tx_id >= pg_snapshot_xmin(pg_current_snapshot())';

/** Longer than the pause between two looks. */
const NOTICED_MS = 15_000;

describe('events behind a transaction that is left open', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  let open: Client;
  beforeAll(async () => {
    app = await startTestApp();
    parts = await openParts(app);
  });
  beforeEach(async () => {
    open = new Client({ connectionString: app.databaseUrl });
    await open.connect();
    await hold();
  });
  afterEach(() => open.end());
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  async function hold(): Promise<void> {
    await open.query('BEGIN');
    await open.query('SELECT pg_current_xact_id()');
  }

  const publish = (secondsAgo: number) => app.query(PUBLISH, [secondsAgo]);
  const isWarning = ({ message }: { readonly message: string }) =>
    message.startsWith('events wait for a transaction');

  /** Other transactions on the server may hold events up for a moment. */
  async function released(): Promise<void> {
    await open.query('ROLLBACK');
    await eventually(
      () => app.query(HELD),
      (held) => held.length === 0,
    );
  }

  /** Somebody who looks now, and then at times of our choice. */
  function watcher() {
    const log = new LogLines();
    const clock = { ms: 1 };
    const watch = new FeedWatch(parts.get(Database), log, () => clock.ms);
    const lookAt = async (seconds: number): Promise<number> => {
      clock.ms = 1 + seconds * 1_000;
      await watch.look();
      return log.lines.length;
    };
    return { lookAt, log };
  }

  it('are told of by the process that hands events on, with what finds the transaction', async () => {
    await publish(90);
    const [line] = await eventually(
      () => Promise.resolve(app.log.filter(isWarning)),
      (lines) => lines.length > 0,
      NOTICED_MS,
    );
    expect(line?.message).toContain('backend_xid of pg_stat_activity');
    const holders = await app.query(
      `SELECT state FROM pg_stat_activity WHERE backend_xid::text = $1`,
      [line?.['transaction']],
    );
    expect(holders).toEqual([{ state: 'idle in transaction' }]);
  });

  it('are told of once a minute, as soon as the oldest waits for more than a minute', async () => {
    const { lookAt, log } = watcher();
    await publish(30);
    expect(await lookAt(0)).toBe(0);
    await released();
    await hold();
    await publish(90);
    expect(await lookAt(10)).toBe(1);
    expect(await lookAt(69)).toBe(1);
    expect(await lookAt(70)).toBe(2);
    expect(log.lines.every((line) => line.level === 'warn' && isWarning(line))).toBe(true);
    expect(log.lines[0]?.['seconds']).toBeGreaterThanOrEqual(90);
  });

  it('are not told of once nobody holds them up', async () => {
    await publish(90);
    await released();
    const { lookAt } = watcher();
    expect(await lookAt(0)).toBe(0);
  });
});
