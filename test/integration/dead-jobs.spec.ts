import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';

const DEAD = 'jobs failed at their last try and are not tried again';

/** Jobs that wait, with somebody's address. */
const MAKE = `SELECT j.id FROM unnest($1::text[]) AS task, LATERAL graphile_worker.add_job(task,
  '{"payer":"walter@example.com"}', run_at => now() + interval '1 hour', max_attempts => 25) j`;

describe('jobs that failed at their last try', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => app.query('DELETE FROM graphile_worker._private_jobs'));
  afterAll(() => app?.close());

  const lines = () => app.log.filter(({ message }) => message === DEAD);

  /** Their ids: the clock adds jobs of its own whenever a minute begins. */
  async function make(...tasks: readonly string[]): Promise<readonly unknown[]> {
    return (await app.query(MAKE, [tasks])).map(({ id }) => id);
  }

  /** What the clock does every ten minutes, and may do meanwhile as well. */
  async function round(): Promise<void> {
    await app.query(`SELECT graphile_worker.add_job('report-dead-jobs')`);
    await eventually(
      () =>
        app.query(`SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'report-dead-jobs'`),
      (left) => left.length === 0,
    );
  }

  it('are told of in one line per task, with how many and since when, and stay where they are', async () => {
    const dead = await make('apply-notification', 'send-next-webhook', 'send-next-webhook');
    const made = [...dead, ...(await make('still-trying'))];
    await app.query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts, created_at = '2026-01-02T03:04:05.678Z'
       WHERE id = ANY($1::bigint[])`,
      [dead],
    );
    await round();
    const told = { level: 'error', oldest: '2026-01-02T03:04:05.678Z', message: DEAD };
    const tasks = lines().map(({ task }) => task);
    expect(new Set(tasks)).toEqual(new Set(['apply-notification', 'send-next-webhook']));
    expect(lines()).toContainEqual({ ...told, task: 'send-next-webhook', count: 2 });
    expect(lines()).toContainEqual({ ...told, task: 'apply-notification', count: 1 });
    expect(JSON.stringify(app.log)).not.toContain('walter@example.com');
    await round();
    expect(lines().length).toBeGreaterThan(tasks.length);
    const sql = 'SELECT id FROM graphile_worker.jobs WHERE id = ANY($1::bigint[])';
    expect(await app.query(sql, [made])).toHaveLength(4);
  });

  it('are not those whose last try is under way', async () => {
    const before = lines().length;
    const made = await make('apply-notification');
    await app.query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts, locked_by = 'other', locked_at = now()
       WHERE id = ANY($1::bigint[])`,
      [made],
    );
    await round();
    expect(lines()).toHaveLength(before);
  });

  it('are looked for by the clock', async () => {
    const rounds = await app.query(
      'SELECT identifier FROM graphile_worker._private_known_crontabs',
    );
    expect(rounds).toContainEqual({ identifier: 'report-dead-jobs' });
  });
});
