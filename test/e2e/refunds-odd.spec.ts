import { startTestApp, type TestApp } from '../support/app';
import { chargebackIs, takersOf } from '../support/chargebacks';
import { eventually } from '../support/http';
import { endJobPauses, listen, notificationsOf } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import * as refunds from '../support/refunds';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';

describe('refunds that are not as they were asked for', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await listen(app);
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  const arrives = (refund: string) =>
    refunds.atGateway(app, `/paypro/refunds/${refund}`, { state: 'refunded' });

  it('are both booked when the provider made two of one, and a person is told', async () => {
    const { id, providerId } = await payments.makePaid(app, 'paypro');
    const made = await refunds.refund(app, id, { body: { amount: 400 } });
    const first = textOf(made.body, 'provider_refund_id');
    const at = `/paypro/payments/${providerId}/refunds`;
    const wish = { amount: 400, reason: textOf(made.body, 'id') };
    const second = textOf(await refunds.atGateway(app, at, wish), 'id');
    for (const one of [first, second]) await arrives(one);
    payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
    const seen = await refunds.refundsOf(app, id);
    expect(
      seen.map((one) => [textOf(one, 'origin'), textOf(one, 'provider_refund_id')]).sort(),
    ).toEqual([
      ['api', first],
      ['provider', second],
    ]);
    expect(await refunds.bookedFor(app, id)).toEqual(['-400', '-400']);
    expect((await payments.show(app, id)).body).toMatchObject({
      refunded_amount: 800,
      conflict: 'refunded_twice',
    });
  });

  it('and may be ours keep their notification waiting until ours has ended', async () => {
    const { payment, providerId } = await refunds.lostRefund(app);
    const at = `/paypro/payments/${providerId}/refunds`;
    const theirs = textOf(await refunds.atGateway(app, at, { amount: 400 }), 'id');
    await arrives(theirs);
    const waiting = await eventually(
      () => notificationsOf(app, theirs),
      (all) => all.some(({ error }) => error !== null),
    );
    expect(waiting.map(({ state }) => state)).not.toContain('applied');
    payments.expectStatus(await reviews.resolve(app, payment, { decision: 'failed' }), 200);
    await eventually(
      async () => {
        await endJobPauses(app);
        return notificationsOf(app, theirs);
      },
      (all) => all.every(({ state }) => state === 'applied'),
    );
    expect(await refunds.bookedFor(app, payment)).toEqual(['-400']);
  });

  it('cannot exceed what chargebacks have left', async () => {
    const { id, providerId } = await payments.makePaid(app, 'paypro');
    const chargeback = await takersOf(app).chargeBack(providerId, { amount: 300 });
    await chargebackIs(app, chargeback, 'lost');
    const over = await refunds.refund(app, id, { body: { amount: 701 } });
    payments.expectProblem(over, 422, 'refund_too_high');
    expect(over.body).toMatchObject({ refundable_amount: 700 });
  });

  it('come from the capture that no chargeback has taken', async () => {
    const wish = { capture_method: 'manual' };
    const { id } = await payments.makePressed(app, 'paypal', 'pay', wish);
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    const take = (body: object) => payments.command(app, id, 'capture', { body });
    payments.expectStatus(await take({ amount: 500 }), 200);
    const first = await payments.captureIdOf(app, id);
    payments.expectStatus(await take({ amount: 500, final: true }), 200);
    const reversal = await takersOf(app).reverse(first, {});
    await chargebackIs(app, reversal, 'lost');
    const made = await refunds.refund(app, id, { body: { amount: 500 } });
    expect(made).toMatchObject({ status: 201, body: { state: 'refunded', amount: 500 } });
    payments.expectProblem(await refunds.refund(app, id), 409, 'nothing_to_refund');
    expect(await refunds.wentBack(app, id)).toEqual(['5.00']);
  });

  it('and cannot be called off any more say so in the same words for the same key', async () => {
    const { id } = await payments.makePaid(app, 'paypro');
    const made = await refunds.refund(app, id);
    await arrives(textOf(made.body, 'provider_refund_id'));
    const refund = textOf(made.body, 'id');
    const asked = { headers: { 'idempotency-key': `off-${refund}` } };
    const first = await refunds.cancelRefund(app, refund, asked);
    const again = await refunds.cancelRefund(app, refund, asked);
    for (const answer of [first, again]) payments.expectProblem(answer, 409, 'invalid_state');
    expect(textOf(again.body, 'detail')).toBe(textOf(first.body, 'detail'));
  });

  it('and whose calling off was never sent are called off by the same key afterwards', async () => {
    const { id } = await payments.makePaid(app, 'paypro');
    const refund = textOf((await refunds.refund(app, id)).body, 'id');
    const asked = { headers: { 'idempotency-key': `unsent-${refund}` } };
    const match = { method: 'DELETE' };
    await sandboxOf(app).fault('paypro', { kind: 'rate_limit', match });
    const unsent = await refunds.cancelRefund(app, refund, asked);
    payments.expectProblem(unsent, 503, 'provider_unavailable');
    await sandboxOf(app).dropFaults();
    const canceled = await refunds.cancelRefund(app, refund, asked);
    expect(canceled).toMatchObject({ status: 200, body: { state: 'canceled', operation: null } });
    const again = await refunds.cancelRefund(app, refund, asked);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it.each([
    ['paypal', {}],
    ['paypro', { pay_methods: ['ideal'] }],
  ])('never go to an account that %s does not ask for', async (provider, wish) => {
    const { id } = await payments.makePressed(app, provider, 'pay', wish);
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    const body = { account_holder_name: 'Walter Lebowski', iban: 'BE68539007547034' };
    const refused = await refunds.refund(app, id, { body });
    payments.expectProblem(refused, 422, 'invalid_request');
    expect(refused.body).toMatchObject({
      errors: [{ pointer: '/account_holder_name' }, { pointer: '/iban' }],
    });
    expect(await refunds.refundsOf(app, id)).toEqual([]);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
