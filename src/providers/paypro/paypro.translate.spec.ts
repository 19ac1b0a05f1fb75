import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CreateOrder, type ProviderPayment } from '../payment-provider';
import { Money } from '../../shared/money/money';
import { toNewPayment, toProviderPayment } from './paypro.translate';
import { readPage, readPayment } from './paypro.wire';

const order: CreateOrder = {
  reference: 'pay_1',
  key: 'v1.1.create.1',
  amount: Money.of(1000n, 'EUR'),
  captureMethod: 'automatic',
  description: null,
  returnUrl: null,
  cancelUrl: null,
  payMethods: [],
  metadata: {},
  providerCustomer: null,
  mandate: null,
  setupMandate: false,
  locale: null,
};

function show(body: object): ProviderPayment {
  const payment = readPayment({ id: 'PP1', state: 'open', amount: 1000, currency: 'EUR', ...body });
  if (payment === undefined) throw new Error('not a payment');
  return toProviderPayment(payment);
}

const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', name), 'utf8'));

describe('what PayPro is asked for', () => {
  it('holds nothing but what it needs when the order says nothing more', () => {
    expect(toNewPayment(order)).toEqual({
      amount: 1000,
      currency: 'EUR',
      description: 'Payment pay_1',
      metadata: { kassa_payment: 'pay_1' },
    });
  });

  it('holds everything that the order says', () => {
    const full: CreateOrder = {
      ...order,
      description: 'Two chairs',
      returnUrl: 'https://shop.example/thanks',
      cancelUrl: 'https://shop.example/cart',
      payMethods: ['ideal', 'creditcard'],
      metadata: { order: 7 },
      providerCustomer: 'CU1',
      setupMandate: true,
      locale: 'nl',
    };
    expect(toNewPayment(full)).toEqual({
      amount: 1000,
      currency: 'EUR',
      description: 'Two chairs',
      return_url: 'https://shop.example/thanks',
      cancel_url: 'https://shop.example/cart',
      pay_methods: ['ideal', 'creditcard'],
      metadata: { order: 7, kassa_payment: 'pay_1' },
      customer: 'CU1',
      setup_mandate: true,
      locale: 'nl',
    });
    expect(toNewPayment({ ...order, mandate: 'MD1' })).toMatchObject({ mandate: 'MD1' });
  });

  it('always has a description, which PayPro requires', () => {
    expect(toNewPayment({ ...order, description: '' }).description).toBe('Payment pay_1');
  });

  it("does not let the caller's metadata take the place of our reference", () => {
    const metadata = { kassa_payment: 'pay_2', a: 1 };
    expect(toNewPayment({ ...order, metadata }).metadata).toEqual({ a: 1, kassa_payment: 'pay_1' });
  });

  it.each([
    ['nl-NL', 'nl'],
    ['EN', 'en'],
    ['de_DE', 'de'],
  ])('says the locale %s as %s, which PayPro knows', (locale, language) => {
    expect(toNewPayment({ ...order, locale }).locale).toBe(language);
  });

  it.each([1n, 999_999_999_999n])('writes %s cents as that JSON integer', (minor) => {
    const text = JSON.stringify(toNewPayment({ ...order, amount: Money.of(minor, 'EUR') }));
    expect(text).toContain(`"amount":${minor},`);
  });
});

describe('what PayPro shows', () => {
  it.each([
    ['initialized', 'open'],
    ['open', 'open'],
    ['processing', 'processing'],
    ['paid', 'paid'],
    ['completed', 'paid'],
    ['canceled', 'canceled'],
    ['failed', 'failed'],
    ['expired', 'expired'],
    ['refunded', 'unknown'],
    ['Paid', 'unknown'],
    ['constructor', 'unknown'],
  ])('calls %s %s and keeps the word', (word, state) => {
    expect(show({ state: word })).toMatchObject({ state, providerState: word });
  });

  it.each(['paid', 'completed'])('counts a %s payment as one capture of its amount', (state) => {
    const amount = Money.of(1000n, 'EUR');
    expect(show({ state }).captures).toEqual([{ captureId: 'PP1', state: 'completed', amount }]);
  });

  it.each(['open', 'processing', 'canceled', 'failed', 'expired', 'refunded'])(
    'counts no money for a payment that is %s',
    (state) => {
      expect(show({ state }).captures).toEqual([]);
    },
  );

  it.each([{ amount: '1000' }, { amount: null }, { currency: 'eur' }, { currency: null }])(
    'makes no amount of %j, and no capture either',
    (part) => {
      expect(show({ state: 'paid', ...part })).toMatchObject({ amount: null, captures: [] });
    },
  );

  it('gives the checkout link only while there is something to pay', () => {
    const _links = { checkout: 'http://any.host.example/pay/1' };
    expect(show({ _links }).checkoutUrl).toBe('http://any.host.example/pay/1');
    expect(show({ _links, state: 'paid' }).checkoutUrl).toBeNull();
    expect(show({ _links: { checkout: 'javascript:alert(1)' } }).checkoutUrl).toBeNull();
    expect(show({}).checkoutUrl).toBeNull();
  });

  it('finds our reference and the ids of everything that belongs to the payment', () => {
    const body = {
      metadata: { kassa_payment: 'pay_1', order: 7 },
      pay_method: { id: 'ideal', type: 'pay_method', name: 'iDEAL' },
      customer: 'CU1',
      mandate: 'MD1',
      subscription: 'PS1',
      installment_plan: 'PI1',
    };
    expect(show(body)).toMatchObject({
      reference: 'pay_1',
      payMethod: 'ideal',
      providerCustomer: 'CU1',
      mandate: 'MD1',
      subscription: 'PS1',
      installmentPlan: 'PI1',
      payerAgreed: false,
      raw: body,
    });
  });

  it('reads the recorded payments of 2023', () => {
    const paid = readPayment(recorded('payment-paid.json'));
    expect(paid && toProviderPayment(paid)).toMatchObject({
      providerId: 'PPSKN6FAN8KNE1',
      state: 'paid',
      amount: Money.of(5000n, 'EUR'),
      reference: null,
      payMethod: 'ideal',
      paidAt: new Date('2023-12-11T15:31:44Z'),
    });
    const list = readPage(recorded('payment-list-processing.json'))?.payments ?? [];
    expect(list.map(toProviderPayment)).toMatchObject([
      { state: 'processing', payMethod: 'direct-debit', captures: [], paidAt: null },
    ]);
  });
});
