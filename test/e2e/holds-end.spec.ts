import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import { uuidOf } from '../support/integration-parts';
import { listen, notificationsOf } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';
import { valueAt } from '../../src/shared/json';

const DAY_S = 86_400;

describe('money that is held', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  const capture = (
    id: string,
    body: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => payments.command(app, id, 'capture', { body, headers });

  /** What PayPal really took for the payment, in order. */
  const taken = async (id: string) =>
    (await sandboxOf(app).ledgerOf(id)).map((entry) => textOf(entry, 'amount'));

  const booked = async (id: string) => {
    const rows = await app.query(
      `SELECT e.amount_minor::text AS minor FROM customers.ledger_transactions t
       JOIN customers.ledger_entries e ON e.transaction_id = t.id AND e.line = 1
       WHERE t.payment_id = $1 AND t.cause_kind = 'capture' ORDER BY t.created_at`,
      [uuidOf(id)],
    );
    return rows.map((row) => textOf(row, 'minor'));
  };

  const posts = async (path: RegExp) =>
    (await sandboxOf(app).calls()).filter((one) => one.method === 'POST' && path.test(one.path));

  it('is canceled by setting the hold free', async () => {
    const { id } = await payments.makeHeld(app);
    expect(await payments.command(app, id, 'cancel')).toMatchObject({
      status: 200,
      body: {
        state: 'canceled',
        canceled_via: 'void',
        provider_state: 'VOIDED',
        captured_amount: 0,
        conflict: null,
        authorization: { amount: 1000, capturable_amount: 0 },
      },
    });
    expect(await posts(/\/void$/)).toHaveLength(1);
    payments.expectProblem(await capture(id), 409, 'invalid_state');
    payments.expectStatus(await payments.command(app, id, 'cancel'), 200);
    expect(await posts(/\/void$/)).toHaveLength(1);
  });

  it('is paid with what was captured when the rest is canceled', async () => {
    const { id } = await payments.makeHeld(app);
    await capture(id, { amount: 400 });
    expect(await payments.command(app, id, 'cancel')).toMatchObject({
      status: 200,
      body: {
        state: 'paid',
        canceled_via: 'void',
        captured_amount: 400,
        conflict: null,
        authorization: { capturable_amount: 0 },
      },
    });
    expect(await booked(id)).toEqual(['400']);
    const again = await payments.command(app, id, 'cancel');
    expect(again).toMatchObject({ status: 200, body: { state: 'paid', canceled_via: 'void' } });
    expect(await posts(/\/void$/)).toHaveLength(1);
  });

  it('stays processing while the last capture is under way, and is paid when it came', async () => {
    const { id } = await payments.makeHeld(app, {}, 'pending');
    expect((await capture(id, { amount: 400 })).body).toMatchObject({
      state: 'authorized',
      captured_amount: 0,
      authorization: { capturable_amount: 600 },
    });
    expect((await capture(id)).body).toMatchObject({ state: 'processing', captured_amount: 0 });
    const told = await call(app, 'GET', `/api/payments/${id}/timeline`, { key: app.keys.user });
    const facts = listOf(told.body, 'data').filter(
      (one) => /^capture \w+$/.test(textOf(one, 'what')) && textOf(one, 'kind') === 'fact',
    );
    for (const fact of facts) {
      await sandboxOf(app).settleCapture(textOf(fact, 'details', 'ref'), 'COMPLETED');
    }
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      conflict: null,
    });
    expect(await booked(id)).toEqual(['400', '600']);
  });

  it('stays held when a capture is declined', async () => {
    const { id } = await payments.makeHeld(app, {}, 'decline');
    const declined = await capture(id);
    payments.expectProblem(declined, 409, 'hold_refused');
    expect(declined.body).toMatchObject({
      state: 'authorized',
      provider: { code: 'CAPTURE_DECLINED' },
    });
    expect((await payments.show(app, id)).body).toMatchObject({
      state: 'authorized',
      captured_amount: 0,
      operation: null,
      authorization: { capturable_amount: 1000 },
    });
    expect(await payments.story(app, id)).toContain('fact: capture failed');
    expect((await payments.command(app, id, 'cancel')).body).toMatchObject({ state: 'canceled' });
  });

  it('gives back what was captured while the rest is still held', async () => {
    const { id } = await payments.makeHeld(app);
    await capture(id, { amount: 400 });
    const path = `/api/payments/${id}/refunds`;
    const refund = () => call(app, 'POST', path, { key: app.keys.user, body: {} });
    payments.expectStatus(await refund(), 201);
    expect((await payments.show(app, id)).body).toMatchObject({
      state: 'authorized',
      captured_amount: 400,
      refunded_amount: 400,
      conflict: null,
      authorization: { capturable_amount: 600 },
    });
    expect((await capture(id)).body).toMatchObject({ state: 'paid', captured_amount: 1000 });
    payments.expectStatus(await refund(), 201);
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'paid',
      refunded_amount: 1000,
      conflict: null,
    });
  });

  it('is renewed from the fourth day on, and captured and canceled by the renewal', async () => {
    const [early, late, part] = [
      await payments.makeHeld(app),
      await payments.makeHeld(app),
      await payments.makeHeld(app),
    ];
    const before = await payments.command(app, early.id, 'reauthorize');
    payments.expectProblem(before, 409, 'hold_refused');
    expect(before.body).toMatchObject({ provider: { code: 'REAUTHORIZATION_NOT_SUPPORTED' } });
    await sandboxOf(app).advanceClock(4 * DAY_S);
    const old = valueAt((await payments.show(app, late.id)).body, 'authorization');
    const renewed = await payments.command(app, late.id, 'reauthorize');
    payments.expectStatus(renewed, 200);
    const now = valueAt(renewed.body, 'authorization');
    expect(now).toMatchObject({ amount: 1000, capturable_amount: 1000 });
    expect(textOf(now, 'id')).not.toBe(textOf(old, 'id'));
    expect(Date.parse(textOf(now, 'honored_until'))).toBeGreaterThan(
      Date.parse(textOf(old, 'honored_until')) + 3 * DAY_S * 1000,
    );
    payments.expectProblem(
      await payments.command(app, late.id, 'reauthorize'),
      409,
      'hold_refused',
    );
    expect((await capture(late.id)).body).toMatchObject({ state: 'paid', conflict: null });
    expect(await taken(late.id)).toEqual(['10.00']);
    await capture(part.id, { amount: 100 });
    payments.expectStatus(await payments.command(app, part.id, 'reauthorize'), 200);
    expect((await capture(part.id, { amount: 200 })).body).toMatchObject({
      captured_amount: 300,
      authorization: { capturable_amount: 700 },
    });
    expect((await payments.command(app, part.id, 'cancel')).body).toMatchObject({
      state: 'paid',
      captured_amount: 300,
      canceled_via: 'void',
    });
    expect(await taken(part.id)).toEqual(['1.00', '2.00']);
  });

  it('is renewed again when the days of the renewal are over', async () => {
    const { id } = await payments.makeHeld(app);
    const ids = new Set<string>();
    while (ids.size < 3) {
      await sandboxOf(app).advanceClock(4 * DAY_S);
      const renewed = await payments.command(app, id, 'reauthorize');
      payments.expectStatus(renewed, 200);
      const holdId = textOf(renewed.body, 'authorization', 'id');
      expect([...ids]).not.toContain(holdId);
      ids.add(holdId);
    }
    expect((await capture(id)).body).toMatchObject({ state: 'paid', conflict: null });
    expect(await taken(id)).toEqual(['10.00']);
  });

  it('expires after 29 days, with what was captured until then', async () => {
    const [none, some] = [await payments.makeHeld(app), await payments.makeHeld(app)];
    await capture(some.id, { amount: 300 });
    await sandboxOf(app).advanceClock(29 * DAY_S);
    expect((await payments.command(app, none.id, 'refresh')).body).toMatchObject({
      state: 'expired',
      canceled_via: null,
      conflict: null,
      authorization: { capturable_amount: 0 },
    });
    expect((await payments.command(app, some.id, 'refresh')).body).toMatchObject({
      state: 'paid',
      captured_amount: 300,
      canceled_via: null,
      conflict: null,
    });
    payments.expectProblem(await capture(none.id), 409, 'invalid_state');
  });

  it('expires under a capture that comes too late', async () => {
    const { id } = await payments.makeHeld(app);
    await sandboxOf(app).advanceClock(29 * DAY_S);
    const refused = await capture(id);
    payments.expectProblem(refused, 409, 'invalid_state');
    expect(refused.body).toMatchObject({ state: 'expired' });
    expect(await taken(id)).toEqual([]);
  });

  it('is known to be free as soon as PayPal tells, whoever set it free', async () => {
    await listen(app);
    const { id, providerId } = await payments.makeHeld(app);
    await capture(id, { amount: 300 });
    await sandboxOf(app).advanceClock(29 * DAY_S);
    const { body } = await eventually(
      () => payments.show(app, id),
      (seen) => valueAt(seen.body, 'state') === 'paid',
    );
    expect(body).toMatchObject({ captured_amount: 300, canceled_via: null, conflict: null });
    const heard = await notificationsOf(app, providerId);
    expect(heard.map(({ event_type }) => event_type)).toContain('PAYMENT.AUTHORIZATION.VOIDED');
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
