import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('the life of a payment', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  describe.each(['paypal', 'paypro'] as const)('at %s', (provider) => {
    it('is created, paid by the payer, approved, and then paid', async () => {
      const created = await payments.create(app, { provider, metadata: { order: '1234' } });
      const id = textOf(created.body, 'id');
      expect(created.status).toBe(201);
      expect(created.headers.location).toBe(`${app.url}/api/payments/${id}`);
      expect(created.body).toMatchObject({
        type: 'payment',
        provider,
        provider_reason: 'requested',
        state: 'open',
        amount: 1000,
        amount_decimal: '10.00',
        currency: 'EUR',
        captured_amount: 0,
        customer: app.customers.user,
        metadata: { order: '1234' },
        operation: null,
        conflict: null,
        error: null,
      });
      const checkoutUrl = textOf(created.body, 'checkout_url');
      expect((await pressOnPayPage(checkoutUrl, 'pay')).status).toBe(303);
      expect(await payments.command(app, id, 'approve')).toMatchObject({
        status: 200,
        body: { id, state: 'paid', captured_amount: 1000, checkout_url: null, conflict: null },
      });
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'paid', operation: null });
      const ledger = await sandboxOf(app).ledgerOf(id);
      expect(ledger).toEqual([expect.objectContaining({ amount: '10.00', currency: 'EUR' })]);
    });

    it('tells its whole story in the timeline', async () => {
      const { id } = await payments.makePaid(app, provider);
      const story = await payments.story(app, id);
      expect(story).toEqual(
        expect.arrayContaining([
          'state: initialized',
          'operation: create succeeded',
          'state: open',
          'fact: capture completed',
          'state: paid',
        ]),
      );
    });

    it('has the same fields and links in every state', async () => {
      const open = await payments.makePayment(app, provider);
      const before = objectOf((await payments.show(app, open.id)).body);
      const links = objectOf(before, '_links');
      expect(links).toMatchObject({
        self: `${app.url}/api/payments/${open.id}`,
        checkout: open.checkoutUrl,
        approve: `${app.url}/api/payments/${open.id}/approve`,
        cancel: `${app.url}/api/payments/${open.id}/cancel`,
      });
      const paid = await payments.makePaid(app, provider);
      const after = objectOf((await payments.show(app, paid.id)).body);
      expect(Object.keys(after)).toEqual(Object.keys(before));
      expect(Object.keys(objectOf(after, '_links'))).toEqual(Object.keys(links));
      expect(objectOf(after, '_links')).toMatchObject({ checkout: null, approve: null });
    });

    it('gives both return URLs our id and keeps what the caller wrote', async () => {
      const changes = {
        return_url: 'https://shop.example/back?cart=7&x=a%20b#/done',
        cancel_url: 'https://shop.example/stop?cart=7#/stopped',
      };
      const canceled = await payments.makePayment(app, provider, changes);
      const token = provider === 'paypal' ? `&token=${canceled.providerId}` : '';
      expect(await pressOnPayPage(canceled.checkoutUrl, 'cancel')).toEqual({
        status: 303,
        location: `https://shop.example/stop?cart=7&paymentId=${canceled.id}${token}#/stopped`,
      });
      const paid = await payments.makePayment(app, provider, changes);
      const { location } = await pressOnPayPage(paid.checkoutUrl, 'pay');
      const back = new URL(location ?? '');
      expect(location).toContain(`/back?cart=7&x=a%20b&paymentId=${paid.id}`);
      expect(back.hash).toBe('#/done');
      expect(back.searchParams.get('token')).toBe(provider === 'paypal' ? paid.providerId : null);
      expect(back.searchParams.has('PayerID')).toBe(provider === 'paypal');
    });

    it('can be taken to the end by somebody who knows only what the return URL brought', async () => {
      const { checkoutUrl, id } = await payments.makePayment(app, provider);
      const { location } = await pressOnPayPage(checkoutUrl, 'pay');
      const back = new URL(location ?? '').searchParams;
      const body = {
        payment_id: back.get('paymentId'),
        token: back.get('token'),
        payer_id: back.get('PayerID'),
      };
      const sent = { key: app.keys.user, body };
      expect(await call(app, 'POST', '/api/payments/approve', sent)).toMatchObject({
        status: 200,
        body: { id, state: 'paid' },
      });
    });

    it('is canceled, and says who did it', async () => {
      const { id, checkoutUrl } = await payments.makePayment(app, provider);
      const via = provider === 'paypal' ? 'local' : 'provider';
      expect(await payments.command(app, id, 'cancel')).toMatchObject({
        status: 200,
        body: { state: 'canceled', canceled_via: via, checkout_url: null },
      });
      await pressOnPayPage(checkoutUrl, 'pay');
      expect(await payments.command(app, id, 'approve')).toMatchObject({
        status: 409,
        body: { code: 'invalid_state', state: 'canceled' },
      });
      expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
    });

    it('is canceled a second time without harm', async () => {
      const { id } = await payments.makePayment(app, provider);
      await payments.command(app, id, 'cancel');
      const again = await payments.command(app, id, 'cancel');
      expect(again).toMatchObject({ status: 200, body: { state: 'canceled' } });
      const story = await payments.story(app, id);
      expect(story.filter((line) => line === 'state: canceled')).toHaveLength(1);
    });

    it('is canceled by any id in the body', async () => {
      const { id, providerId } = await payments.makePayment(app, provider);
      const sent = { key: app.keys.user, body: { payment_id: providerId } };
      expect(await call(app, 'POST', '/api/payments/cancel', sent)).toMatchObject({
        status: 200,
        body: { id, state: 'canceled' },
      });
    });
  });

  it('lets the payer of a declined PayPal payment try again with the same one', async () => {
    const { id, checkoutUrl } = await payments.makePressed(app, 'paypal', 'decline');
    const declined = await payments.command(app, id, 'approve');
    payments.expectProblem(declined, 409, 'payment_declined');
    expect(declined.body).toMatchObject({
      state: 'open',
      retryable: true,
      checkout_url: checkoutUrl,
      provider: { name: 'paypal', code: 'INSTRUMENT_DECLINED' },
    });
    await pressOnPayPage(checkoutUrl, 'pay');
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 200,
      body: { id, state: 'paid' },
    });
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
  });

  it('ends with a declined PayPro payment, and a new one takes its place', async () => {
    const { id } = await payments.makePressed(app, 'paypro', 'decline');
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'payment_failed', state: 'failed' },
    });
    const { id: next } = await payments.makePaid(app, 'paypro');
    expect((await payments.show(app, next)).body).toMatchObject({ state: 'paid' });
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
