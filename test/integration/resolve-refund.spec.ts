import { textAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { moveOperation, uuidOf } from '../support/integration-parts';
import { runJob } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import * as refunds from '../support/refunds';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';

const REFUND = { method: 'POST', path_contains: '/refunds' };

describe('a refund at PayPro that nobody answered', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  const lost = (amount?: number) => refunds.lostRefund(app, amount);

  async function sentSince(work: () => Promise<unknown>): Promise<number> {
    await sandboxOf(app).clearCalls();
    await work();
    const calls = await sandboxOf(app).calls();
    return calls.filter(({ method, path }) => method === 'POST' && path.includes('/refunds'))
      .length;
  }

  it('waits for a person, visibly, holds its amount back, and is never sent again by itself', async () => {
    const { payment, refund } = await lost();
    const waiting = await call(app, 'GET', '/api/operations?state=needs_review&kind=refund', {
      key: app.keys.staff,
    });
    expect(waiting.text).toContain(payment);
    expect((await refunds.showRefund(app, refund)).body).toMatchObject({
      state: 'pending',
      operation: { kind: 'refund', state: 'needs_review' },
    });
    const sent = await sentSince(async () => {
      const other = await refunds.refund(app, payment, { body: { amount: 100 } });
      payments.expectProblem(other, 409, 'operation_in_progress');
      payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    });
    expect(sent).toBe(0);
  });

  it('is sent once more, and once only, when a person says so', async () => {
    const { payment, refund } = await lost();
    const sent = await sentSince(async () => {
      const resolved = await reviews.resolve(app, payment, { decision: 'retry' });
      expect(resolved).toMatchObject({ status: 200, body: { kind: 'refund', state: 'succeeded' } });
      payments.expectProblem(
        await reviews.resolve(app, payment, { decision: 'retry' }),
        409,
        'operation_settled',
      );
    });
    expect(sent).toBe(1);
    expect((await refunds.showRefund(app, refund)).body).toMatchObject({
      state: 'pending',
      operation: null,
    });
    expect((await refunds.refund(app, payment)).body).toMatchObject({ amount: 600 });
  });

  it('fails on a person’s word, and its amount is free again', async () => {
    const { payment, refund } = await lost();
    payments.expectStatus(await reviews.resolve(app, payment, { decision: 'failed' }), 200);
    expect((await refunds.showRefund(app, refund)).body).toMatchObject({
      state: 'failed',
      operation: null,
      error: { code: 'operation_given_up' },
    });
    expect((await refunds.refund(app, payment)).body).toMatchObject({ amount: 1000 });
  });

  it('cannot be called failed while the provider shows it, and a retry finds it without sending', async () => {
    const { id } = await payments.makePaid(app, 'paypro');
    await sandboxOf(app).fault('paypro', { kind: 'drop_after', match: REFUND });
    const list = { method: 'GET', path_contains: '/refunds' };
    await sandboxOf(app).fault('paypro', { kind: 'error_before', match: list, times: 50 });
    payments.expectStatus(await refunds.refund(app, id, { body: { amount: 400 } }), 202);
    await moveOperation(app, id, `state = 'needs_review', lease_until = now()`);
    await sandboxOf(app).dropFaults();
    const refused = await reviews.resolve(app, id, { decision: 'failed' });
    payments.expectProblem(refused, 409, 'provider_shows_it');
    const sent = await sentSince(async () => {
      const resolved = await reviews.resolve(app, id, { decision: 'retry' });
      expect(resolved).toMatchObject({ status: 200, body: { state: 'succeeded' } });
    });
    expect(sent).toBe(0);
    expect(await refunds.refundsOf(app, id)).toHaveLength(1);
  });

  it('stays with a person when what is sent once more is refused: the first one may have arrived', async () => {
    const { payment, providerId, refund } = await lost(600);
    // It did arrive, late and without our reference, so that there is too little left for a second one.
    await refunds.atGateway(app, `/paypro/payments/${providerId}/refunds`, { amount: 600 });
    payments.expectStatus(await reviews.resolve(app, payment, { decision: 'retry' }), 202);
    expect((await refunds.showRefund(app, refund)).body).toMatchObject({
      state: 'pending',
      operation: { kind: 'refund' },
    });
  });

  it('is not taken for a refund of the same amount that does not name it, which is not counted twice', async () => {
    const { payment, providerId } = await lost();
    await refunds.atGateway(app, `/paypro/payments/${providerId}/refunds`, { amount: 400 });
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    expect(await refunds.refundsOf(app, payment)).toEqual([
      expect.objectContaining({ state: 'pending', provider_refund_id: null }),
    ]);
  });

  it('is linked to the refund that a person found, if that is one of this payment and amount', async () => {
    const { payment, providerId, refund } = await lost();
    const link = (id: string) =>
      reviews.resolve(app, payment, { decision: 'link', provider_id: id });
    const at = `/paypro/payments/${providerId}/refunds`;
    const other = await payments.makePaid(app, 'paypro');
    const theirs = await refunds.atGateway(app, `/paypro/payments/${other.providerId}/refunds`, {
      amount: 400,
    });
    payments.expectProblem(await link(textOf(theirs, 'id')), 422, 'link_mismatch');
    const smaller = await refunds.atGateway(app, at, { amount: 399 });
    payments.expectProblem(await link(textOf(smaller, 'id')), 422, 'link_mismatch');
    const found = textOf(await refunds.atGateway(app, at, { amount: 400 }), 'id');
    payments.expectStatus(await link(found), 200);
    expect((await refunds.showRefund(app, refund)).body).toMatchObject({
      provider_refund_id: found,
      operation: null,
    });
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    const seen = await refunds.refundsOf(app, payment);
    expect(seen.map((one) => textOf(one, 'origin')).sort()).toEqual(['api', 'provider']);
  });

  it('that is called failed makes room for the one of the same amount that was left alone', async () => {
    const { payment, providerId } = await lost();
    await refunds.atGateway(app, `/paypro/payments/${providerId}/refunds`, { amount: 400 });
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    payments.expectStatus(await reviews.resolve(app, payment, { decision: 'failed' }), 200);
    const seen = await refunds.refundsOf(app, payment);
    expect(seen.map((one) => [textOf(one, 'origin'), textOf(one, 'state')]).sort()).toEqual([
      ['api', 'failed'],
      ['provider', 'pending'],
    ]);
    expect((await refunds.refund(app, payment)).body).toMatchObject({ amount: 600 });
  });

  it('that is sent once more and arrives makes room for it too', async () => {
    const { payment, providerId } = await lost();
    await refunds.atGateway(app, `/paypro/payments/${providerId}/refunds`, { amount: 400 });
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    payments.expectStatus(await reviews.resolve(app, payment, { decision: 'retry' }), 200);
    const seen = await refunds.refundsOf(app, payment);
    expect(seen.map((one) => textOf(one, 'origin')).sort()).toEqual(['api', 'provider']);
  });

  it('is found by the watch when the provider shows it in the end', async () => {
    const { payment, providerId, refund } = await lost();
    const late = { amount: 400, reason: refund };
    await refunds.atGateway(app, `/paypro/payments/${providerId}/refunds`, late);
    const sql = 'UPDATE payments.refunds SET next_look_at = now() WHERE payment_id = $1';
    await app.query(sql, [uuidOf(payment)]);
    const found = await eventually(
      async () => {
        await runJob(app, 'watch-refunds');
        return refunds.showRefund(app, refund);
      },
      ({ body }) => textAt(body, 'provider_refund_id') !== null,
    );
    expect(found.body).toMatchObject({ state: 'pending', operation: null });
  });

  it('gives way to one that bears its name over another amount, once a person has linked that', async () => {
    const { payment, providerId, refund } = await lost();
    const at = `/paypro/payments/${providerId}/refunds`;
    const theirs = textOf(await refunds.atGateway(app, at, { amount: 300, reason: refund }), 'id');
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    const failed = await reviews.resolve(app, payment, { decision: 'failed' });
    payments.expectProblem(failed, 409, 'provider_shows_it');
    const linked = await reviews.resolve(app, payment, { decision: 'link', provider_id: theirs });
    expect(linked).toMatchObject({ status: 200, body: { state: 'refused' } });
    expect((await refunds.showRefund(app, refund)).body).toMatchObject({
      state: 'failed',
      operation: null,
      error: { code: 'refund_differs' },
    });
    await refunds.atGateway(app, `/paypro/refunds/${theirs}`, { state: 'refunded' });
    payments.expectStatus(await payments.command(app, payment, 'refresh'), 200);
    expect(await refunds.refundsOf(app, payment)).toContainEqual(
      expect.objectContaining({
        origin: 'provider',
        provider_refund_id: theirs,
        state: 'refunded',
        amount: 300,
      }),
    );
    expect(await refunds.bookedFor(app, payment)).toEqual(['-300']);
    expect((await refunds.refund(app, payment)).body).toMatchObject({ amount: 700 });
  });

  it.each([
    ['the provider cannot say for a day', '25 hours', { status: 500 }],
    ['the provider forgot the payment for a minute', '2 minutes', { status: 404 }],
  ])('waits for a person once %s', async (_, age, answer) => {
    const { id } = await payments.makePaid(app, 'paypro');
    await sandboxOf(app).fault('paypro', { kind: 'drop_before', match: REFUND });
    const list = { method: 'GET', path_contains: '/refunds' };
    const fault = { kind: 'error_before', match: list, times: 1000, ...answer };
    await sandboxOf(app).fault('paypro', fault);
    payments.expectStatus(await refunds.refund(app, id, { body: { amount: 400 } }), 202);
    await refunds.waitsForPerson(app, id, age);
    await sandboxOf(app).dropFaults();
    payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
  });

  it('waits for a person at PayPal as well, once its repeats brought nothing for a day', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    const match = { method: 'POST', path_contains: '/refund' };
    const fault = { kind: 'error_before', match, times: 1000 };
    await sandboxOf(app).fault('paypal', fault);
    payments.expectStatus(await refunds.refund(app, id, { body: { amount: 400 } }), 202);
    await refunds.waitsForPerson(app, id, '25 hours');
    await sandboxOf(app).dropFaults();
    payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
    expect(await refunds.wentBack(app, id)).toEqual(['4.00']);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
