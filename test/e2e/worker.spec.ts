import { createLogger } from '../../src/platform/logging/logger';
import { startWorker } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import { listen, notificationsOf } from '../support/notifications';
import { makePressed, show } from '../support/payments';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ settings: { RUN_JOBS: 'false', SWEEP_INTERVAL_MS: '100' } });
  await listen(app);
});

afterAll(() => app.close());

const worker = () =>
  startWorker(
    configOf({ ...settingsFor(app.databaseUrl, app.sandboxUrl) }),
    createLogger('silent'),
  );

describe('an API without jobs', () => {
  it('stores what it is told and leaves the work to any number of workers beside it', async () => {
    const { id, providerId } = await makePressed(app, 'paypro', 'pay_no_return');
    const stored = await eventually(
      () => notificationsOf(app, providerId),
      (seen) => seen.some(({ event_type }) => event_type === 'payment.paid'),
    );
    expect(stored.every(({ state }) => state === 'pending')).toBe(true);
    const workers = await Promise.all([worker(), worker()]);
    try {
      await eventually(
        () => show(app, id),
        ({ body }) => textOf(body, 'state') === 'paid',
      );
      const settled = await eventually(
        () => notificationsOf(app, providerId),
        (seen) => seen.every(({ state }) => state === 'applied'),
      );
      expect(settled.length).toBeGreaterThan(0);
    } finally {
      await Promise.all(workers.map((one) => one.close()));
    }
  });

  it('leaves unfinished operations to them, too', async () => {
    await sandboxOf(app).fault('paypro', {
      kind: 'drop_after',
      match: { method: 'POST', path_contains: '/payments' },
    });
    const body = {
      amount: 1000,
      currency: 'EUR',
      provider: 'paypro',
      customer: app.customers.user,
    };
    const made = await call(app, 'POST', '/api/payments', { key: app.keys.user, body });
    expect(made.status).toBe(202);
    await app.query('DELETE FROM providers.notifications');
    const id = textOf(made.body, 'id');
    const only = await worker();
    try {
      await eventually(
        async () => {
          await app.query(
            'UPDATE payments.operations SET next_attempt_at = now(), lease_until = now()',
          );
          return show(app, id);
        },
        ({ body: shown }) => textOf(shown, 'state') === 'open',
      );
    } finally {
      await only.close();
    }
  });
});
