import { textAt, valueAt } from '../../src/shared/json';
import { PAYPRO_KEY, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { uuidOf } from '../support/integration-parts';
import {
  appliedNotificationsOf,
  endJobPauses,
  listen,
  listNotifications,
  notificationsOf,
} from '../support/notifications';
import { brokenPromises } from '../support/promises';
import {
  captureIdOf,
  command,
  create,
  expectProblem,
  expectStatus,
  makePayment,
  makePressed,
  show,
  story,
} from '../support/payments';
import { pressOnPayPage } from '../support/pay-page';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

let app: TestApp;
let sandbox: ReturnType<typeof sandboxOf>;

beforeAll(async () => {
  // The sweeper sleeps: what these tests see was done by a notification.
  app = await startTestApp({ settings: { SWEEP_INTERVAL_MS: '60000' } });
  sandbox = sandboxOf(app);
  await listen(app);
});

afterEach(() => sandbox.dropFaults());

afterAll(() => app.close());

/** The payment as soon as it is in this state, with nobody asking the provider for it. */
const becomes = (id: string, state: string) =>
  eventually(
    () => show(app, id),
    ({ body }) => textAt(body, 'state') === state,
  );

describe('a notification', () => {
  it('makes a PayPro payment paid although the payer never comes back', async () => {
    const { id } = await makePressed(app, 'paypro', 'pay_no_return');
    const paid = await becomes(id, 'paid');
    expect(valueAt(paid.body, 'captured_amount')).toBe(1000);
    expect(await story(app, id)).toContain('state: paid');
  });

  it('of a payer who agreed leaves a PayPal payment open and approvable', async () => {
    const { id } = await makePressed(app, 'paypal', 'pay_no_return');
    const agreed = await eventually(
      () => show(app, id),
      ({ body }) => textAt(body, 'payer_agreed_at') !== null,
    );
    expect(textAt(agreed.body, 'state')).toBe('open');
    expect(await sandbox.ledgerOf(id)).toEqual([]);
    const told = await app.query(
      `SELECT 1 FROM platform.events WHERE type = 'payment.approvable' AND subject_id = $1`,
      [uuidOf(id)],
    );
    expect(told).toHaveLength(1);
    expectStatus(await command(app, id, 'approve'), 200);
  });

  it('takes the money once where auto_approve says so, with the shop approving at the same time', async () => {
    const { id, checkoutUrl } = await makePayment(app, 'paypal', { auto_approve: true });
    await pressOnPayPage(checkoutUrl, 'pay_notify_twice');
    const answers = await Promise.all([command(app, id, 'approve'), command(app, id, 'approve')]);
    for (const answer of answers) expectStatus(answer, 200, 202);
    await becomes(id, 'paid');
    expect(await sandbox.ledgerOf(id)).toHaveLength(1);
  });

  it('takes the money where auto_approve says so and nobody ever comes back', async () => {
    const { id } = await makePressed(app, 'paypal', 'pay_no_return', { auto_approve: true });
    const paid = await becomes(id, 'paid');
    expect(valueAt(paid.body, 'auto_approve')).toBe(true);
    expect(await sandbox.ledgerOf(id)).toHaveLength(1);
  });

  it('tells the end of a capture that was pending', async () => {
    const ends: readonly (readonly ['COMPLETED' | 'DECLINED', string])[] = [
      ['COMPLETED', 'paid'],
      ['DECLINED', 'failed'],
    ];
    for (const [status, state] of ends) {
      const { id } = await makePressed(app, 'paypal', 'pending');
      expectStatus(await command(app, id, 'approve'), 200);
      expect(textOf((await show(app, id)).body, 'state')).toBe('processing');
      await sandbox.settleCapture(await captureIdOf(app, id), status);
      await becomes(id, state);
    }
  });

  it('that comes twice is stored and applied once', async () => {
    const { id, providerId } = await makePressed(app, 'paypro', 'pay_notify_twice');
    await becomes(id, 'paid');
    const seen = await appliedNotificationsOf(app, providerId, 2);
    const paid = seen.filter(({ event_type }) => event_type === 'payment.paid');
    expect(paid).toEqual([expect.objectContaining({ state: 'applied', attempts: 1 })]);
    const moves = (await story(app, id)).filter((line) => line === 'state: paid');
    expect(moves).toHaveLength(1);
  });

  it('of money on a canceled payment makes it paid, in conflict, and booked', async () => {
    const { id, providerId } = await makePayment(app, 'paypro');
    expectStatus(await command(app, id, 'cancel'), 200);
    await sandbox.setPayproState(providerId, 'paid');
    const paid = await becomes(id, 'paid');
    expect(textOf(paid.body, 'conflict')).not.toBe('');
    const booked = await app.query(
      `SELECT 1 FROM customers.ledger_transactions WHERE cause_kind = 'capture' AND cause_id = $1`,
      [`paypro:${providerId}`],
    );
    expect(booked).toHaveLength(1);
    const listed = await call(app, 'GET', '/api/payments?conflict=true', { key: app.keys.staff });
    expect(listOf(listed.body, 'data').map((one) => textOf(one, 'id'))).toContain(id);
  });

  it('tells the id of a payment whose create was never answered', async () => {
    await sandbox.fault('paypro', {
      kind: 'drop_after',
      match: { method: 'POST', path_contains: '/payments' },
    });
    const made = await create(app, { provider: 'paypro' });
    expectStatus(made, 202);
    const known = await becomes(textOf(made.body, 'id'), 'open');
    expect(textAt(known.body, 'checkout_url')).not.toBeNull();
    expect(valueAt(known.body, 'operation')).toBeNull();
  });

  it('is tried again while the provider does not answer', async () => {
    const { id, checkoutUrl, providerId } = await makePayment(app, 'paypro');
    await appliedNotificationsOf(app, providerId);
    await sandbox.fault('paypro', { kind: 'error_before', times: 2, match: { method: 'GET' } });
    await pressOnPayPage(checkoutUrl, 'pay');
    const waiting = await eventually(
      () => notificationsOf(app, providerId),
      (seen) => seen.some(({ error }) => error !== null),
    );
    expect(waiting.at(-1)).toMatchObject({ state: 'pending' });
    await endJobPauses(app);
    await becomes(id, 'paid');
  });
});

describe('what is not genuine', () => {
  const stored = async () => {
    const [row] = await app.query('SELECT count(*)::int AS n FROM providers.notifications');
    return row?.['n'];
  };
  const post = (path: string, raw: string | Buffer, headers: Record<string, string> = {}) =>
    call(app, 'POST', `/api/notifications/${path}`, {
      raw,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const paypalHeaders = {
    'paypal-transmission-id': 'b2c1f1a0-0000-11ee-8000-000000000000',
    'paypal-transmission-time': '2026-11-20T09:00:00Z',
    'paypal-transmission-sig': Buffer.from('no signature').toString('base64'),
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': 'https://evil.example/v1/notifications/certs/CERT-1',
  };

  it('changes nothing and is not stored', async () => {
    const before = await stored();
    const body = JSON.stringify({ id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED' });
    for (const answer of [
      await post('paypal', body),
      await post('paypal', body, paypalHeaders),
      await post('paypro', body),
      await post('paypro', body, { 'paypro-signature': 'aa', 'paypro-timestamp': '1' }),
      await post('paypal', ''),
    ]) {
      expectProblem(answer, 401, 'notification_forged');
    }
    expect(await stored()).toBe(before);
  });

  it('is refused by its size, its type and its address', async () => {
    const before = await stored();
    expectProblem(await post('paypal', Buffer.alloc(256 * 1024 + 1, ' ')), 413, 'body_too_large');
    expectProblem(await post('paypal', Buffer.alloc(256 * 1024, ' ')), 401, 'notification_forged');
    const asText = await post('paypal', '{}', { 'content-type': 'text/plain' });
    expectProblem(asText, 415, 'unsupported_media_type');
    expectProblem(await post('nobody', '{}'), 404, 'notifications_not_configured');
    expect(await stored()).toBe(before);
  });

  it('does not keep the genuine delivery behind it from being applied', async () => {
    const { id, checkoutUrl } = await makePayment(app, 'paypro');
    await sandbox.fault('paypro', { kind: 'notify_forge', times: 5 });
    await pressOnPayPage(checkoutUrl, 'pay_no_return');
    await becomes(id, 'paid');
    const refusals = app.log.filter(({ message }) => message === 'a notification was not genuine');
    expect(refusals.length).toBeGreaterThan(0);
  });
});

describe('the list of notifications', () => {
  it('is for staff', async () => {
    expectProblem(
      await call(app, 'GET', '/api/notifications', { key: app.keys.user }),
      403,
      'forbidden',
    );
    const path = '/api/notifications/019aa5c8-fc00-7000-8000-00000000ffff';
    const answer = await call(app, 'GET', path, { key: app.keys.staff });
    expectProblem(answer, 404, 'notification_not_found');
  });

  it('shows an event of no payment of ours, tries it for a day, and then leaves it to people', async () => {
    const providerId = await foreignPayment();
    await eventually(
      () => notificationsOf(app, providerId),
      (seen) => seen.some(({ error }) => error !== null),
    );
    await app.query(
      `UPDATE providers.notifications SET created_at = created_at - interval '25 hours' WHERE $1 = ANY(payment_ids)`,
      [providerId],
    );
    await eventually(
      async () => {
        await endJobPauses(app);
        return notificationsOf(app, providerId);
      },
      (seen) => seen.every(({ state }) => state === 'unmatched'),
    );
    const listed = await listNotifications(app, '?state=unmatched&provider=paypro');
    const ids = listOf(listed.body, 'data').map((one) => textOf(one, 'id'));
    const [first] = await notificationsOf(app, providerId);
    expect(ids).toContain(first?.id);
    expect(JSON.stringify(listed.body)).not.toContain('payload');
  });

  it('shows a second payment that the provider made for one of ours: the payer may pay twice', async () => {
    const { id } = await makePayment(app, 'paypro');
    const second = await foreignPayment({ kassa_payment: id });
    const [seen] = await eventually(
      () => notificationsOf(app, second),
      (all) => all.some(({ error }) => error !== null),
    );
    expect(seen?.error).toContain(`another payment at the provider than ${id} has`);
    expect(seen?.state).toBe('pending');
  });

  it('lets staff apply one again, once for one key', async () => {
    const { providerId } = await makePressed(app, 'paypro', 'pay');
    const [one] = await appliedNotificationsOf(app, providerId);
    const replay = () =>
      call(app, 'POST', `/api/notifications/${one?.id}/replay`, {
        key: app.keys.staff,
        headers: { 'Idempotency-Key': `replay-${one?.id}` },
      });
    await sandbox.clearCalls();
    expectStatus(await replay(), 202);
    await appliedNotificationsOf(app, providerId);
    const again = await replay();
    expect(again.headers['idempotent-replayed']).toBe('true');
    const reads = (await sandbox.calls()).filter(({ path }) => path.includes(providerId));
    expect(reads).toHaveLength(1);
  });

  /** A payment that somebody made at the gateway by hand. */
  async function foreignPayment(metadata: object = {}): Promise<string> {
    const payment = {
      amount: 500,
      currency: 'EUR',
      description: 'By hand',
      pay_methods: ['ideal'],
    };
    const made = await call({ url: app.sandboxUrl }, 'POST', '/paypro/payments', {
      key: PAYPRO_KEY,
      body: { ...payment, metadata },
    });
    expectStatus(made, 201);
    return textOf(made.body, 'id');
  }
});

it('keeps what holds for every answer', () => {
  expect(brokenPromises(app)).toEqual([]);
});
