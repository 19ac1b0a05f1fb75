import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type NewNotification,
  NotificationsRepository,
} from '../../src/providers/notifications/storage/notifications.repository';
import { StoreNotifications } from '../../src/providers/notifications/store-notifications';
import { createLogger } from '../../src/platform/logging/logger';
import { showId } from '../../src/shared/id';
import { createApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import { runJob } from '../support/notifications';
import { expectStatus, makePayment } from '../support/payments';
import { sandboxOf } from '../support/sandbox';

let app: TestApp;
let parts: NestFastifyApplication;
let made = 0;

beforeAll(async () => {
  // With fewer hands forty slow jobs take longer than anybody waits here.
  app = await startTestApp({ settings: { SWEEP_INTERVAL_MS: '60000', JOBS_AT_ONCE: '8' } });
  const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
  parts = await createApp(configOf(settings), createLogger('silent'));
  await parts.init();
});

afterEach(() => sandboxOf(app).dropFaults());

afterAll(async () => {
  await parts?.close();
  await app?.close();
});

/** A verified event of its own, about nothing that we know. */
function anEvent(given: Partial<NewNotification> = {}): NewNotification {
  made++;
  return {
    account: 'paypro',
    eventId: `EV${made}`,
    eventType: 'payment.paid',
    kind: 'payment',
    paymentIds: [`PPUNKNOWN${made}`],
    objectIds: [],
    references: [],
    transmissionId: null,
    body: '{}',
    occurredAt: null,
    source: 'delivery',
    ...given,
  };
}

const store = (events: readonly NewNotification[]) =>
  parts.get(NotificationsRepository).store(events);

async function rowOf({ account, eventId }: NewNotification) {
  const [row] = await app.query(
    `SELECT id, state, attempts, error FROM providers.notifications WHERE account = $1 AND event_id = $2`,
    [account, eventId],
  );
  return row;
}

/** As soon as it was tried; one about nothing that we know then waits for the next try. */
const tried = (event: NewNotification, times = 1) =>
  eventually(
    () => rowOf(event),
    (row) => Number(row?.['attempts']) >= times,
  );

const change = (event: NewNotification, set: string) =>
  app.query(`UPDATE providers.notifications SET ${set} WHERE event_id = $1`, [event.eventId]);

const jobsOf = (id: unknown) =>
  app.query(
    `SELECT id, key FROM graphile_worker._private_jobs WHERE payload ->> 'id' = $1 AND attempts < max_attempts`,
    [id],
  );

function replay(id: unknown) {
  const path = `/api/notifications/${showId('ntf', String(id))}/replay`;
  return call(app, 'POST', path, { key: app.keys.staff });
}

describe('the jobs of notifications', () => {
  it('of one provider are not kept waiting by forty of another that answers slowly', async () => {
    const slow = await makePayment(app, 'paypro');
    const quick = await makePayment(app, 'paypal');
    const delay = { kind: 'delay', delay_ms: 3_000, times: 40, match: { method: 'GET' } };
    await sandboxOf(app).fault('paypro', delay);
    const forty = Array.from({ length: 40 }, () => anEvent({ paymentIds: [slow.providerId] }));
    await store(forty);
    const one = anEvent({ account: 'paypal', paymentIds: [quick.providerId] });
    await store([one]);
    await eventually(
      () => rowOf(one),
      (row) => row?.['state'] === 'applied',
    );
    // One account may not take all hands: most of the forty are still waiting when the one is done.
    const [waiting] = await app.query(
      `SELECT count(*)::int AS of_forty FROM providers.notifications
       WHERE state = 'pending' AND $1 = ANY(payment_ids)`,
      [slow.providerId],
    );
    expect(waiting?.['of_forty']).toBeGreaterThan(20);
    const [counted] = await app.query(
      `SELECT max(attempts) AS most FROM providers.notifications WHERE $1 = ANY(payment_ids)`,
      [slow.providerId],
    );
    expect(Number(counted?.['most'])).toBeLessThanOrEqual(1);
    // The next test is not to wait behind the rest of them.
    await sandboxOf(app).dropFaults();
    await Promise.all(forty.map((event) => tried(event)));
  });

  it('are one, however often staff ask for another try', async () => {
    const event = anEvent();
    await store([event]);
    const before = await tried(event);
    const answers = await Promise.all(Array.from({ length: 20 }, () => replay(before?.['id'])));
    for (const answer of answers) expectStatus(answer, 202);
    await tried(event, 2);
    const jobs = await eventually(
      () => jobsOf(before?.['id']),
      (rows) => rows.length === 1,
    );
    expect(jobs).toEqual([
      expect.objectContaining({ key: `notification:${String(before?.['id'])}` }),
    ]);
  });

  it('run at once for staff, and try for a whole day again', async () => {
    const event = anEvent();
    await store([event]);
    const row = await tried(event);
    await change(event, `state = 'unmatched', settled_at = now()`);
    await change(event, `created_at = now() - interval '25 hours'`);
    await app.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 hour' WHERE payload ->> 'id' = $1`,
      [row?.['id']],
    );
    expectStatus(await replay(row?.['id']), 202);
    expect(await tried(event)).toMatchObject({ state: 'pending', attempts: 1 });
  });

  it.each([
    ['is gone', 'DELETE FROM graphile_worker._private_jobs'],
    ['used up its tries', 'UPDATE graphile_worker._private_jobs SET attempts = max_attempts'],
  ])('are made anew by a round when the only one %s', async (_what, lose) => {
    const { providerId } = await makePayment(app, 'paypro');
    const event = anEvent();
    await store([event]);
    const row = await tried(event);
    await app.query(`${lose} WHERE payload ->> 'id' = $1`, [row?.['id']]);
    await change(event, `payment_ids = ARRAY['${providerId}']`);
    await runJob(app, 'requeue-lost-notifications');
    expect(await rowOf(event)).toMatchObject({ state: 'pending' });
    await change(event, `next_try_at = now() - interval '11 minutes'`);
    await runJob(app, 'requeue-lost-notifications');
    await eventually(
      () => rowOf(event),
      (found) => found?.['state'] === 'applied',
    );
  });
});

