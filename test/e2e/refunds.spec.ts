import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import { uuidOf } from '../support/integration-parts';
import { listen } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import * as refunds from '../support/refunds';
import { sandboxOf } from '../support/sandbox';

describe('refunds', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  /** A refund at PayPro moves by the gateway's own doing. */
  async function arrives(payment: string, answer: Answer): Promise<void> {
    const id = textOf(answer.body, 'provider_refund_id');
    if (textOf(answer.body, 'provider') === 'paypro') {
      await refunds.atGateway(app, `/paypro/refunds/${id}`, { state: 'refunded' });
    }
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
  }

  describe.each(['paypal', 'paypro'] as const)('at %s', (provider) => {
    it('give back all that is left when no amount is said', async () => {
      const { id } = await payments.makePaid(app, provider);
      const made = await refunds.refund(app, id);
      payments.expectStatus(made, 201);
      const refund = textOf(made.body, 'id');
      expect(made.headers.location).toBe(`${app.url}/api/refunds/${refund}`);
      expect(made.body).toMatchObject({
        type: 'refund',
        payment: id,
        provider,
        amount: 1000,
        amount_decimal: '10.00',
        currency: 'EUR',
        origin: 'api',
        operation: null,
      });
      await arrives(id, made);
      expect((await refunds.showRefund(app, refund)).body).toMatchObject({ state: 'refunded' });
      expect((await payments.show(app, id)).body).toMatchObject({
        state: 'paid',
        captured_amount: 1000,
        refunded_amount: 1000,
      });
      expect(await refunds.wentBack(app, id)).toEqual(['10.00']);
      expect(await refunds.bookedFor(app, id)).toEqual(['-1000']);
    });

    it('go back in several parts and never exceed what was taken', async () => {
      const { id } = await payments.makePaid(app, provider);
      for (const amount of [300, 300]) {
        payments.expectStatus(await refunds.refund(app, id, { body: { amount } }), 201);
      }
      const over = await refunds.refund(app, id, { body: { amount: 401 } });
      payments.expectProblem(over, 422, 'refund_too_high');
      expect(over.body).toMatchObject({ refundable_amount: 400 });
      const rest = await refunds.refund(app, id);
      expect(rest).toMatchObject({ status: 201, body: { amount: 400 } });
      payments.expectProblem(await refunds.refund(app, id), 409, 'nothing_to_refund');
      expect(await refunds.refundsOf(app, id)).toHaveLength(3);
    });

    it('of 30 % that 50 callers want at once go back three times', async () => {
      const { id } = await payments.makePaid(app, provider);
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          refunds.refund(app, id, {
            body: { amount: 300 },
            headers: { 'idempotency-key': `${id}-${at}` },
          }),
        ),
      );
      const made = answers.filter(({ status }) => status === 201);
      expect(made).toHaveLength(3);
      for (const refused of answers.filter((answer) => !made.includes(answer))) {
        payments.expectProblem(refused, 422, 'refund_too_high');
      }
      for (const answer of made) await arrives(id, answer);
      expect(await refunds.wentBack(app, id)).toEqual(['3.00', '3.00', '3.00']);
      expect(await refunds.bookedFor(app, id)).toEqual(['-300', '-300', '-300']);
      expect((await payments.show(app, id)).body).toMatchObject({ refunded_amount: 900 });
    });

    it('that look alike and have no key of their own are one', async () => {
      const { id } = await payments.makePaid(app, provider);
      const fault = { kind: 'delay', delay_ms: 1_000, match: { path_contains: '/refund' } };
      await sandboxOf(app).fault(provider, fault);
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => refunds.refund(app, id, { body: { amount: 100 } })),
      );
      for (const answer of answers) payments.expectStatus(answer, 201);
      expect(new Set(answers.map(({ body }) => textOf(body, 'id'))).size).toBe(1);
    });

    it('are answered once for one key, however often it is sent', async () => {
      const { id } = await payments.makePaid(app, provider);
      const asked = { body: { amount: 100 }, headers: { 'idempotency-key': `once-${id}` } };
      const first = await refunds.refund(app, id, asked);
      const again = await refunds.refund(app, id, asked);
      payments.expectStatus(first, 201);
      expect(again).toMatchObject({ status: 201, body: { id: textOf(first.body, 'id') } });
      expect(again.headers['idempotent-replayed']).toBe('true');
      const other = await refunds.refund(app, id, { ...asked, body: { amount: 101 } });
      payments.expectProblem(other, 422, 'idempotency_key_reused');
      expect(await refunds.refundsOf(app, id)).toHaveLength(1);
    });

    it('are refused while no money was taken, and nothing is stored', async () => {
      const { id } = await payments.makePayment(app, provider);
      payments.expectProblem(await refunds.refund(app, id), 409, 'invalid_state');
      expect(await refunds.refundsOf(app, id)).toEqual([]);
    });

    it('made on the provider’s own site appear, are booked once, and count', async () => {
      const { id, providerId } = await payments.makePaid(app, provider);
      const there =
        provider === 'paypal'
          ? `/paypal/captures/${await payments.captureIdOf(app, id)}/refunds`
          : `/paypro/payments/${providerId}/refunds`;
      const amount = provider === 'paypal' ? '2.50' : 250;
      const made = await refunds.atGateway(app, there, { amount });
      if (provider === 'paypro') {
        await refunds.atGateway(app, `/paypro/refunds/${textOf(made, 'id')}`, {
          state: 'refunded',
        });
      }
      for (let times = 0; times < 2; times++) await payments.command(app, id, 'refresh');
      expect(await refunds.refundsOf(app, id)).toEqual([
        expect.objectContaining({ origin: 'provider', state: 'refunded', amount: 250 }),
      ]);
      expect(await refunds.bookedFor(app, id)).toEqual(['-250']);
      const rest = await refunds.refund(app, id);
      expect(rest).toMatchObject({ status: 201, body: { amount: 750 } });
    });

    it('tell their story on the timeline and as events', async () => {
      const { id } = await payments.makePaid(app, provider);
      const made = await refunds.refund(app, id, { body: { amount: 100 } });
      await arrives(id, made);
      expect(await payments.story(app, id)).toEqual(
        expect.arrayContaining([
          'refund: pending',
          'operation: refund succeeded',
          'refund: refunded',
        ]),
      );
      const told = await app.query(
        `SELECT type FROM platform.events WHERE subject_kind = 'refund' AND data->>'id' = $1 ORDER BY subject_seq`,
        [textOf(made.body, 'id')],
      );
      expect(told.map((row) => textOf(row, 'type'))).toEqual(['refund.created', 'refund.refunded']);
    });

    it('belong to the payment’s customer: to others they do not exist', async () => {
      const { id } = await payments.makePaid(app, provider);
      const made = await refunds.refund(app, id, { body: { amount: 100 } });
      const path = `/api/refunds/${textOf(made.body, 'id')}`;
      const key = app.keys.other;
      payments.expectProblem(await call(app, 'GET', path, { key }), 404, 'refund_not_found');
      payments.expectProblem(await refunds.refund(app, id, { key }), 404, 'payment_not_found');
      const cancel = await call(app, 'POST', `${path}/cancel`, { key, body: {} });
      payments.expectProblem(cancel, 404, 'refund_not_found');
      const list = await call(app, 'GET', '/api/refunds', { key });
      expect(list).toMatchObject({ status: 200, body: { data: [] } });
    });
  });

  it.each([
    ['an amount of zero', { amount: 0 }, '/amount'],
    ['a fraction', { amount: 1.5 }, '/amount'],
    ['another currency', { amount: 100, currency: 'USD' }, '/currency'],
    [
      'an IBAN whose digits do not fit',
      { iban: 'NL00BUNQ0000000000', account_holder_name: 'D' },
      '/iban',
    ],
    ['an IBAN of nobody', { iban: 'BE68539007547034' }, '/account_holder_name'],
    ['a field that there is not', { amout: 100 }, '/amout'],
  ])('refuse %s', async (_, body, pointer) => {
    const { id } = await payments.makePaid(app, 'paypro');
    const refused = await refunds.refund(app, id, { body });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
    expect(await refunds.refundsOf(app, id)).toEqual([]);
  });

  it('that the provider refuses fail, and their amount is free again', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    const capture = await payments.captureIdOf(app, id);
    // While the payer disputes a capture, parts of it cannot be refunded.
    await refunds.atGateway(app, `/paypal/captures/${capture}/disputes`);
    const refused = await refunds.refund(app, id, { body: { amount: 400 } });
    payments.expectProblem(refused, 422, 'provider_refused');
    expect(await refunds.refundsOf(app, id)).toEqual([
      expect.objectContaining({ state: 'failed', amount: 400, operation: null }),
    ]);
    expect(await refunds.refund(app, id)).toMatchObject({ status: 201, body: { amount: 1000 } });
  });

  it('by Bancontact need the account that the money goes to', async () => {
    const made = await payments.makePressed(app, 'paypro', 'pay', { pay_methods: ['bancontact'] });
    await payments.command(app, made.id, 'approve');
    const refused = await refunds.refund(app, made.id);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/account_holder_name' }, { pointer: '/iban' }] },
    });
    const account = { account_holder_name: 'Walter Lebowski', iban: 'BE68539007547034' };
    payments.expectStatus(await refunds.refund(app, made.id, { body: account }), 201);
    const kept = await app.query('SELECT iban, account_holder_name FROM payments.refunds', []);
    expect(kept.every((row) => row['iban'] === null && row['account_holder_name'] === null)).toBe(
      true,
    );
  });

  it('are called off at PayPro once, and their amount is free again', async () => {
    const { id } = await payments.makePaid(app, 'paypro');
    const made = await refunds.refund(app, id);
    const refund = textOf(made.body, 'id');
    for (let times = 0; times < 2; times++) {
      const canceled = await refunds.cancelRefund(app, refund);
      expect(canceled).toMatchObject({ status: 200, body: { state: 'canceled', operation: null } });
    }
    payments.expectStatus(await refunds.refund(app, id), 201);
  });

  it('that went back already cannot be called off, and PayPal has no call for it', async () => {
    const { id } = await payments.makePaid(app, 'paypro');
    const made = await refunds.refund(app, id);
    await refunds.atGateway(app, `/paypro/refunds/${textOf(made.body, 'provider_refund_id')}`, {
      state: 'refunded',
    });
    const late = await refunds.cancelRefund(app, textOf(made.body, 'id'));
    payments.expectProblem(late, 409, 'invalid_state');
    expect((await refunds.showRefund(app, textOf(made.body, 'id'))).body).toMatchObject({
      state: 'refunded',
    });
    const paypal = await payments.makePaid(app, 'paypal');
    const other = await refunds.refund(app, paypal.id);
    await sandboxOf(app).clearCalls();
    const refused = await refunds.cancelRefund(app, textOf(other.body, 'id'));
    payments.expectProblem(refused, 422, 'unsupported_by_provider');
    expect(await sandboxOf(app).calls()).toEqual([]);
  });

  it('whose answer got lost at PayPal are sent again under the same key and go back once', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    const match = { method: 'POST', path_contains: '/refund' };
    await sandboxOf(app).fault('paypal', { kind: 'drop_after', match });
    const lost = await refunds.refund(app, id, { body: { amount: 400 } });
    expect(lost).toMatchObject({
      status: 202,
      body: { state: 'pending', operation: { kind: 'refund', state: 'unsettled' } },
    });
    const settled = await refunds.settledRefund(app, textOf(lost.body, 'id'));
    expect(settled.body).toMatchObject({ state: 'refunded', amount: 400 });
    expect(await refunds.wentBack(app, id)).toEqual(['4.00']);
  });

  it('whose answer got lost at PayPro are found by our reference and sent once', async () => {
    const { id } = await payments.makePaid(app, 'paypro');
    const match = { method: 'POST', path_contains: '/refunds' };
    await sandboxOf(app).fault('paypro', { kind: 'drop_after', match });
    const lost = await refunds.refund(app, id, { body: { amount: 400 } });
    payments.expectStatus(lost, 202);
    await sandboxOf(app).clearCalls();
    const settled = await refunds.settledRefund(app, textOf(lost.body, 'id'));
    expect(settled.body).toMatchObject({ state: 'pending', amount: 400 });
    expect(textOf(settled.body, 'provider_refund_id')).toMatch(/^PR/);
    const sent = (await sandboxOf(app).calls()).filter(({ method }) => method === 'POST');
    expect(sent).toEqual([]);
  });

  it('are told a person where two were made of one, also while the payment itself is misread', async () => {
    const { id, providerId } = await payments.makePaid(app, 'paypro');
    const made = await refunds.refund(app, id, { body: { amount: 400 } });
    const at = `/paypro/payments/${providerId}/refunds`;
    const wish = { amount: 400, reason: textOf(made.body, 'id') };
    await refunds.atGateway(app, at, wish);
    const match = { method: 'GET', path_contains: `/payments/${providerId}` };
    await sandboxOf(app).fault('paypro', { kind: 'wrong_amount', match });
    payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
    const told = await app.query(
      `SELECT data ->> 'conflict' AS conflict FROM platform.events
       WHERE subject_id = $1 AND type = 'payment.conflict' ORDER BY subject_seq`,
      [uuidOf(id)],
    );
    expect(told.map(({ conflict }) => conflict)).toEqual(['amount_mismatch', 'refunded_twice']);
    payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
    expect((await payments.show(app, id)).body).toMatchObject({ conflict: 'refunded_twice' });
  });

  it('made on the provider’s own site are heard of by notification', async () => {
    await listen(app);
    const { id, providerId } = await payments.makePaid(app, 'paypro');
    await refunds.atGateway(app, `/paypro/payments/${providerId}/refunds`, { amount: 100 });
    const paypal = await payments.makePaid(app, 'paypal');
    const capture = await payments.captureIdOf(app, paypal.id);
    await refunds.atGateway(app, `/paypal/captures/${capture}/refunds`, { amount: '1.00' });
    for (const payment of [id, paypal.id]) {
      const seen = await eventually(
        () => refunds.refundsOf(app, payment),
        (list) => list.length > 0,
      );
      expect(seen).toEqual([expect.objectContaining({ origin: 'provider', amount: 100 })]);
    }
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
