import { RefreshPayment } from '../../src/modules/payments/actions/refresh-payment';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { openParts, uuidOf } from '../support/integration-parts';
import { appliedNotificationsOf, listen, runJob } from '../support/notifications';
import { brokenPromises } from '../support/promises';
import {
  command,
  expectProblem,
  expectStatus,
  makePayment,
  makePressed,
  show,
} from '../support/payments';
import { type PayAction, pressOnPayPage } from '../support/pay-page';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

let app: TestApp;
let sandbox: ReturnType<typeof sandboxOf>;

beforeAll(async () => {
  app = await startTestApp({
    settings: { SWEEP_INTERVAL_MS: '60000', PAYPAL__APPROVAL_WINDOW_HOURS: '0' },
  });
  sandbox = sandboxOf(app);
});

afterEach(() => sandbox.dropFaults());

afterAll(() => app.close());

/** As if the time of the next look had come. */
async function isDue(id: string): Promise<void> {
  await app.query('UPDATE payments.payments SET next_look_at = now() WHERE id = $1', [uuidOf(id)]);
}

const stateOf = async (id: string) => textOf((await show(app, id)).body, 'state');

describe('the watch over unfinished payments', () => {
  it('finds what was paid although nobody said so, at either provider', async () => {
    const paypro = await makePressed(app, 'paypro', 'pay');
    const paypal = await makePressed(app, 'paypal', 'pay', { auto_approve: true });
    await Promise.all([isDue(paypro.id), isDue(paypal.id)]);
    await runJob(app, 'watch-payments');
    expect(await stateOf(paypro.id)).toBe('paid');
    expect(await stateOf(paypal.id)).toBe('paid');
    expect(await sandbox.ledgerOf(paypal.id)).toHaveLength(1);
    const path = `/api/payments/${paypal.id}/timeline`;
    const told = await call(app, 'GET', path, { key: app.keys.user });
    const paid = listOf(told.body, 'data').find((one) => textOf(one, 'what') === 'paid');
    expect(paid).toMatchObject({ kind: 'state', actor: 'kassa' });
  });

  it('takes no money without auto_approve', async () => {
    const { id } = await makePressed(app, 'paypal', 'pay');
    await isDue(id);
    await runJob(app, 'watch-payments');
    expect(await stateOf(id)).toBe('open');
    expect(await sandbox.ledgerOf(id)).toEqual([]);
  });

  it('lets an abandoned payment expire once the provider says so, and deletes nothing', async () => {
    const paypal = await makePressed(app, 'paypal', 'expire');
    const paypro = await makePressed(app, 'paypro', 'expire');
    await Promise.all([isDue(paypal.id), isDue(paypro.id)]);
    await runJob(app, 'watch-payments');
    expect(await stateOf(paypal.id)).toBe('expired');
    expect(await stateOf(paypro.id)).toBe('expired');
  });

  it('leaves a payment alone until its time has come, and an ended one for good', async () => {
    const open = await makePayment(app, 'paypro');
    const ended = await makePayment(app, 'paypro');
    expectStatus(await command(app, ended.id, 'cancel'), 200);
    await isDue(ended.id);
    await sandbox.clearCalls();
    await runJob(app, 'watch-payments');
    const paths = (await sandbox.calls()).map(({ path }) => path).join(' ');
    expect(paths).not.toContain(open.providerId);
    expect(paths).not.toContain(ended.providerId);
  });

  it('comes back to a payment that could not be asked about', async () => {
    const { id } = await makePressed(app, 'paypro', 'pay');
    await sandbox.fault('paypro', { kind: 'error_before', match: { method: 'GET' } });
    await isDue(id);
    await runJob(app, 'watch-payments');
    expect(await stateOf(id)).toBe('open');
    const [row] = await app.query(
      'SELECT looks, next_look_at > now() AS is_planned FROM payments.payments WHERE id = $1',
      [uuidOf(id)],
    );
    expect(row).toEqual({ looks: 1, is_planned: true });
    await isDue(id);
    await runJob(app, 'watch-payments');
    expect(await stateOf(id)).toBe('paid');
  });
});

describe('a provider that does not answer', () => {
  const planOf = async (id: string) => {
    const [row] = await app.query(
      `SELECT looks, next_look_at <= now() AS is_due, next_look_at < now() + interval '3 minutes' AS is_soon
       FROM payments.payments WHERE id = $1`,
      [uuidOf(id)],
    );
    return row;
  };

  it('costs an old payment no turn', async () => {
    const { id } = await makePressed(app, 'paypro', 'pay');
    await app.query(
      `UPDATE payments.payments SET created_at = now() - interval '2 days', next_look_at = now() WHERE id = $1`,
      [uuidOf(id)],
    );
    await sandbox.fault('paypro', { kind: 'error_before', match: { method: 'GET' } });
    await runJob(app, 'watch-payments');
    expect(await planOf(id)).toMatchObject({ looks: 1, is_soon: true });
  });

  it('is left alone while its pause lasts, and nobody loses a turn by that', async () => {
    const { id } = await makePressed(app, 'paypro', 'pay');
    await sandbox.fault('paypro', { kind: 'error_before', times: 10, match: { method: 'GET' } });
    for (let call = 0; call < 10; call++) await command(app, id, 'refresh');
    await isDue(id);
    await runJob(app, 'watch-payments');
    expect(await planOf(id)).toMatchObject({ looks: 0, is_due: true });
    await eventually(
      () => command(app, id, 'refresh'),
      ({ status }) => status === 200,
      15_000,
    );
  });
});

