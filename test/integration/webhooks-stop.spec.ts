import { createLogger } from '../../src/platform/logging/logger';
import { createApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import { endpointsOf } from '../support/webhook-endpoints';
import { startWebhookListener, type WebhookListener } from '../support/webhook-listener';

/** Less than an attempt at a receiver that hangs, which is 15 seconds. */
const STOPPED_WITHIN_MS = 12_000;

describe('a process that is asked to stop while a receiver hangs', () => {
  let app: TestApp;
  let listener: WebhookListener;
  beforeAll(async () => {
    app = await startTestApp({ settings: { DEMO: 'true', RUN_JOBS: 'false' } });
    listener = await startWebhookListener();
  });
  afterAll(async () => {
    await listener?.close();
    await app?.close();
  });

  it('ends at once, and the attempt that it cut off counts for nothing', async () => {
    listener.answer = () => ({ status: 200, isSilent: true });
    const endpoints = endpointsOf(app);
    const { id } = await endpoints.make({ url: listener.url });
    await app.query(
      `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
       VALUES (gen_random_uuid(), 'test.happened', 'test', gen_random_uuid(), 1, '{}')`,
    );
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), DEMO: 'true' };
    const made = await createApp(configOf(settings), createLogger('silent'));
    const worker = await made.init();
    await eventually(
      () => Promise.resolve(listener.received.length),
      (count) => count > 0,
    );
    const startedAt = performance.now();
    await worker.close();
    expect(performance.now() - startedAt).toBeLessThan(STOPPED_WITHIN_MS);
    expect(await endpoints.deliveries(id)).toMatchObject([{ state: 'pending', attempts: 0 }]);
    expect((await endpoints.as('GET', `/${id}`)).body).toMatchObject({ failing_since: null });
    expect(await app.query('SELECT key FROM graphile_worker._private_jobs')).toHaveLength(1);
  });
});