it('leaves alone what is overdue while its job still waits', async () => {
  const event = anEvent();
  await store([event]);
  const row = await tried(event);
  await app.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 hour' WHERE payload ->> 'id' = $1`,
    [row?.['id']],
  );
  await change(event, `next_try_at = now() - interval '11 minutes'`);
  await runJob(app, 'requeue-lost-notifications');
  await tried(event);
  const overdue = await app.query(
    `SELECT 1 FROM providers.notifications WHERE event_id = $1 AND next_try_at < now() - interval '10 minutes'`,
    [event.eventId],
  );
  expect(overdue).toHaveLength(1);
});

describe('what is stored', () => {
  it('is one event for one transmission, and a repeat of it is welcome', async () => {
    const inbox = parts.get(StoreNotifications);
    const one = anEvent({ transmissionId: 'T1' });
    await inbox.store(one);
    await inbox.store(one);
    const other = anEvent({ transmissionId: 'T1' });
    await expect(inbox.store(other)).rejects.toMatchObject({ code: 'notification_forged' });
    expect(await rowOf(other)).toBeUndefined();
    await inbox.store({ ...other, account: 'paypal' });
  });

  it('is one of many events that come with one transmission at the same moment', async () => {
    const inbox = parts.get(StoreNotifications);
    const events = Array.from({ length: 10 }, () => anEvent({ transmissionId: 'T2' }));
    const results = await Promise.allSettled(events.map((one) => inbox.store(one)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('holds no body', async () => {
    const event = anEvent({ body: '{"payer":"Walter Sobchak"}' });
    await store([event]);
    const rows = await app.query('SELECT * FROM providers.notifications WHERE event_id = $1', [
      event.eventId,
    ]);
    expect(JSON.stringify(rows)).not.toContain('Sobchak');
    expect(rows[0]?.['body_sha256']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is forgotten after ninety days, unless it waits for people', async () => {
    const states = ['applied', 'ignored', 'unmatched', 'failed', 'applied'];
    const events = states.map(() => anEvent());
    await store(events);
    for (const [i, event] of events.entries()) {
      const days = i === 4 ? 89 : 91;
      await tried(event);
      await change(event, `state = '${states[i]}', settled_at = now()`);
      await change(event, `created_at = now() - interval '${days} days'`);
    }
    await runJob(app, 'forget-notifications');
    const left = await Promise.all(events.map(rowOf));
    expect(left.map((row) => row?.['state'])).toEqual([
      undefined,
      undefined,
      'unmatched',
      'failed',
      'applied',
    ]);
  });

  it('is listed by any state without reading all of it', async () => {
    await app.query(
      `INSERT INTO providers.notifications (id, account, event_id, event_type, kind, payment_ids, object_ids, refs,
         body_sha256, source, state, settled_at)
       SELECT gen_random_uuid(), 'paypal', 'MANY' || i, 'A', 'other', '{}', '{}', '{}', '', 'list',
         CASE WHEN i % 100 = 0 THEN 'ignored' ELSE 'applied' END, now() FROM generate_series(1, 20000) AS i`,
    );
    await app.query('ANALYZE providers.notifications');
    for (const state of ['pending', 'applied', 'ignored', 'unmatched', 'failed']) {
      const plan = await app.query(
        `EXPLAIN SELECT * FROM providers.notifications WHERE state = '${state}'
         ORDER BY created_at DESC, id DESC LIMIT 20`,
      );
      expect(JSON.stringify(plan)).not.toContain('Seq Scan');
    }
  });
});
