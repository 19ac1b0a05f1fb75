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
