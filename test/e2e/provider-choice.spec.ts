import { PAYPAL, PAYPAL_BE, startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('which provider takes a payment', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      settings: (sandboxUrl) => ({
        PROVIDERS: 'paypal,paypal_be,paypro',
        DEFAULT_PROVIDER: 'paypro',
        PAYPAL_BE__TYPE: 'paypal',
        PAYPAL_BE__CLIENT_ID: PAYPAL_BE.clientId,
        PAYPAL_BE__CLIENT_SECRET: PAYPAL_BE.secret,
        PAYPAL_BE__MODE: 'sandbox',
        PAYPAL_BE__BASE_URL: `${sandboxUrl}/paypal`,
      }),
    });
  });
  afterAll(() => app?.close());

  it.each([
    ['euros', { currency: 'EUR' }, 'paypro', 'default'],
    ['dollars', { currency: 'USD' }, 'paypal', 'first_suitable'],
    ['iDEAL', { pay_methods: ['ideal'] }, 'paypro', 'default'],
    ['PayPal, which PayPro offers too', { pay_methods: ['paypal'] }, 'paypro', 'default'],
    ['the named account', { provider: 'paypal_be' }, 'paypal_be', 'requested'],
    ['null for no wish', { provider: null }, 'paypro', 'default'],
  ])('is chosen for %s', async (_, changes, provider, provider_reason) => {
    expect(await payments.create(app, changes)).toMatchObject({
      status: 201,
      body: { provider, provider_reason },
    });
  });

  it('says of each provider why it cannot, when none can', async () => {
    const refused = await payments.create(app, { currency: 'USD', pay_methods: ['ideal'] });
    payments.expectProblem(refused, 422, 'no_suitable_provider');
    const reasons = listOf(refused.body, 'errors').map((one) => textOf(one, 'detail'));
    for (const account of ['paypal', 'paypal_be', 'paypro']) {
      expect(reasons.some((reason) => reason.includes(`(${account})`))).toBe(true);
    }
    expect(reasons.join(' ')).toMatch(/PayPro \(paypro\) takes no USD, only EUR/);
    expect(reasons.join(' ')).toMatch(/PayPal \(paypal\) has no pay method ideal/);
  });

  it('is refused when it is not configured', async () => {
    const refused = await payments.create(app, { provider: 'adyen' });
    payments.expectProblem(refused, 422, 'provider_not_configured');
  });

  it.each([
    ['a mandate at PayPal', { provider: 'paypal', mandate: 'MD1' }, /PayPal.*mandate/],
    [
      'a new mandate at PayPal',
      { provider: 'paypal', setup_mandate: true },
      /PayPal.*setup_mandate/,
    ],
    ['dollars at PayPro', { provider: 'paypro', currency: 'USD' }, /PayPro.*USD/],
    ['iDEAL at PayPal', { provider: 'paypal', pay_methods: ['ideal'] }, /PayPal.*ideal/],
    [
      'half a forint at PayPal',
      { provider: 'paypal', currency: 'HUF', amount: 10050 },
      /PayPal.*HUF with 0 decimals only, such as 100\.00/,
    ],
  ])('refuses %s, and sends nothing', async (_, changes, words) => {
    await sandboxOf(app).clearCalls();
    const refused = await payments.create(app, changes);
    payments.expectProblem(refused, 422, 'unsupported_by_provider');
    expect(textOf(refused.body, 'detail')).toMatch(words);
    expect(await sandboxOf(app).calls()).toEqual([]);
  });

  it('takes whole forints at PayPal', async () => {
    const made = await payments.makePayment(app, 'paypal', { currency: 'HUF', amount: 10_000 });
    expect((await payments.show(app, made.id)).body).toMatchObject({ amount_decimal: '100.00' });
  });

  it('uses the credentials of the account that was asked for', async () => {
    const made = await payments.makePaid(app, 'paypal_be');
    expect((await payments.show(app, made.id)).body).toMatchObject({
      provider: 'paypal_be',
      state: 'paid',
    });
    expect(await statusAtPayPal(PAYPAL, made.providerId)).toBe(404);
    expect(await statusAtPayPal(PAYPAL_BE, made.providerId)).toBe(200);
  });

  /** How PayPal answers another program that asks for the order with these credentials. */
  async function statusAtPayPal(account: typeof PAYPAL, orderId: string): Promise<number> {
    const basic = Buffer.from(`${account.clientId}:${account.secret}`).toString('base64');
    const paypal = { url: app.sandboxUrl };
    const token = await call(paypal, 'POST', '/paypal/v1/oauth2/token', {
      raw: 'grant_type=client_credentials',
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    const key = textOf(token.body, 'access_token');
    return (await call(paypal, 'GET', `/paypal/v2/checkout/orders/${orderId}`, { key })).status;
  }

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
