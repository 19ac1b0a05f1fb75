import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPage, readError, readPage, readPayment } from './paypro.wire';

const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', name), 'utf8'));

describe("reading PayPro's answers", () => {
  it('reads a recorded payment of 2023, which lacks half of the documented keys', () => {
    const body = recorded('payment-paid.json');
    expect(readPayment(body)).toEqual({
      id: 'PPSKN6FAN8KNE1',
      state: 'paid',
      amount: 5000,
      currency: 'EUR',
      pay_method: 'ideal',
      metadata: null,
      customer: null,
      mandate: null,
      subscription: null,
      installment_plan: null,
      paid_at: new Date('2023-12-11T15:31:44Z'),
      created_at: new Date('2023-12-11T15:31:14Z'),
      checkout: null,
      raw: body,
    });
  });

  it.each(['payment-list.json', 'payment-list-processing.json'])(
    'reads the recorded %s',
    (name) => {
      const page = readPage(recorded(name));
      expect(page?.payments).toHaveLength(1);
      expect(page?.nextCursor).toBeNull();
    },
  );

  it('recognises the recorded list of pay methods as a list', () => {
    expect(isPage(recorded('pay-method-list.json'))).toBe(true);
    expect(isPage({ data: {} })).toBe(false);
  });

  it.each([undefined, null, [], 'paid', {}, { id: 'PP1' }, { state: 'open' }, { id: 1, state: 2 }])(
    'sees no payment in %j',
    (body) => {
      expect(readPayment(body)).toBeUndefined();
    },
  );

  it.each([10.5, '1000', -1, 2 ** 53, null, undefined])('reads no amount from %j', (amount) => {
    expect(readPayment({ id: 'PP1', state: 'open', amount })?.amount).toBeNull();
  });

  it('keeps missing metadata apart from empty metadata', () => {
    const payment = { id: 'PP1', state: 'open' };
    expect(readPayment(payment)?.metadata).toBeNull();
    expect(readPayment({ ...payment, metadata: null })?.metadata).toEqual({});
    expect(readPayment({ ...payment, metadata: { a: 'b' } })?.metadata).toEqual({ a: 'b' });
  });

  it('reads the pay method as an object and as its bare id', () => {
    const payment = { id: 'PP1', state: 'open' };
    expect(readPayment({ ...payment, pay_method: { id: 'ideal' } })?.pay_method).toBe('ideal');
    expect(readPayment({ ...payment, pay_method: 'ideal' })?.pay_method).toBe('ideal');
    expect(readPayment({ ...payment, pay_method: null })?.pay_method).toBeNull();
  });

  it.each(['https://pay.example/1', { href: 'https://pay.example/1' }])(
    'reads the checkout link from %j',
    (checkout) => {
      const payment = readPayment({ id: 'PP1', state: 'open', _links: { checkout } });
      expect(payment?.checkout).toBe('https://pay.example/1');
    },
  );

  it.each([
    ['https://elsewhere.example/payments?limit=3&cursor=bjpQUDE', 'bjpQUDE'],
    ['/payments?cursor=bjpQUDE', 'bjpQUDE'],
  ])('takes only the cursor from the next link %s', (next, cursor) => {
    expect(readPage({ data: [], _links: { next } })?.nextCursor).toBe(cursor);
  });

  it('leaves out a payment that cannot be read, and says so', () => {
    const data = [{ id: 'PP1' }, { id: 'PP2', state: 'open' }];
    expect(readPage({ data })).toMatchObject({ payments: [{ id: 'PP2' }], isWhole: false });
    expect(readPage({ data: data.slice(1) })).toMatchObject({ isWhole: true });
  });

  it.each([
    ['no list', {}],
    [
      'a next link without a cursor',
      { data: [], _links: { next: 'https://api.paypro.nl/payments' } },
    ],
    ['a next link that is no link', { data: [], _links: { next: 7 } }],
  ])('does not take a page with %s for the whole truth', (_what, body) => {
    expect(readPage(body)).toBeUndefined();
  });

  it('reads the one error of an answer, however little of it there is', () => {
    const error = {
      type: 'invalid_request',
      message: 'Description must be set',
      param: 'description',
    };
    expect(readError({ error })).toEqual(error);
    expect(readError({})).toEqual({ type: null, message: null, param: null });
    expect(readError(undefined)).toEqual({ type: null, message: null, param: null });
  });
});
