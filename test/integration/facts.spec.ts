import { PAYPAL, type TestApp } from '../support/app';
import * as world from '../support/integration-lost';
import { moveOperation, newestOperation, uuidOf } from '../support/integration-parts';
import { type ScriptedProxy } from '../support/integration-proxy';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('what PayPal says', () => {
  let lossy: world.LossyWorld;
  let app: TestApp;
  let proxy: ScriptedProxy;
  beforeAll(async () => {
    lossy = await world.startLossyWorld();
    ({ app, proxy } = lossy);
  });
  afterAll(() => lossy?.close());
  afterEach(async () => {
    proxy.forget();
    await sandboxOf(app).dropFaults();
  });

  const failPaypal = (kind: string, match: object, times = 1) =>
    world.failNext(app, 'paypal', { kind, match, times });

  function factsOf(id: string) {
    const sql = `SELECT kind, ref, state, amount_minor::int AS amount, source, problem
      FROM payments.facts WHERE payment_id = $1 ORDER BY seen_at`;
    return app.query(sql, [uuidOf(id)]);
  }

  const show = async (id: string) => (await payments.show(app, id)).body;

  /** A capture that nobody of us sent: the merchant's own, in PayPal's dashboard. */
  async function captureThere(orderId: string): Promise<void> {
    const at = `${app.sandboxUrl}/paypal`;
    const basic = Buffer.from(`${PAYPAL.clientId}:${PAYPAL.secret}`).toString('base64');
    const asked = await fetch(`${at}/v1/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const token = textOf(await asked.json(), 'access_token');
    const taken = await fetch(`${at}/v2/checkout/orders/${orderId}/capture`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect({ ok: taken.ok, text: await taken.text() }).toMatchObject({ ok: true });
  }

  describe('to a capture in words that nobody knows', () => {
    async function puzzled(): Promise<string> {
      const { id } = await payments.makePressed(app, 'paypal', 'pay');
      await failPaypal('unknown_state', world.CAPTURE);
      const answer = await payments.command(app, id, 'approve');
      expect(answer).toMatchObject({
        status: 202,
        body: { state: 'open', captured_amount: 0, operation: { kind: 'capture' } },
      });
      return world.lost(app, answer);
    }

    it('is kept as a fact, and no end of the capture', async () => {
      const id = await puzzled();
      expect(await newestOperation(app, id)).toMatchObject({
        state: 'unsettled',
        error_code: 'unclear_answer',
      });
      const { provider_payment_id: ref } = { ...(await rowOf(id)) };
      const facts = await factsOf(id);
      expect(facts).toContainEqual(
        expect.objectContaining({
          kind: 'payment',
          ref,
          state: 'SOMETHING_NEW',
          amount: 1000,
          source: 'answer',
          problem: 'unknown_state',
        }),
      );
      expect(facts.filter(({ kind }) => kind === 'capture')).toMatchObject([
        { state: 'unknown', amount: 1000 },
      ]);
      expect((await payments.settled(app, id)).body).toMatchObject({
        state: 'paid',
        captured_amount: 1000,
        conflict: null,
      });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('does not let a cancel through, while it lasts and after it', async () => {
      const id = await puzzled();
      await failPaypal('unknown_state', world.READ);
      const during = await payments.command(app, id, 'cancel');
      payments.expectProblem(during, 409, 'operation_in_progress');
      const after = await payments.command(app, id, 'cancel');
      payments.expectProblem(after, 409, 'invalid_state');
      expect(await show(id)).toMatchObject({ state: 'paid', operation: null });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    async function rowOf(id: string) {
      const sql = 'SELECT provider_payment_id FROM payments.payments WHERE id = $1';
      const [row] = await app.query(sql, [uuidOf(id)]);
      return row;
    }
  });

  describe('as a 404', () => {
    it('does not refuse a capture that nobody finished, nor expire its payment', async () => {
      const { id } = await payments.makePressed(app, 'paypal_now', 'pay');
      proxy.keepBack(world.AT_PROXY.capture);
      await world.lost(app, await payments.command(app, id, 'approve'));
      proxy.answer(world.AT_PROXY.read, world.ORDER_GONE, 3);
      expect((await payments.command(app, id, 'approve')).status).toBe(202);
      expect((await payments.command(app, id, 'refresh')).status).toBe(200);
      const canceled = await payments.command(app, id, 'cancel');
      payments.expectProblem(canceled, 409, 'operation_in_progress');
      proxy.answer(world.AT_PROXY.capture, world.ORDER_GONE);
      expect((await payments.command(app, id, 'approve')).status).toBe(202);
      expect(await newestOperation(app, id)).toMatchObject({ state: 'unsettled', refusal: null });
      expect(await show(id)).toMatchObject({ state: 'open' });
      await proxy.deliver();
      expect((await payments.settled(app, id)).body).toMatchObject({ state: 'paid' });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('gives a capture to a person when its key is forgotten', async () => {
      const id = await world.lostCapture(app, { provider: 'paypal_now' });
      await moveOperation(app, id, `first_sent_at = first_sent_at - interval '6 hours'`);
      proxy.answer(world.AT_PROXY.read, world.ORDER_GONE, 2);
      const approved = await payments.command(app, id, 'approve');
      expect(approved).toMatchObject({
        status: 202,
        body: { state: 'open', operation: { state: 'needs_review' } },
      });
      await payments.command(app, id, 'refresh');
      expect(await show(id)).toMatchObject({ state: 'open' });
    });

    it('does not expire money that is under way', async () => {
      const { id } = await payments.makePressed(app, 'paypal_now', 'pending');
      expect(await payments.command(app, id, 'approve')).toMatchObject({
        status: 200,
        body: { state: 'processing' },
      });
      proxy.answer(world.AT_PROXY.read, world.ORDER_GONE);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state: 'processing',
        operation: null,
      });
      await sandboxOf(app).settleCapture(await payments.captureIdOf(app, id), 'COMPLETED');
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ state: 'paid' });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('expires a payment that nothing is under way for, once its time is over', async () => {
      for (const [account, state] of [
        ['paypal', 'open'],
        ['paypal_now', 'expired'],
      ] as const) {
        const { id } = await payments.makePressed(app, account, 'pay');
        proxy.answer(world.AT_PROXY.read, world.ORDER_GONE);
        expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ state });
      }
    });
  });

  it('about one capture with two amounts is two facts', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    for (let at = 0; at < 2; at++) {
      await failPaypal('wrong_amount', world.READ);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state: 'paid',
        captured_amount: 1000,
        conflict: 'amount_mismatch',
      });
    }
    const all = await factsOf(id);
    const facts = all.filter(({ kind }) => kind === 'capture');
    expect(all.filter((fact) => !facts.includes(fact))).toMatchObject([
      { kind: 'payment', state: 'COMPLETED', amount: 1001, problem: 'amount_mismatch' },
    ]);
    expect(facts).toMatchObject([
      { kind: 'capture', state: 'completed', amount: 1000, problem: null },
      { kind: 'capture', state: 'completed', amount: 1001, problem: 'amount_mismatch' },
    ]);
    expect(new Set(facts.map(({ ref }) => ref)).size).toBe(1);
    expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
  });

  it('about money on its way to a canceled payment calls for a person', async () => {
    const { id, providerId } = await payments.makePressed(app, 'paypal', 'pending');
    expect((await payments.command(app, id, 'cancel')).body).toMatchObject({ state: 'canceled' });
    await captureThere(providerId);
    const conflict = 'processing_after_canceled';
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'canceled',
      captured_amount: 0,
      conflict,
    });
    await sandboxOf(app).settleCapture(await payments.captureIdOf(app, id), 'COMPLETED');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      conflict,
    });
    expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
  });

  it('about another amount needs a person, until a matching look settles it', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await failPaypal('wrong_amount', world.CAPTURE);
    const operation = { kind: 'capture', state: 'needs_review' };
    const answer = await payments.command(app, id, 'approve');
    expect(answer).toMatchObject({ status: 202, body: { state: 'open', operation } });
    expect(await world.moneyOf(app, id)).toEqual({ booked: 0, taken: 1 });
    const conflict = 'amount_mismatch';
    expect(await show(id)).toMatchObject({ state: 'open', operation, conflict });
    const canceled = await payments.command(app, id, 'cancel');
    payments.expectProblem(canceled, 409, 'operation_in_progress');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      operation: null,
      conflict,
    });
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 200,
      body: { state: 'paid', operation: null },
    });
    expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
  });

  it('about another amount leaves the reason that a person was told, however often it is read', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await failPaypal('wrong_amount', world.CAPTURE);
    payments.expectStatus(await payments.command(app, id, 'approve'), 202);
    await failPaypal('wrong_amount', world.READ);
    payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
    const waiting = { state: 'needs_review', error_code: 'amount_mismatch' };
    expect(await newestOperation(app, id)).toMatchObject(waiting);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
