import { startTestApp, type TestApp } from '../support/app';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('what a state rules out', () => {
  let app: TestApp;
  beforeAll(async () => {
    // PayPal forgets an order after hours; without a window its 404 says at once that the order expired.
    app = await startTestApp({ settings: { PAYPAL__APPROVAL_WINDOW_HOURS: '0' } });
  });
  afterAll(() => app?.close());

  describe.each(['paypal', 'paypro'] as const)('at %s', (provider) => {
    it('refuses to cancel a paid payment, and says why', async () => {
      const { id } = await payments.makePaid(app, provider);
      const refused = await payments.command(app, id, 'cancel');
      payments.expectProblem(refused, 409, 'invalid_state');
      expect(refused.body).toMatchObject({
        detail: 'A payment that is paid cannot be canceled.',
        payment: id,
        state: 'paid',
      });
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'paid', conflict: null });
    });

    it('refuses to approve before the payer agreed, and says where the payer agrees', async () => {
      const { id, checkoutUrl } = await payments.makePayment(app, provider);
      const refused = await payments.command(app, id, 'approve');
      payments.expectProblem(refused, 409, 'payment_not_approved');
      expect(refused.body).toMatchObject({ state: 'open', checkout_url: checkoutUrl });
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', operation: null });
    });

    it('shows an expired payment as expired, and neither approves nor cancels it', async () => {
      const { id, checkoutUrl } = await payments.makePayment(app, provider);
      expect((await pressOnPayPage(checkoutUrl, 'expire')).status).toBe(410);
      expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
        state: 'expired',
        checkout_url: null,
      });
      for (const verb of ['approve', 'cancel'] as const) {
        const refused = await payments.command(app, id, verb);
        payments.expectProblem(refused, 409, 'invalid_state');
        expect(refused.body).toMatchObject({ state: 'expired' });
      }
    });

    it('notices while approving that the payment expired', async () => {
      const { id } = await payments.makePressed(app, provider, 'expire');
      const refused = await payments.command(app, id, 'approve');
      payments.expectProblem(refused, 409, 'invalid_state');
      expect(refused.body).toMatchObject({ state: 'expired' });
    });

    it('approves a paid payment again without taking money again', async () => {
      const { id } = await payments.makePaid(app, provider);
      expect(await payments.command(app, id, 'approve')).toMatchObject({
        status: 200,
        body: { state: 'paid', captured_amount: 1000 },
      });
      expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
    });

    it('learns by a refresh what the payer did, and takes no money by it', async () => {
      const { id } = await payments.makePressed(app, provider, 'pay');
      const seen = await payments.command(app, id, 'refresh');
      const money = await sandboxOf(app).ledgerOf(id);
      if (provider === 'paypal') {
        expect(seen.body).toMatchObject({ state: 'open' });
        expect(textOf(seen.body, 'payer_id')).toMatch(/^[A-Z0-9]{13}$/);
        expect(textOf(seen.body, 'payer_agreed_at')).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
        expect(money).toEqual([]);
      } else {
        expect(seen.body).toMatchObject({ state: 'paid' });
        expect(money).toHaveLength(1);
      }
    });
  });

  it('says processing until a pending PayPal capture is completed', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pending');
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 200,
      body: { state: 'processing', captured_amount: 0, paid_at: null },
    });
    const refused = await payments.command(app, id, 'cancel');
    payments.expectProblem(refused, 409, 'invalid_state');
    await sandboxOf(app).settleCapture(await payments.captureIdOf(app, id), 'COMPLETED');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      conflict: null,
    });
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
  });

  it('says failed when a pending PayPal capture is declined', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pending');
    await payments.command(app, id, 'approve');
    await sandboxOf(app).settleCapture(await payments.captureIdOf(app, id), 'DECLINED');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'failed',
      captured_amount: 0,
    });
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it('says processing while PayPro waits for the money, then paid', async () => {
    const { id, providerId } = await payments.makePressed(app, 'paypro', 'process');
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 200,
      body: { state: 'processing' },
    });
    await sandboxOf(app).setPayproState(providerId, 'paid');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ state: 'paid' });
  });

  it('follows a payment that was canceled at PayPro by the payer', async () => {
    const { id } = await payments.makePressed(app, 'paypro', 'cancel');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ state: 'canceled' });
  });

  it('accepts money that comes after the end, and calls for a person', async () => {
    const { id, providerId } = await payments.makePayment(app, 'paypro');
    await payments.command(app, id, 'cancel');
    await sandboxOf(app).setPayproState(providerId, 'paid');
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      state: 'paid',
      conflict: 'paid_after_canceled',
      captured_amount: 1000,
    });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
