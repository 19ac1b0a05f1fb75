import { type PaymentProvider } from '../../src/providers/payment-provider';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { objectAt, valueAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { startWireRecorder, type WireRecorder } from './currencies.recorder';
import { anOrder, controlOf, done, openPayPal, press, startPayPal } from './paypal.support';
import * as paypro from './paypro.support';

/** What the adapters write into the body of a create, read between them and the simulators. */

let sandbox: RunningSandbox;
let recorder: WireRecorder;
let paypal: PaymentProvider;

beforeAll(async () => {
  sandbox = await startPayPal([paypro.KEY]);
  recorder = await startWireRecorder(sandbox.url);
});

beforeEach(() => {
  recorder.clear();
  paypal = openPayPal(recorder.url, []);
});

afterAll(async () => {
  await recorder?.close();
  await sandbox?.close();
});

describe('an amount on its way to PayPal', () => {
  const WITH_CENTS =
    'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD';

  it.each([
    ...WITH_CENTS.split(' ').map((currency) => [currency, 1000n, '10.00'] as const),
    ['EUR', 1n, '0.01'] as const,
    ['EUR', 999_999_999_999n, '9999999999.99'] as const,
    ['JPY', 10n, '10'] as const,
    ['JPY', 1n, '1'] as const,
    ['JPY', 999_999_999_999n, '999999999999'] as const,
    ['HUF', 1000n, '10'] as const,
    ['HUF', 100n, '1'] as const,
    ['HUF', 999_999_999_900n, '9999999999'] as const,
    ['TWD', 1000n, '10'] as const,
    ['TWD', 100n, '1'] as const,
  ])('in %s, %s minor units, is "%s" and comes back as it was', async (...row) => {
    const [currency, minor, value] = row;
    const amount = Money.of(minor, currency);
    const created = done(await paypal.payments.create(anOrder({ amount })));
    const [body, ...others] = recorder.sentTo('/paypal/v2/checkout/orders');
    expect(others).toEqual([]);
    expect(objectAt(body, 'purchase_units', 0, 'amount')).toEqual({
      currency_code: currency,
      value,
    });
    expect(created.amount).toEqual(amount);
    expect(done(await paypal.payments.read(created.providerId)).amount).toEqual(amount);
  });

  it.each([
    ['EUR', 1050n, '10.50'],
    ['JPY', 10n, '10'],
    ['HUF', 1000n, '10'],
    ['TWD', 1000n, '10'],
  ])('in %s, %s minor units, takes "%s" of money', async (currency, minor, value) => {
    const order = anOrder({ amount: Money.of(minor, currency) });
    const created = done(await paypal.payments.create(order));
    await press(created, 'pay');
    const { key, amount } = order;
    const capture = { providerId: created.providerId, key: `${key}.capture`, amount };
    const taken = await paypal.payments.capture?.(capture);
    expect(taken).toMatchObject({ outcome: 'done', value: { captures: [{ amount }] } });
    expect(await controlOf(sandbox.url).moneyIn(created.providerId)).toEqual([
      expect.objectContaining({ kind: 'capture', amount: value, currency }),
    ]);
  });

  it.each([
    ['HUF', 1050n],
    ['HUF', 99n],
    ['TWD', 1001n],
    ['JPY', 0n],
    ['JPY', 1_000_000_000_000n],
    ['BHD', 1000n],
    ['KWD', 10_000n],
    ['ISK', 10n],
  ])('in %s, %s minor units, is refused before anything is sent', async (currency, minor) => {
    const refused = await paypal.payments.create(anOrder({ amount: Money.of(minor, currency) }));
    expect(refused).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'amount_not_supported' },
    });
    expect(recorder.sentTo('/paypal/v1/oauth2/token')).toEqual([]);
    expect(recorder.sentTo('/paypal/v2/checkout/orders')).toEqual([]);
  });
});

describe('an amount on its way to PayPal by Payments v1', () => {
  beforeEach(() => {
    paypal = openPayPal(recorder.url, [], { API: 'payments_v1' });
  });

  it.each([
    ['EUR', 1000n, '10.00'],
    ['EUR', 1n, '0.01'],
    ['EUR', 999_999_999n, '9999999.99'],
    ['USD', 1050n, '10.50'],
    ['JPY', 10n, '10'],
    ['JPY', 9_999_999n, '9999999'],
    ['HUF', 1000n, '10'],
    ['HUF', 999_999_900n, '9999999'],
    ['TWD', 100n, '1'],
  ])('in %s, %s minor units, is "%s", taken and comes back as it was', async (...row) => {
    const [currency, minor, total] = row;
    const order = anOrder({ amount: Money.of(minor, currency) });
    const { key, amount } = order;
    const created = done(await paypal.payments.create(order));
    const [body] = recorder.sentTo('/paypal/v1/payments/payment');
    expect(objectAt(body, 'transactions', 0, 'amount')).toEqual({ currency, total });
    expect(created.amount).toEqual(amount);
    await press(created, 'pay');
    const capture = { providerId: created.providerId, key: `${key}.capture`, amount };
    const taken = await paypal.payments.capture?.(capture);
    expect(taken).toMatchObject({ outcome: 'done', value: { captures: [{ amount }] } });
    expect(await controlOf(sandbox.url).moneyIn(created.providerId)).toEqual([
      expect.objectContaining({ kind: 'capture', amount: total, currency }),
    ]);
  });

  it.each([
    ['EUR', 1_000_000_000n],
    ['JPY', 10_000_000n],
    ['HUF', 1050n],
    ['TWD', 1_000_000_000n],
    ['KWD', 10_000n],
  ])('in %s, %s minor units, is refused before anything is sent', async (currency, minor) => {
    const refused = await paypal.payments.create(anOrder({ amount: Money.of(minor, currency) }));
    expect(refused).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'amount_not_supported' },
    });
    expect(recorder.sentTo('/paypal/v1/payments/payment')).toEqual([]);
  });
});

describe('an amount on its way to PayPro', () => {
  it.each([
    [100n, 100],
    [1000n, 1000],
    [1050n, 1050],
  ])('of %s cents is the whole number %s', async (minor, cents) => {
    const provider = paypro.configure({ ...sandbox, url: recorder.url });
    const amount = Money.of(minor, 'EUR');
    const payMethods: readonly string[] = [];
    const created = done(await provider.payments.create(paypro.order({ amount, payMethods })));
    const [body] = recorder.sentTo('/paypro/payments');
    expect(valueAt(body, 'amount')).toBe(cents);
    expect(valueAt(body, 'currency')).toBe('EUR');
    expect(created.amount).toEqual(amount);
  });
});
