import { type TestApp } from '../support/app';
import * as world from '../support/integration-lost';
import { inReview, moveOperation, newestOperation, uuidOf } from '../support/integration-parts';
import { type ScriptedProxy } from '../support/integration-proxy';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';
import { valueAt } from '../../src/shared/json';

const VOID = { method: 'POST', path: /\/void$/ };
const REAUTHORIZE = { method: 'POST', path: /\/reauthorize$/ };
const READ = world.AT_PROXY.read;
const DAY_MS = 86_400_000;

/** A refusal that no list of PayPal's names. */
const A_NEW_NO = { status: 422, body: { name: 'X', details: [{ issue: 'HOLD_ON_HOLD' }] } };

describe('a hold about which PayPal says', () => {
  let lossy: world.LossyWorld;
  let app: TestApp;
  let proxy: ScriptedProxy;
  beforeAll(async () => {
    lossy = await world.startLossyWorld();
    ({ app, proxy } = lossy);
  });
  afterAll(() => lossy?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => proxy.forget());

  const show = async (id: string) => (await payments.show(app, id)).body;

  const posts = async (path: RegExp) =>
    (await sandboxOf(app).calls()).filter((one) => one.method === 'POST' && path.test(one.path));

  /** Its order as PayPal shows it before anything was taken. */
  async function orderOf(
    id: string,
    changes: { customId?: string; others?: object[]; captures?: object[] } = {},
  ) {
    const body = await show(id);
    const amount = { currency_code: 'EUR', value: '10.00' };
    const first = {
      id: textOf(body, 'authorization', 'id'),
      status: 'CREATED',
      amount,
      create_time: new Date(Date.now() - 4 * DAY_MS).toISOString(),
      expiration_time: textOf(body, 'authorization', 'expires_at'),
    };
    const authorizations = [first, ...(changes.others ?? [])];
    const shown = { authorizations, captures: changes.captures ?? [] };
    const unit = { amount, custom_id: changes.customId ?? id, payments: shown };
    const order = { id: textOf(body, 'provider_payment_id'), status: 'COMPLETED' };
    return { status: 200, body: { ...order, purchase_units: [unit] } };
  }

  const isOver = (id: string) =>
    app.query(
      `UPDATE payments.payments SET authorization_expires_at = now() - interval '25 hours' WHERE id = $1`,
      [uuidOf(id)],
    );

  it('what was so before the last capture is not captured beyond', async () => {
    const { id } = await payments.makeHeld(app);
    const before = await orderOf(id);
    const first = await payments.command(app, id, 'capture', { body: { amount: 400 } });
    payments.expectStatus(first, 200);
    proxy.answer(READ, before);
    const refused = await payments.command(app, id, 'capture', { body: { amount: 700 } });
    payments.expectProblem(refused, 422, 'capture_amount_exceeded');
    expect(refused.body).toMatchObject({ capturable_amount: 600 });
    expect(await posts(/\/capture$/)).toHaveLength(1);
    expect((await payments.command(app, id, 'capture')).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      conflict: null,
    });
  });

  it('to be captured whole while it stands has nothing left', async () => {
    const { id } = await payments.makeHeld(app);
    const amount = { currency_code: 'EUR', value: '10.00' };
    const captures = [{ id: 'BYHAND1', status: 'PENDING', amount }];
    proxy.answer(READ, await orderOf(id, { captures }));
    const refused = await payments.command(app, id, 'capture');
    payments.expectProblem(refused, 422, 'capture_amount_exceeded');
    expect(refused.body).toMatchObject({ capturable_amount: 0 });
    expect(textOf(refused.body, 'detail')).toMatch(/^Nothing .* under way count as taken\.$/);
  });

  it('that its renewal is declined stays held', async () => {
    const { id } = await payments.makeHeld(app);
    const amount = { currency_code: 'EUR', value: '10.00' };
    const create_time = new Date(Date.now() + 1_000).toISOString();
    const denied = { id: 'DENIED1', status: 'DENIED', amount, create_time };
    proxy.answer(READ, await orderOf(id), 2);
    proxy.answer(REAUTHORIZE, { status: 201, body: denied });
    proxy.answer(READ, await orderOf(id, { others: [denied] }));
    const refused = await payments.command(app, id, 'reauthorize');
    payments.expectProblem(refused, 409, 'hold_refused');
    expect(refused.body).toMatchObject({ state: 'authorized' });
    proxy.forget();
    proxy.answer(READ, await orderOf(id, { others: [denied] }));
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'authorized',
      operation: null,
      conflict: null,
    });
    expect((await payments.command(app, id, 'capture')).body).toMatchObject({ state: 'paid' });
  });

  it('that it is another payment’s is not set free, and a person has to look', async () => {
    const { id } = await payments.makeHeld(app);
    proxy.answer(READ, await orderOf(id, { customId: 'pay_of-somebody-else' }));
    const canceled = await payments.command(app, id, 'cancel');
    expect(canceled).toMatchObject({ status: 202, body: { operation: { state: 'needs_review' } } });
    expect(await show(id)).toMatchObject({ state: 'authorized', conflict: 'reference_mismatch' });
    expect(await posts(/\/void$/)).toEqual([]);
  });

  it('no to a void in a word that nobody knows is for a person after a day', async () => {
    const { id } = await payments.makeHeld(app);
    proxy.answer(VOID, A_NEW_NO, 3);
    await world.lost(app, await payments.command(app, id, 'cancel'));
    await moveOperation(app, id, `first_sent_at = first_sent_at - interval '23 hours'`);
    expect((await payments.command(app, id, 'cancel')).status).toBe(202);
    expect(await newestOperation(app, id)).toMatchObject({ kind: 'void', state: 'unsettled' });
    const overdue = `first_sent_at = first_sent_at - interval '2 hours', next_attempt_at = now()`;
    await moveOperation(app, id, overdue);
    const waiting = await inReview(app, id);
    expect(waiting).toMatchObject({ kind: 'void', error_code: 'not_voided' });
    proxy.forget();
    payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
    const paid = await payments.command(app, id, 'capture');
    expect(paid).toMatchObject({ status: 200, body: { state: 'paid', captured_amount: 1000 } });
  });

  describe('as a 404', () => {
    const gone = (times: number) => proxy.answer(READ, world.ORDER_GONE, times);

    it('nothing at all stays held until its time is over', async () => {
      const { id } = await payments.makeHeld(app);
      gone(3);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state: 'authorized',
      });
      payments.expectProblem(await payments.command(app, id, 'cancel'), 409, 'payment_lost');
      proxy.forget();
      expect((await payments.command(app, id, 'cancel')).body).toMatchObject({ state: 'canceled' });
    });

    it.each([
      ['expired when nothing was captured', 0, 'expired'],
      ['paid when something was', 400, 'paid'],
    ])('nothing at all after its end is %s', async (_, amount, state) => {
      const { id } = await payments.makeHeld(app);
      if (amount > 0) await payments.command(app, id, 'capture', { body: { amount } });
      await isOver(id);
      gone(1);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state,
        captured_amount: amount,
        authorization: { capturable_amount: 0 },
        conflict: null,
      });
    });

    it('nothing at all after its end is no dead end for a cancel', async () => {
      const { id } = await payments.makeHeld(app);
      await isOver(id);
      gone(2);
      const keyed = { headers: { 'idempotency-key': `${id}-cancel` } };
      const first = await payments.command(app, id, 'cancel', keyed);
      const again = await payments.command(app, id, 'cancel', keyed);
      for (const answer of [first, again]) {
        payments.expectProblem(answer, 409, 'invalid_state');
        expect(answer.body).toMatchObject({ state: 'expired' });
      }
      expect(valueAt(await show(id), 'operation')).toBeNull();
    });

    it('nothing at all after its end settles a void that nobody could finish', async () => {
      const { id } = await payments.makeHeld(app);
      proxy.answer(VOID, A_NEW_NO);
      await world.lost(app, await payments.command(app, id, 'cancel'));
      await isOver(id);
      gone(1);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state: 'expired',
        canceled_via: null,
        operation: null,
      });
      expect(await newestOperation(app, id)).toMatchObject({ kind: 'void', state: 'refused' });
    });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
