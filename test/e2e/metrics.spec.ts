import { createLogger } from '../../src/platform/logging/logger';
import { startApp, startWorker } from '../../src/start-app';
import { LogLines, settingsFor, startTestApp, type TestApp } from '../support/app';
import { takersOf } from '../support/chargebacks';
import { call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import { listen, runJob } from '../support/notifications';
import { lookAt, metricsOf, scrape, valueOf } from '../support/metrics';
import { create, expectStatus, makePaid, show } from '../support/payments';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';
import { type SilentProxy, startSilentProxy } from '../support/silent-proxy';

let app: TestApp;
let metrics: { readonly url: string };
beforeAll(async () => {
  app = await startTestApp({ settings: { METRICS_PORT: '0' } });
  metrics = metricsOf(app.log);
  await listen(app);
});
afterAll(() => app?.close());

/** Readings of the database are kept for some seconds. */
async function eventuallyReads(series: string, expected: (value: number) => boolean) {
  const read = async () => valueOf(await scrape(metrics), series);
  return eventually(read, (value) => value !== null && expected(value));
}

describe('metrics', () => {
  it('count requests by route and class of status, and name no address that a caller made up', async () => {
    const { id } = await makePaid(app, 'paypro');
    expectStatus(await show(app, id), 200);
    await call(app, 'GET', '/api/payments/pay_nobody', { key: app.keys.user });
    await call(app, 'PROPFIND', '/made-up-by-somebody', { key: app.keys.user });
    const page = await scrape(metrics);
    const requests = (labels: string) =>
      valueOf(page, `kassa_http_request_duration_seconds_count{${labels}}`);
    expect(requests('method="GET",route="/api/payments/:id",status="2xx"')).toBe(1);
    expect(requests('method="GET",route="/api/payments/:id",status="4xx"')).toBe(1);
    expect(requests('method="POST",route="/api/payments",status="2xx"')).toBe(1);
    expect(requests('method="none",route="none",status="4xx"')).toBe(1);
    expect(page).not.toMatch(new RegExp(`made-up|pay_nobody|${id}|PROPFIND`));
  });

  it('count the calls of each account by operation and outcome', async () => {
    await makePaid(app, 'paypal');
    const page = await scrape(metrics);
    const calls = (labels: string) =>
      valueOf(page, `kassa_provider_call_duration_seconds_count{${labels}}`);
    expect(calls('account="paypal",operation="create",outcome="success"')).toBe(1);
    expect(calls('account="paypal",operation="capture",outcome="success"')).toBe(1);
    expect(page).toContain('kassa_provider_call_duration_seconds_bucket{le="0.5",account="paypal"');
  });

  it('tell what nobody knows the outcome of, and since when it is too long', async () => {
    await sandboxOf(app).fault('paypal', {
      kind: 'drop_after',
      times: 1_000,
      match: { method: 'POST', path_contains: '/orders' },
    });
    const made = await create(app, { provider: 'paypal' });
    expectStatus(made, 202);
    await eventuallyReads('kassa_operations{state="unsettled"}', (value) => value === 1);
    const page = await scrape(metrics);
    expect(valueOf(page, 'kassa_operations_stuck')).toBe(0);
    const lost = 'account="paypal",operation="create",outcome="unknown"';
    const calls = `kassa_provider_call_duration_seconds_count{${lost}}`;
    expect(valueOf(page, calls)).toBeGreaterThan(0);
    await app.query(
      `UPDATE payments.operations SET created_at = now() - interval '1 hour' WHERE state = 'unsettled'`,
    );
    await eventuallyReads('kassa_operations_stuck', (value) => value === 1);
    await sandboxOf(app).dropFaults();
    expect(textOf((await show(app, textOf(made.body, 'id'))).body, 'state')).toBe('initialized');
  });

  it('tell how long the queue is, who is dead in it, and what became of the jobs', async () => {
    await app.query(`SELECT graphile_worker.add_job('of-another-version', job_key => 'old',
      run_at => now() - interval '90 seconds')`);
    await app.query(`SELECT graphile_worker.add_job('given-up', job_key => 'dead')`);
    await app.query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = 'dead'`,
    );
    await eventuallyReads('kassa_jobs{task="of-another-version",state="waiting"}', (n) => n === 1);
    const page = await scrape(metrics);
    expect(valueOf(page, 'kassa_jobs{task="given-up",state="dead"}')).toBe(1);
    expect(valueOf(page, 'kassa_jobs_oldest_waiting_seconds')).toBeGreaterThan(80);
    await makePaid(app, 'paypro');
    const done = 'kassa_job_duration_seconds_count{task="apply-notification",outcome="done"}';
    await eventuallyReads(done, (count) => count > 0);
  });

  it('tell what of the providers and to the merchants is not done', async () => {
    await app.query(
      `INSERT INTO providers.notifications (id, account, event_id, event_type, kind, payment_ids, object_ids,
         refs, body_sha256, source, state, settled_at)
       VALUES (gen_random_uuid(), 'paypro', 'EVENT', 'payment.paid', 'payment', '{}', '{}', '{}', '',
         'delivery', 'unmatched', now())`,
    );
    await eventuallyReads('kassa_notifications{state="unmatched"}', (value) => value === 1);
    // What the payments above set off may still be under way.
    await eventuallyReads('kassa_notifications{state="pending"}', (value) => value === 0);
    await eventuallyReads('kassa_webhook_deliveries{state="waiting"}', (value) => value === 0);
    const page = await scrape(metrics);
    for (const series of [
      'kassa_notifications{state="failed"}',
      'kassa_webhook_deliveries{state="failing"}',
      'kassa_webhook_endpoints_failing',
      'kassa_payments_in_conflict',
      'kassa_chargebacks_in_conflict',
    ]) {
      expect([series, valueOf(page, series)]).toEqual([series, 0]);
    }
  });

  it('tell how many chargebacks a person has to look at, until the provider shows what fits', async () => {
    const { providerId } = await makePaid(app, 'paypro');
    const match = { method: 'GET', path_contains: '/chargebacks/' };
    await sandboxOf(app).fault('paypro', { kind: 'unknown_state', match });
    await takersOf(app).chargeBack(providerId);
    await eventuallyReads('kassa_chargebacks_in_conflict', (value) => value === 1);
    await app.query('UPDATE payments.chargebacks SET next_look_at = now()');
    await runJob(app, 'watch-chargebacks');
    await eventuallyReads('kassa_chargebacks_in_conflict', (value) => value === 0);
  });

  it('tell of each account how far its list of events was read, and nothing of accounts that are gone', async () => {
    await app.query(
      `INSERT INTO providers.event_marks (account, read_until) VALUES ('gone', now())`,
    );
    await runJob(app, 'read-lost-notifications');
    const ageOf = (account: string) => `kassa_event_list_age_seconds{account="${account}"}`;
    for (const account of ['paypal', 'paypro']) {
      await eventuallyReads(ageOf(account), (age) => age >= 0 && age < 60);
    }
    expect(valueOf(await scrape(metrics), ageOf('gone'))).toBeNull();
  });

  it('tell about the process and its connections, on an address of their own', async () => {
    const page = await scrape(metrics);
    expect(valueOf(page, 'kassa_database_up')).toBe(1);
    expect(valueOf(page, 'kassa_database_connections_max')).toBe(10);
    expect(valueOf(page, 'kassa_database_waiting')).toBe(0);
    expect(valueOf(page, 'nodejs_eventloop_lag_p99_seconds')).not.toBeNull();
    expect(await lookAt(metrics, '/health/live')).toMatchObject({ status: 200 });
    expect(await lookAt(metrics, '/health/ready')).toMatchObject({ status: 200 });
    expect(await lookAt(metrics, '/api/payments')).toMatchObject({ status: 404 });
    expectStatus(await call(app, 'GET', '/metrics', { key: app.keys.staff }), 404);
  });
});

describe('a process beside it', () => {
  let proxy: SilentProxy;
  beforeAll(async () => {
    proxy = await startSilentProxy(app.databaseUrl);
  });
  afterAll(() => proxy?.close());

  it('that works on jobs alone tells about itself, and that it is ready', async () => {
    const log = new LogLines();
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), METRICS_PORT: '0' };
    const worker = await startWorker(configOf(settings), log);
    try {
      const at = metricsOf(log.lines);
      expect(await lookAt(at, '/health/ready')).toMatchObject({ status: 200 });
      expect(valueOf(await scrape(at), 'kassa_operations{state="unsettled"}')).not.toBeNull();
    } finally {
      await worker.close();
    }
  });

  it('tells the rest when its database is gone, and no old numbers', async () => {
    const log = new LogLines();
    const settings = { ...settingsFor(proxy.url, app.sandboxUrl), METRICS_PORT: '0' };
    const cutOff = await startApp(configOf({ ...settings, RUN_JOBS: 'false' }), log);
    try {
      const at = metricsOf(log.lines);
      expect(valueOf(await scrape(at), 'kassa_database_up')).toBe(1);
      await proxy.close();
      const page = await eventually(
        () => scrape(at),
        (told) => valueOf(told, 'kassa_database_up') === 0,
      );
      expect(valueOf(page, 'kassa_operations{state="unsettled"}')).toBeNull();
      expect(valueOf(page, 'process_resident_memory_bytes')).toBeGreaterThan(0);
      expect(await lookAt(at, '/health/ready')).toMatchObject({ status: 503 });
      expect(await lookAt(at, '/health/live')).toMatchObject({ status: 200 });
    } finally {
      await cutOff.close();
    }
  });

  it('does not start where another program has the port, and says so', async () => {
    const settings = settingsFor(app.databaseUrl, app.sandboxUrl);
    const taken = { ...settings, METRICS_PORT: new URL(metrics.url).port };
    const started = startApp(configOf(taken), createLogger('silent'));
    await expect(started).rejects.toThrow('METRICS_PORT: cannot be listened on (EADDRINUSE)');
  });
});