describe('taking the money by itself', () => {
  const capturesOf = async (providerId: string) =>
    (await sandbox.calls()).filter(({ path }) => path.endsWith(`${providerId}/capture`));

  async function lookTwice(id: string): Promise<void> {
    for (let look = 0; look < 2; look++) {
      await isDue(id);
      await runJob(app, 'watch-payments');
    }
  }

  it('is tried once: after a refusal the shop decides', async () => {
    const refusals: readonly (readonly [PayAction, string | null])[] = [
      ['decline', null],
      ['pay', 'unauthorized'],
    ];
    for (const [action, fault] of refusals) {
      const made = await makePressed(app, 'paypal', action, { auto_approve: true });
      const match = { path_contains: '/capture' };
      if (fault !== null) await sandbox.fault('paypal', { kind: fault, times: 2, match });
      await lookTwice(made.id);
      const asked = await capturesOf(made.providerId);
      const keys = new Set(asked.map(({ requestId }) => requestId));
      expect([...keys]).toHaveLength(1);
      await pressOnPayPage(made.checkoutUrl, 'pay');
      expectStatus(await command(app, made.id, 'approve'), 200);
    }
  });

  it('is not tried again after a person called it failed', async () => {
    const { id, providerId } = await makePressed(app, 'paypal', 'pay', { auto_approve: true });
    await sandbox.fault('paypal', { kind: 'error_before', match: { path_contains: '/capture' } });
    await isDue(id);
    await runJob(app, 'watch-payments');
    await app.query(
      `UPDATE payments.operations SET state = 'needs_review', lease_until = now()
       WHERE payment_id = $1 AND kind = 'capture'`,
      [uuidOf(id)],
    );
    const [operation] = await app.query(
      `SELECT id FROM payments.operations WHERE payment_id = $1 AND kind = 'capture'`,
      [uuidOf(id)],
    );
    const resolved = await call(
      app,
      'POST',
      `/api/operations/${String(operation?.['id'])}/resolve`,
      {
        key: app.keys.staff,
        body: { decision: 'failed', note: 'The bank says that nothing was taken.' },
      },
    );
    expectStatus(resolved, 200);
    await sandbox.clearCalls();
    await lookTwice(id);
    expect(await capturesOf(providerId)).toEqual([]);
    expect(await sandbox.ledgerOf(id)).toEqual([]);
  });
});

describe('a reading that does not fit', () => {
  it('is forgotten when the next one fits, so that the payer can still pay', async () => {
    const { id } = await makePressed(app, 'paypal', 'pay');
    await sandbox.fault('paypal', { kind: 'wrong_amount', times: 2, match: { method: 'GET' } });
    await command(app, id, 'refresh');
    expect(textOf((await show(app, id)).body, 'conflict')).toBe('amount_mismatch');
    expectProblem(await command(app, id, 'approve'), 409, 'payment_mismatch');
    expect(await sandbox.ledgerOf(id)).toEqual([]);
    expectStatus(await command(app, id, 'refresh'), 200);
    expect((await show(app, id)).body).toMatchObject({ conflict: null, state: 'open' });
    const told = await app.query(
      `SELECT type FROM platform.events WHERE subject_id = $1 AND type LIKE 'payment.conflict%' ORDER BY subject_seq`,
      [uuidOf(id)],
    );
    expect(told.map(({ type }) => type)).toEqual(['payment.conflict', 'payment.conflict_ended']);
    expectStatus(await command(app, id, 'approve'), 200);
  });

  it('under an id that was merely named says nothing about the payment', async () => {
    const parts = await openParts(app);
    try {
      const { id } = await makePayment(app, 'paypal');
      await app.query(
        `UPDATE payments.payments SET created_at = now() - interval '4 hours' WHERE id = $1`,
        [uuidOf(id)],
      );
      const known = await parts.get(PaymentQueries, { strict: false }).get(uuidOf(id));
      const refresh = parts.get(RefreshPayment, { strict: false });
      const input = { cause: 'notification', actor: 'kassa', hint: 'NOBODYS0ORDER0000' };
      await refresh.execute({ ...input, payment: { ...known, provider_payment_id: null } });
      expect(await stateOf(id)).toBe('open');
    } finally {
      await parts.close();
    }
  });
});

