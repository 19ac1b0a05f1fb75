import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import { newestOperation, uuidOf } from '../support/integration-parts';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';
import { valueAt } from '../../src/shared/json';

const DAY_S = 86_400;
const A_TIME: unknown = expect.stringMatching(/^20\d\d-.*Z$/);

describe('a payment whose money is held first', () => {
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

  const eventsOf = async (id: string) => {
    const rows = await app.query(
      `SELECT type || ' ' || (data ->> 'captured_amount') AS told FROM platform.events
       WHERE subject_id = $1 ORDER BY subject_seq, id`,
      [uuidOf(id)],
    );
    return rows.map((row) => textOf(row, 'told'));
  };

  const posts = async (path: RegExp) =>
    (await sandboxOf(app).calls()).filter((one) => one.method === 'POST' && path.test(one.path));

  describe('at PayPal', () => {
    it('is authorized when it is approved, and nothing is taken or booked', async () => {
      const made = await payments.makePressed(app, 'paypal', 'pay', { capture_method: 'manual' });
      const approved = await payments.command(app, made.id, 'approve');
      expect(approved).toMatchObject({
        status: 200,
        body: {
          state: 'authorized',
          capture_method: 'manual',
          captured_amount: 0,
          provider_state: 'CREATED',
          paid_at: null,
          conflict: null,
          operation: null,
          authorization: {
            amount: 1000,
            amount_decimal: '10.00',
            capturable_amount: 1000,
            capturable_amount_decimal: '10.00',
            honored_until: A_TIME,
            expires_at: A_TIME,
          },
          _links: { approve: null, capture: `${app.url}/api/payments/${made.id}/capture` },
        },
      });
      const times = ['honored_until', 'expires_at'].map((name) =>
        Date.parse(textOf(approved.body, 'authorization', name)),
      );
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(26 * DAY_S * 1000);
      expect(await taken(made.id)).toEqual([]);
      expect(await booked(made.id)).toEqual([]);
      expect(await posts(/\/capture$/)).toEqual([]);
    });

    it('is held once, however often it is approved', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'pay', { capture_method: 'manual' });
      const answers = await Promise.all([1, 2, 3].map(() => payments.command(app, id, 'approve')));
      for (const { status, body } of answers) {
        expect({ status, state: valueAt(body, 'state') }).toEqual({
          status: 200,
          state: 'authorized',
        });
      }
      payments.expectStatus(await payments.command(app, id, 'approve'), 200);
      expect(await posts(/\/authorize$/)).toHaveLength(1);
    });

    it('is not held before the payer agreed', async () => {
      const { id } = await payments.makePayment(app, 'paypal', { capture_method: 'manual' });
      payments.expectProblem(
        await payments.command(app, id, 'approve'),
        409,
        'payment_not_approved',
      );
      payments.expectProblem(await capture(id), 409, 'invalid_state');
      expect(await posts(/\/(?:authorize|capture)$/)).toEqual([]);
    });

    it('is held by itself with auto_approve, and never taken by itself', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'pay', {
        capture_method: 'manual',
        auto_approve: true,
      });
      await app.query(`UPDATE payments.payments SET next_look_at = now() WHERE id = $1`, [
        uuidOf(id),
      ]);
      await app.query(`SELECT graphile_worker.add_job('watch-payments', '{}'::json)`);
      const { body } = await eventually(
        () => payments.show(app, id),
        (seen) => valueAt(seen.body, 'state') === 'authorized',
      );
      expect(body).toMatchObject({ captured_amount: 0 });
      expect(await taken(id)).toEqual([]);
    });

    it('is paid by one capture of all of it', async () => {
      const { id } = await payments.makeHeld(app);
      const paid = await capture(id);
      expect(paid).toMatchObject({
        status: 200,
        body: {
          state: 'paid',
          captured_amount: 1000,
          conflict: null,
          paid_at: A_TIME,
          authorization: { amount: 1000, capturable_amount: 0 },
          _links: { capture: null, reauthorize: null },
        },
      });
      expect(await taken(id)).toEqual(['10.00']);
      expect(await booked(id)).toEqual(['1000']);
      payments.expectProblem(await capture(id), 409, 'invalid_state');
    });

    it('is captured in parts, each booked and told, and paid by the last one', async () => {
      const { id } = await payments.makeHeld(app);
      expect(await capture(id, { amount: 300 })).toMatchObject({
        status: 200,
        body: {
          state: 'authorized',
          captured_amount: 300,
          provider_state: 'PARTIALLY_CAPTURED',
          conflict: null,
          authorization: { capturable_amount: 700 },
        },
      });
      expect((await capture(id, { amount: 300 })).body).toMatchObject({
        state: 'authorized',
        captured_amount: 600,
        authorization: { capturable_amount: 400 },
      });
      expect((await capture(id)).body).toMatchObject({ state: 'paid', captured_amount: 1000 });
      expect(await taken(id)).toEqual(['3.00', '3.00', '4.00']);
      expect(await booked(id)).toEqual(['300', '300', '400']);
      expect(await eventsOf(id)).toEqual([
        'payment.created 0',
        'payment.open 0',
        'payment.approvable 0',
        'payment.authorized 0',
        'payment.captured 300',
        'payment.captured 600',
        'payment.captured 1000',
        'payment.paid 1000',
      ]);
      const told = await payments.story(app, id);
      expect(told.filter((line) => line === 'fact: capture completed')).toHaveLength(3);
    });

    it('is paid with a part when that is called the final one, and the rest is free', async () => {
      const { id, providerId } = await payments.makeHeld(app);
      await capture(id, { amount: 200 });
      expect((await capture(id, { amount: 300, final: true })).body).toMatchObject({
        state: 'paid',
        captured_amount: 500,
        canceled_via: null,
        conflict: null,
        provider_state: 'CAPTURED',
        authorization: { capturable_amount: 0 },
      });
      expect(await taken(providerId)).toEqual(['2.00', '3.00']);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state: 'paid',
        captured_amount: 500,
        conflict: null,
      });
    });

    it.each([
      ['more than is held', 0, 1001],
      ['more than is left', 400, 601],
    ])('refuses to capture %s, and sends nothing', async (_, before, amount) => {
      const { id } = await payments.makeHeld(app);
      if (before > 0) payments.expectStatus(await capture(id, { amount: before }), 200);
      await sandboxOf(app).clearCalls();
      const refused = await capture(id, { amount });
      payments.expectProblem(refused, 422, 'capture_amount_exceeded');
      expect(refused.body).toMatchObject({
        capturable_amount: 1000 - before,
        errors: [{ pointer: '/amount' }],
      });
      expect(await posts(/\/capture$/)).toEqual([]);
      expect((await capture(id)).body).toMatchObject({ state: 'paid', captured_amount: 1000 });
    });

    it.each([
      ['an amount of nothing', { amount: 0 }, '/amount'],
      ['a fraction', { amount: 1.5 }, '/amount'],
      ['an amount as a text', { amount: '100' }, '/amount'],
      ['a final that is no boolean', { final: 'yes' }, '/final'],
      ['a field that is none', { amout: 100 }, '/amout'],
    ])('refuses %s by name', async (_, body, pointer) => {
      const { id } = await payments.makeHeld(app);
      const refused = await capture(id, body);
      payments.expectStatus(refused, 400, 422);
      expect(refused.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
      expect(await taken(id)).toEqual([]);
    });

    it('captures once for one Idempotency-Key, and once more for another', async () => {
      const { id } = await payments.makeHeld(app);
      const first = await capture(id, { amount: 300 }, { 'idempotency-key': 'part-1' });
      const again = await capture(id, { amount: 300 }, { 'idempotency-key': 'part-1' });
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(again.body).toMatchObject({ captured_amount: 300 });
      expect(first.body).toMatchObject({ captured_amount: 300 });
      const other = await capture(id, { amount: 400 }, { 'idempotency-key': 'part-1' });
      payments.expectStatus(other, 422);
      expect(
        (await capture(id, { amount: 300 }, { 'idempotency-key': 'part-2' })).body,
      ).toMatchObject({
        captured_amount: 600,
      });
      expect(await taken(id)).toEqual(['3.00', '3.00']);
    });

    it('never answers that a capture with a key of its own was made when it was not', async () => {
      const { id } = await payments.makeHeld(app);
      await sandboxOf(app).fault('paypal', {
        kind: 'delay',
        match: { method: 'POST', path_contains: '/capture' },
        delay_ms: 800,
      });
      const first = capture(id, { amount: 300 }, { 'idempotency-key': 'both-1' });
      await eventually(
        () => payments.show(app, id),
        ({ text }) => text.includes('"operation":{'),
      );
      const second = () => capture(id, { amount: 300 }, { 'idempotency-key': 'both-2' });
      payments.expectProblem(await second(), 409, 'operation_in_progress');
      expect((await first).body).toMatchObject({ captured_amount: 300 });
      expect(await second()).toMatchObject({ status: 200, body: { captured_amount: 600 } });
      expect(await taken(id)).toEqual(['3.00', '3.00']);
    });

    it.each([
      ['true when nothing is said', {}, true],
      ['false when that is said', { final: false }, false],
      ['true when that is said', { final: true }, true],
    ])('of all that is left is final: %s', async (_, body, isFinal) => {
      const { id } = await payments.makeHeld(app);
      payments.expectStatus(await capture(id, body), 200);
      expect(await newestOperation(app, id)).toMatchObject({ kind: 'capture', is_final: isFinal });
    });

    it('never captures more than is held, whoever asks at the same time', async () => {
      const { id } = await payments.makeHeld(app);
      const answers = await Promise.all(
        [600, 700, 800, 600].map((amount) => capture(id, { amount })),
      );
      for (const answer of answers) payments.expectStatus(answer, 200, 409, 422);
      expect(answers.filter(({ status }) => status === 200)).not.toEqual([]);
      const { body } = await payments.settled(app, id);
      const sum = (await taken(id)).reduce((total, text) => total + Number(text) * 100, 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThanOrEqual(1000);
      expect(body).toMatchObject({ captured_amount: sum, conflict: null });
    });

    it('takes money once for two of the same that run at the same time', async () => {
      const { id } = await payments.makeHeld(app);
      await sandboxOf(app).fault('paypal', {
        kind: 'delay',
        match: { method: 'POST', path_contains: '/capture' },
        delay_ms: 800,
      });
      const first = capture(id, { amount: 400 });
      await eventually(
        () => payments.show(app, id),
        ({ text }) => text.includes('"operation":{'),
      );
      payments.expectProblem(await capture(id, { amount: 500 }), 409, 'operation_in_progress');
      payments.expectProblem(
        await payments.command(app, id, 'cancel'),
        409,
        'operation_in_progress',
      );
      const joined = await capture(id, { amount: 400 });
      for (const answer of [await first, joined]) {
        expect(answer).toMatchObject({ status: 200, body: { captured_amount: 400 } });
      }
      expect(await taken(id)).toEqual(['4.00']);
    });

    it('refuses what belongs to another customer', async () => {
      const { id } = await payments.makeHeld(app);
      for (const verb of ['capture', 'reauthorize']) {
        const refused = await call(app, 'POST', `/api/payments/${id}/${verb}`, {
          key: app.keys.other,
          body: {},
        });
        payments.expectProblem(refused, 404, 'payment_not_found');
      }
    });

    it('refuses to capture a payment that was never held', async () => {
      const { id } = await payments.makePaid(app, 'paypal');
      payments.expectProblem(await capture(id), 409, 'invalid_state');
      payments.expectProblem(await payments.command(app, id, 'reauthorize'), 409, 'invalid_state');
    });
  });

  describe('elsewhere', () => {
    it('is refused by PayPro before anything is sent or stored', async () => {
      const refused = await payments.create(app, { provider: 'paypro', capture_method: 'manual' });
      payments.expectProblem(refused, 422, 'unsupported_by_provider');
      expect(refused.body).toMatchObject({
        errors: [{ pointer: '/capture_method', code: 'holds' }],
      });
      expect(await sandboxOf(app).calls()).toEqual([]);
      const stored = await app.query(
        `SELECT id FROM payments.payments WHERE account = 'paypro' AND capture_method = 'manual'`,
      );
      expect(stored).toEqual([]);
    });

    it('goes to the provider that can hold money when none is named', async () => {
      const made = await payments.create(app, { capture_method: 'manual' });
      expect(made.body).toMatchObject({ provider: 'paypal', capture_method: 'manual' });
    });

    it('is refused with a word that is no capture method', async () => {
      const refused = await payments.create(app, { capture_method: 'later' });
      payments.expectStatus(refused, 400, 422);
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/capture_method' }] });
    });

    it('is automatic unless asked for', async () => {
      const { id } = await payments.makePaid(app, 'paypal');
      expect((await payments.show(app, id)).body).toMatchObject({
        capture_method: 'automatic',
        authorization: null,
      });
    });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
