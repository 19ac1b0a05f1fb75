import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('a payment in a currency', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it.each([
    ['EUR', 1050, '10.50', '10.50'],
    ['JPY', 10, '10', '10'],
    ['HUF', 1000, '10.00', '10'],
    ['TWD', 1000, '10.00', '10'],
  ])('%s of %s minor units is %s in every answer, and %s at PayPal', async (...row) => {
    const [currency, amount, amount_decimal, atPayPal] = row;
    const shown = { currency, amount, amount_decimal };
    const made = await payments.makePressed(app, 'paypal', 'pay', { currency, amount });
    expect((await payments.show(app, made.id)).body).toMatchObject({ ...shown, state: 'open' });
    const approved = await payments.command(app, made.id, 'approve');
    const paid = { ...shown, state: 'paid', captured_amount: amount };
    expect(approved).toMatchObject({ status: 200, body: paid });
    expect((await payments.show(app, made.id)).body).toMatchObject(paid);
    const all = await call(app, 'GET', '/api/payments', { key: app.keys.user });
    const listed = listOf(all.body, 'data').find((one) => textOf(one, 'id') === made.id);
    expect(listed).toMatchObject(paid);
    expect(await sandboxOf(app).ledgerOf(made.providerId)).toEqual([
      expect.objectContaining({ kind: 'capture', amount: atPayPal, currency }),
    ]);
  });

  it.each([
    ['HUF', 1050, 'HUF with 0 decimals only, such as 10.00: send multiples of HUF 1.00', '1000'],
    ['HUF', 50, 'HUF with 0 decimals only, such as 1.00: send multiples of HUF 1.00', '100'],
    ['TWD', 1, 'TWD with 0 decimals only, such as 1.00: send multiples of TWD 1.00', '100'],
  ])('%s of %s minor units is refused with the amount to send', async (...row) => {
    const [currency, amount, words, example] = row;
    const detail = `PayPal (paypal) takes ${words}, that is of 100 in \`amount\`, such as ${example}.`;
    expect(await refusalOf({ provider: 'paypal', currency, amount })).toMatchObject({
      code: 'unsupported_by_provider',
      detail,
      errors: [{ pointer: '/amount', code: 'currency_decimals', detail }],
    });
  });

  it.each([
    ['BHD', 1000],
    ['KWD', 1000],
    ['ISK', 10],
    ['INR', 1000],
  ])('%s is refused by PayPal, by name', async (currency, amount) => {
    const body = await refusalOf({ provider: 'paypal', currency, amount });
    expect(body).toMatchObject({
      code: 'unsupported_by_provider',
      errors: [{ pointer: '/currency', code: 'currency' }],
    });
    expect(textOf(body, 'detail')).toMatch(/^PayPal \(paypal\) takes no [A-Z]{3}, only AUD, /);
    expect(textOf(body, 'detail')).toContain(`takes no ${currency},`);
  });

  it('that nobody takes is refused with the word of each provider', async () => {
    const body = await refusalOf({ currency: 'KWD', amount: 1000 });
    expect(body).toMatchObject({ code: 'no_suitable_provider' });
    const reasons = listOf(body, 'errors')
      .map((one) => textOf(one, 'detail'))
      .join(' ');
    expect(reasons).toMatch(/PayPal \(paypal\) takes no KWD.*PayPro \(paypro\) takes no KWD/s);
  });

  it('is taken up to the largest amount that is whole at PayPal, and not rounded down to it', async () => {
    const most = { currency: 'HUF', amount: 999_999_999_900 };
    await payments.makePayment(app, 'paypal', most);
    expect(await refusalOf({ provider: 'paypal', ...most, amount: 999_999_999_999 })).toMatchObject(
      {
        errors: [{ pointer: '/amount', code: 'currency_decimals' }],
      },
    );
  });

  it('has limits that the list of providers shows', async () => {
    const shown = await call(app, 'GET', '/api/providers', { key: app.keys.user });
    const limitsOf = (account: string) => {
      const provider = listOf(shown.body, 'data').find((one) => textOf(one, 'id') === account);
      const limits = listOf(provider, 'currencies');
      return Object.fromEntries(limits.map((one) => [textOf(one, 'currency'), one]));
    };
    const paypal = limitsOf('paypal');
    expect(Object.keys(paypal)).toHaveLength(24);
    expect(paypal).toMatchObject({
      EUR: { decimals: 2, minimum_amount: 1, maximum_amount: 999_999_999_999 },
      HUF: { decimals: 0, minimum_amount: 100, maximum_amount: 999_999_999_900 },
      JPY: { decimals: 0, minimum_amount: 1, maximum_amount: 999_999_999_999 },
      TWD: { decimals: 0, minimum_amount: 100, maximum_amount: 999_999_999_900 },
    });
    expect(paypal).not.toHaveProperty('KWD');
    expect(Object.keys(limitsOf('paypro'))).toEqual(['EUR']);
  });

  /** The problem; and nothing was stored, nothing sent. */
  async function refusalOf(changes: object): Promise<unknown> {
    const before = await stored();
    await sandboxOf(app).clearCalls();
    const refused = await payments.create(app, changes);
    payments.expectStatus(refused, 422);
    expect(await sandboxOf(app).calls()).toEqual([]);
    expect(await stored()).toEqual(before);
    return refused.body;
  }

  async function stored(): Promise<unknown> {
    return app.query(
      `SELECT (SELECT count(*) FROM payments.payments) AS payments,
              (SELECT count(*) FROM payments.operations) AS operations`,
    );
  }

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
