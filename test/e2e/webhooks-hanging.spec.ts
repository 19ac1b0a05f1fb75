import { valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { endpointsOf, endWebhookPauses, relayed, webhooksIdle } from '../support/webhook-endpoints';
import { startWebhookListener, type WebhookListener } from '../support/webhook-listener';

/** Events of as many subjects, so that each is a chain of its own. */
const EVENTS = 20;
/** Enough to tell those that failed before from the others. */
const FEW = 5;
/** Less than one attempt at a receiver that hangs. */
const HEALTHY_WITHIN_MS = 10_000;

describe('receivers that do not answer', () => {
  let app: TestApp;
  let endpoints: ReturnType<typeof endpointsOf>;
  const listeners: WebhookListener[] = [];
  beforeAll(async () => {
    app = await startTestApp({ settings: { DEMO: 'true', JOBS_AT_ONCE: '4' } });
    endpoints = endpointsOf(app);
  });
  afterEach(async () => {
    await app.query('DELETE FROM webhooks.endpoints');
    for (const one of listeners.splice(0)) await one.close();
  });
  afterAll(() => app?.close());

  async function listen(): Promise<WebhookListener> {
    const listener = await startWebhookListener();
    listeners.push(listener);
    return listener;
  }

  const publish = (count: number) =>
    app.query(
      `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
       SELECT gen_random_uuid(), 'test.happened', 'test', gen_random_uuid(), 1, '{}'
       FROM generate_series(1, $1)`,
      [count],
    );

  /** A later event of every subject that was told of. */
  const publishBehind = () =>
    app.query(
      `INSERT INTO platform.events (id, type, subject_kind, subject_id, subject_seq, data)
       SELECT gen_random_uuid(), 'test.happened', 'test', subject_id, 2, '{}' FROM webhooks.deliveries`,
    );

  const endProbePauses = () => app.query('UPDATE webhooks.endpoints SET next_probe_at = now()');

  const shown = async (id: string) => (await endpoints.as('GET', `/${id}`)).body;

  it('hold up nobody who does, once three attempts were in vain', async () => {
    const healthy = await listen();
    for (let n = 0; n < 4; n++) {
      const hanging = await listen();
      hanging.answer = () => ({ status: 200, isSilent: true });
      await endpoints.make({ url: hanging.url });
    }
    await app.query(
      `UPDATE webhooks.endpoints SET unanswered = 3, failing_since = now(),
         next_probe_at = now() + interval '10 minutes'`,
    );
    await publish(EVENTS);
    await relayed(app);
    await endpoints.make({ url: healthy.url });
    await publish(EVENTS);
    await eventually(
      () => Promise.resolve(healthy.received.length),
      (count) => count === EVENTS,
      HEALTHY_WITHIN_MS,
    );
    const hung = listeners.slice(1).map(({ received }) => received.length);
    expect(hung).toEqual([0, 0, 0, 0]);
  });

  it('are tried with one delivery at a time', async () => {
    const hanging = await listen();
    hanging.answer = () => ({ status: 200, isSilent: true });
    const { id } = await endpoints.make({ url: hanging.url });
    await app.query(
      `UPDATE webhooks.endpoints SET unanswered = 3, failing_since = now(), next_probe_at = now()`,
    );
    await publish(EVENTS);
    await relayed(app);
    await eventually(
      () => Promise.resolve(hanging.received.length),
      (count) => count === 1,
    );
    const waiting = `SELECT count(*)::int AS waiting FROM graphile_worker._private_jobs
      WHERE locked_at IS NULL AND run_at > now() 
      AND key IN (SELECT 'webhook:' || id || ':' || round FROM webhooks.deliveries)`;
    await eventually(
      async () => (await app.query(waiting))[0]?.['waiting'],
      (count) => Number(count) > 0,
    );
    expect(hanging.received).toHaveLength(1);
    const told = await endpoints.deliveries(id);
    expect(told.map((one) => valueAt(one, 'attempts'))).toEqual(Array(EVENTS).fill(0));
  });

  it('are told of everything as soon as they answer one delivery, and show since when they did not', async () => {
    const gone = await listen();
    const { id } = await endpoints.make({ url: gone.url });
    await gone.close();
    await publish(EVENTS);
    await relayed(app);
    await webhooksIdle(app);
    const failing = await shown(id);
    expect(Date.parse(textOf(failing, 'failing_since'))).toBeLessThanOrEqual(Date.now());
    const attempts = (await endpoints.deliveries(id)).map((one) =>
      Number(valueAt(one, 'attempts')),
    );
    const tried = attempts.filter((count) => count > 0).length;
    expect(tried).toBeGreaterThanOrEqual(3);
    expect(tried).toBeLessThan(EVENTS);

    const back = await startWebhookListener('127.0.0.1', gone.port);
    listeners.push(back);
    await endProbePauses();
    await endWebhookPauses(app);
    await eventually(
      () => endpoints.deliveries(id, '?state=delivered'),
      (all) => all.length === EVENTS,
    );
    expect(await shown(id)).toMatchObject({ failing_since: null });
  });

  /** Some were tried and wait for hours, with later ones behind them; the others wait for the silence alone. */
  async function silencedAfterErrors(listener: WebhookListener): Promise<void> {
    listener.answer = () => ({ status: 503, headers: { 'retry-after': '36000' } });
    await endpoints.make({ url: listener.url });
    await publish(FEW);
    await eventually(triedCount, (count) => count === FEW);
    await app.query(
      `UPDATE webhooks.endpoints SET unanswered = 3, failing_since = now(),
         next_probe_at = now() + interval '10 minutes'`,
    );
    await publishBehind();
    await publish(FEW);
    await webhooksIdle(app);
    expect(await triedCount()).toBe(FEW);
  }

  const triedCount = async () => {
    const sql = 'SELECT count(*)::int AS tried FROM webhooks.deliveries WHERE attempts > 0';
    return Number((await app.query(sql))[0]?.['tried']);
  };

  /** Tries one delivery that waits for the silence alone; all others keep their times. */
  async function probe(): Promise<void> {
    await endProbePauses();
    const [tried] = await app.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = (
         SELECT 'webhook:' || id || ':' || round FROM webhooks.deliveries
         WHERE attempts = 0 AND subject_seq = 1 LIMIT 1) RETURNING id`,
    );
    expect(tried).toBeDefined();
  }

  it('keep the pauses of what failed before when they answer an error, and are told what waited for them', async () => {
    const flapping = await listen();
    await silencedAfterErrors(flapping);
    await probe();
    await eventually(triedCount, (count) => count === 2 * FEW);
    await webhooksIdle(app);
    const told = await app.query(
      `SELECT subject_seq, attempts, next_attempt_at > now() + interval '9 hours' AS is_paused,
         count(*)::int AS count FROM webhooks.deliveries GROUP BY 1, 2, 3 ORDER BY 1, 2`,
    );
    expect(told).toEqual([
      { subject_seq: 1, attempts: 1, is_paused: true, count: 2 * FEW },
      { subject_seq: 2, attempts: 0, is_paused: false, count: FEW },
    ]);
    expect(flapping.received).toHaveLength(2 * FEW);
  });

  it('are told what failed before as well once they take one delivery', async () => {
    const back = await listen();
    await silencedAfterErrors(back);
    back.answer = () => ({ status: 200 });
    await probe();
    const left = `SELECT count(*)::int AS left FROM webhooks.deliveries WHERE state = 'pending'`;
    await eventually(
      async () => (await app.query(left))[0]?.['left'],
      (count) => count === 0,
    );
  });

  it('are tried afresh at another URL', async () => {
    const gone = await listen();
    const { id } = await endpoints.make({ url: gone.url });
    await gone.close();
    await publish(EVENTS);
    await relayed(app);
    await webhooksIdle(app);
    const moved = await listen();
    const changed = await endpoints.as('PATCH', `/${id}`, { url: moved.url });
    expect(changed.body).toMatchObject({ failing_since: null });
    await eventually(
      () => Promise.resolve(new Set(moved.received.map(({ headers }) => headers['webhook-id']))),
      (seen) => seen.size === EVENTS,
    );
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