describe('a notification that was lost', () => {
  it('is found in the list of events of either provider', async () => {
    await listen(app);
    await sandbox.fault('paypal', { kind: 'notify_drop', times: 100 });
    await sandbox.fault('paypro', { kind: 'notify_drop', times: 100 });
    const paypro = await makePressed(app, 'paypro', 'pay');
    const paypal = await makePressed(app, 'paypal', 'pay', { auto_approve: true });
    await runJob(app, 'read-lost-notifications');
    for (const { id } of [paypro, paypal]) {
      await eventually(
        () => stateOf(id),
        (state) => state === 'paid',
      );
    }
    const found = await app.query(
      `SELECT DISTINCT source FROM providers.notifications WHERE $1 = ANY(payment_ids)`,
      [paypro.providerId],
    );
    expect(found).toEqual([{ source: 'list' }]);
    await runJob(app, 'read-lost-notifications');
    const [{ times } = { times: 0 }] = await app.query(
      `SELECT count(*)::int AS times FROM providers.notifications
       WHERE $1 = ANY(payment_ids) AND event_type = 'payment.paid'`,
      [paypro.providerId],
    );
    expect(times).toBe(1);
  });
});

describe('waiting for a change', () => {
  const waitFor = (id: string, query: string) =>
    call(app, 'GET', `/api/payments/${id}?${query}`, { key: app.keys.user });

  it('answers as soon as the payment changes', async () => {
    const { id, checkoutUrl, providerId } = await makePayment(app, 'paypro');
    await appliedNotificationsOf(app, providerId);
    const startedMs = performance.now();
    const waiting = waitFor(id, 'wait=20');
    await pressOnPayPage(checkoutUrl, 'pay_no_return');
    expect(textOf((await waiting).body, 'state')).toBe('paid');
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  it('asks nobody and answers after its time', async () => {
    const { id, providerId } = await makePayment(app, 'paypal');
    await sandbox.clearCalls();
    const startedMs = performance.now();
    const answer = await waitFor(id, 'wait=1');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1_000);
    expect(textOf(answer.body, 'state')).toBe('open');
    const asked = (await sandbox.calls()).filter(({ path }) => path.includes(providerId));
    expect(asked).toEqual([]);
  });

  it('answers at once what has ended or is not in the state that the caller knows', async () => {
    const { id } = await makePayment(app, 'paypro');
    const startedMs = performance.now();
    const other = await waitFor(id, 'wait=20&known_state=initialized');
    expect(textOf(other.body, 'state')).toBe('open');
    expectStatus(await command(app, id, 'cancel'), 200);
    const ended = await waitFor(id, 'wait=20');
    expect(textOf(ended.body, 'state')).toBe('canceled');
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  it('takes 0 to 20 seconds and shows nobody else’s payment', async () => {
    const { id } = await makePayment(app, 'paypro');
    for (const query of ['wait=21', 'wait=-1', 'wait=x', 'wait=1&known_state=lost', 'waits=1']) {
      expectProblem(await waitFor(id, query), 422, 'invalid_request');
    }
    const foreign = `/api/payments/${id}?wait=20`;
    const answer = await call(app, 'GET', foreign, { key: app.keys.other });
    expectProblem(answer, 404, 'payment_not_found');
  });

  it('holds up nobody who stops the program', async () => {
    const other = await startTestApp();
    try {
      const { id } = await makePayment(other, 'paypal');
      const path = `/api/payments/${id}?wait=20`;
      const waiting = call(other, 'GET', path, { key: other.keys.user });
      await eventually(
        () =>
          other.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%id = ANY($1::uuid[])%'`),
        (rows) => rows.length > 0,
      );
      const startedMs = performance.now();
      await other.close();
      expect((await waiting).status).toBe(200);
      expect(performance.now() - startedMs).toBeLessThan(10_000);
    } finally {
      await other.close();
    }
  });
});

describe('idempotency keys', () => {
  it('are forgotten after seven days, and not before', async () => {
    const { id } = await makePayment(app, 'paypal');
    for (const key of ['six-days', 'eight-days']) {
      const headers = { 'Idempotency-Key': key };
      expectStatus(await command(app, id, 'refresh', { headers }), 200);
    }
    await app.query(
      `UPDATE platform.idempotency_keys SET created_at = now() - CASE key WHEN 'six-days'
         THEN interval '6 days' ELSE interval '8 days' END WHERE key IN ('six-days', 'eight-days')`,
    );
    await runJob(app, 'forget-idempotency-keys');
    const left = await app.query(
      `SELECT key FROM platform.idempotency_keys WHERE key IN ('six-days', 'eight-days')`,
    );
    expect(left).toEqual([{ key: 'six-days' }]);
  });
});

it('keeps what holds for every answer', () => {
  expect(brokenPromises(app)).toEqual([]);
});
