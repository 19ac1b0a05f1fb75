import { valueAt } from '../../src/shared/json';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { compileApp, CrashApp } from '../support/crash-app';
import { eventually } from '../support/http';
import * as payments from '../support/payments';
import { endpointsOf, endWebhookPauses } from '../support/webhook-endpoints';
import { startWebhookListener, verified, type WebhookListener } from '../support/webhook-listener';

/** A killed worker is missed after 15 s; a start and a busy machine come on top. */
const RESUMED_WITHIN_MS = 60_000;

describe('a webhook whose process is killed', () => {
  let app: TestApp;
  let listener: WebhookListener;
  /** Does the work; the app itself only answers requests. */
  let worker: CrashApp;
  beforeAll(async () => {
    await compileApp();
    app = await startTestApp({ settings: { DEMO: 'true', RUN_JOBS: 'false' } });
    listener = await startWebhookListener();
    worker = new CrashApp({ ...settingsFor(app.databaseUrl, app.sandboxUrl), DEMO: 'true' });
    await worker.start();
  }, 120_000);
  afterAll(async () => {
    await worker?.kill();
    await listener?.close();
    await app?.close();
  });

  it('is sent again, as the same, and keeps the attempts that it had', async () => {
    const endpoints = endpointsOf(app);
    const wanted = { url: listener.url, event_types: ['payment.created'] };
    const { id, secret } = await endpoints.make(wanted);
    const told = async () => (await endpoints.deliveries(id))[0];
    const seen = () => Promise.resolve(listener.received.length);

    listener.answer = () => ({ status: 500 });
    await payments.makePayment(app, 'paypal');
    await eventually(told, (one) => valueAt(one, 'attempts') === 1);
    listener.answer = () => ({ status: 200, isSilent: true });
    await endWebhookPauses(app);
    await eventually(seen, (count) => count === 2);
    await worker.kill();
    expect(await told()).toMatchObject({ state: 'pending', attempts: 1 });

    listener.answer = () => ({ status: 200 });
    await worker.start();
    const delivered = await eventually(
      told,
      (one) => valueAt(one, 'state') === 'delivered',
      RESUMED_WITHIN_MS,
    );
    expect(delivered).toMatchObject({ attempts: 2, last_status: 200 });
    expect(listener.received).toHaveLength(3);
    for (const one of listener.received) verified(one, secret);
    const ids = listener.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(worker.ownEnds).toEqual([]);
  }, 120_000);
});
