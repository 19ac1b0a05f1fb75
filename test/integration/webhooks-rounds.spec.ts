import { WebhookRoundsJob } from '../../src/modules/webhooks/jobs/webhook-rounds.job';
import { createLogger } from '../../src/platform/logging/logger';
import { createApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { configOf } from '../support/integration-parts';
import { endpointsOf } from '../support/webhook-endpoints';

const PUBLISH = `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
  SELECT gen_random_uuid(), 'test.happened', 'test', gen_random_uuid(), 1, '{}' FROM generate_series(1, 3)`;
const JOBS = `SELECT key FROM graphile_worker._private_jobs WHERE key LIKE 'webhook:%'`;

describe('the rounds of webhooks', () => {
  let app: TestApp;
  let rounds: WebhookRoundsJob;
  let close: () => Promise<void>;
  const { signal } = new AbortController();
  beforeAll(async () => {
    app = await startTestApp({ settings: { RUN_JOBS: 'false' } });
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
    const made = await createApp(configOf(settings), createLogger('silent'));
    const other = await made.init();
    rounds = other.get(WebhookRoundsJob);
    close = () => other.close();
    await endpointsOf(app).make({ url: 'https://shop.example.com/' });
  });
  beforeEach(async () => {
    await app.query('DELETE FROM webhooks.deliveries');
    await app.query(`DELETE FROM graphile_worker._private_jobs`);
    await app.query(PUBLISH);
    await app.query(
      `INSERT INTO webhooks.deliveries (id, endpoint_id, event_id, subject_id, subject_seq)
       SELECT gen_random_uuid(), p.id, e.id, e.subject_id, 1
       FROM webhooks.endpoints p, (SELECT * FROM platform.events ORDER BY tx_id DESC LIMIT 3) e`,
    );
  });
  afterAll(async () => {
    await close?.();
    await app?.close();
  });

  it('find deliveries whose job is gone, and only those that are long overdue', async () => {
    await rounds.requeue(signal);
    expect(await app.query(JOBS)).toEqual([]);
    await app.query(
      `UPDATE webhooks.deliveries SET next_attempt_at = now() - interval '11 minutes'`,
    );
    await rounds.requeue(signal);
    expect(await app.query(JOBS)).toHaveLength(3);
  });

  it('delete what came to an end three months ago, and outcomes after a week', async () => {
    await app.query(
      `INSERT INTO webhooks.outcomes (id, endpoint_id, outcome, created_at)
       SELECT gen_random_uuid(), id, '{}', now() - d * interval '1 day'
       FROM webhooks.endpoints, (VALUES (6), (8)) AS v(d)`,
    );
    await app.query(
      `WITH n AS (SELECT id, row_number() OVER () AS n FROM webhooks.deliveries)
       UPDATE webhooks.deliveries d SET state = 'failed', next_attempt_at = NULL,
         settled_at = now() - (88 + n.n) * interval '1 day' - interval '1 hour'
       FROM n WHERE n.id = d.id AND n.n < 3`,
    );
    await rounds.forget(signal);
    const left = await app.query('SELECT state FROM webhooks.deliveries ORDER BY state');
    expect(left.map(({ state }) => state)).toEqual(['failed', 'pending']);
    expect(await app.query('SELECT id FROM webhooks.outcomes')).toHaveLength(1);
  });
});
