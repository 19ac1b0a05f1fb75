import { request } from 'node:http';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { send, matching, text } from './reply.wire';
import { aPayment, control, OTHER_KEY, payproClient, press, type Send, start } from './support';

describe('PayPro', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  beforeAll(async () => {
    sandbox = await start();
    call = payproClient(sandbox.url);
  });
  afterAll(() => sandbox.close());

  const created = async (changes: object = {}) => {
    const { body } = await call('POST', '/payments', aPayment(changes));
    return { id: text(body['id']), page: text(body['_links']?.['checkout']) };
  };
  const move = (id: string, state: string) =>
    control(sandbox.url)('POST', `/paypro/payments/${id}`, { state });

  it('refuses a call without a good key, in JSON', async () => {
    const { status, body } = await payproClient(sandbox.url, 'pp_wrong')('GET', '/payments');
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { type: 'authentication_error' } });
    expect((await send(`${sandbox.url}/paypro/payments`)).status).toBe(401);
  });

  it('spells X-Request-Id with these capitals', async () => {
    const names = await new Promise<string[]>((resolve, reject) => {
      request(`${sandbox.url}/paypro/payments`, (response) => {
        response.resume().once('end', () => resolve(response.rawHeaders));
      })
        .once('error', reject)
        .end();
    });
    expect(names).toContain('X-Request-Id');
  });

  it('creates an open payment with a checkout link and everything the reference lists', async () => {
    const { status, body } = await call('POST', '/payments', aPayment({ locale: 'xx' }));
    expect(status).toBe(201);
    const id = text(body['id']);
    expect(id).toMatch(/^PP[A-Z0-9]{12}$/);
    expect(body).toEqual({
      id,
      type: 'payment',
      amount: 1250,
      currency: 'EUR',
      description: 'Two books',
      state: 'open',
      pay_method: null,
      refunded_amount: 0,
      return_url: 'http://shop.test/back?order=7',
      cancel_url: 'http://shop.test/cancel?order=7',
      metadata: { order_id: 'our-1' },
      customer: null,
      mandate: null,
      subscription: null,
      installment_plan: null,
      locale: 'xx',
      paid_at: null,
      created_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      _links: {
        self: `${sandbox.url}/paypro/payments/${id}`,
        checkout: `${sandbox.url}/paypro/pay/${id}`,
      },
    });
    expect((await call('GET', `/payments/${id}`)).body).toEqual(body);
  });

  it('makes a second payment of a repeated call', async () => {
    const headers = { 'idempotency-key': 'same', 'x-request-id': 'same' };
    const first = await call('POST', '/payments', aPayment(), headers);
    const second = await call('POST', '/payments', aPayment(), headers);
    expect(second.status).toBe(201);
    expect(second.body['id']).not.toEqual(first.body['id']);
  });

  it.each([
    ['no amount', { amount: undefined }, 'amount'],
    ['a fraction of a cent', { amount: 12.5 }, 'amount'],
    ['an amount as text', { amount: '1250' }, 'amount'],
    ['nothing to pay', { amount: 0 }, 'amount'],
    ['less than the method takes', { amount: 9, pay_methods: ['ideal'] }, 'amount'],
    ['more than the method takes', { amount: 5_000_001, pay_methods: ['ideal'] }, 'amount'],
    ['dollars', { currency: 'USD' }, 'currency'],
    ['no description', { description: undefined }, 'description'],
    ['an empty description', { description: '' }, 'description'],
    ['an unknown method', { pay_methods: ['barter'] }, 'pay_methods'],
    ['a method that is off', { pay_methods: ['ideal-qr'] }, 'pay_methods'],
    ['no method at all', { pay_methods: [] }, 'pay_methods'],
    ['an unknown customer', { customer: 'CU000000000000' }, 'customer'],
    ['an unknown mandate', { mandate: 'MD000000000000' }, 'mandate'],
    ['a mandate and methods', { mandate: 'MD0', pay_methods: ['ideal'] }, 'mandate'],
    ['a mandate for nobody', { setup_mandate: true }, 'customer'],
    ['a return_url that is none', { return_url: 'javascript:alert(1)' }, 'return_url'],
    ['a cancel_url that is none', { cancel_url: 'shop' }, 'cancel_url'],
    ['metadata that is a list', { metadata: [] }, 'metadata'],
  ])('refuses %s and names the parameter', async (_name, change, param) => {
    const { status, body } = await call('POST', '/payments', aPayment(change));
    expect(status).toBe(422);
    expect(body).toEqual({
      error: { type: 'invalid_request', message: matching(/./), param },
    });
  });

  it('answers 404 for an unknown payment and for that of another key', async () => {
    const { id } = await created();
    expect((await call('GET', '/payments/PP000000000000')).body).toMatchObject({
      error: { type: 'not_found' },
    });
    expect((await payproClient(sandbox.url, OTHER_KEY)('GET', `/payments/${id}`)).status).toBe(404);
    expect((await call('GET', '/nowhere')).body).toMatchObject({ error: { type: 'not_found' } });
  });

  it('cancels an open payment and refuses to cancel any other', async () => {
    const { id } = await created();
    const { status, body } = await call('DELETE', `/payments/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, state: 'canceled' });
    expect(body['_links']?.['checkout']).toBeUndefined();
    const again = await call('DELETE', `/payments/${id}`);
    expect(again.status).toBe(422);
    expect(again.body).toMatchObject({ error: { type: 'invalid_request' } });
    const paid = await created();
    await press(paid.page, 'pay');
    expect((await call('DELETE', `/payments/${paid.id}`)).status).toBe(422);
  });

  it('gives a paid payment its method, its time and a customer', async () => {
    const { id, page } = await created({ pay_methods: ['bancontact'] });
    await press(page, 'pay');
    const { body } = await call('GET', `/payments/${id}`);
    expect(body).toMatchObject({
      state: 'paid',
      pay_method: { id: 'bancontact', type: 'pay_method', name: 'Bancontact' },
      paid_at: matching(/Z$/),
      customer: matching(/^CU[A-Z0-9]{12}$/),
    });
    expect((await call('GET', `/customers/${text(body['customer'])}`)).status).toBe(200);
  });

  it('keeps a slow payment processing until the control API says otherwise', async () => {
    const { id, page } = await created();
    await press(page, 'process');
    expect((await call('GET', `/payments/${id}`)).body['state']).toBe('processing');
    expect((await move(id, 'paid')).status).toBe(200);
    expect((await move(id, 'completed')).status).toBe(200);
    expect((await move(id, 'failed')).status).toBe(409);
    const ledger = (await control(sandbox.url)('GET', '/ledger')).text;
    expect(ledger.split(`"payment_id":"${id}"`)).toHaveLength(2);
  });

  it('pages newest first, forth and back', async () => {
    const shop = payproClient(sandbox.url, OTHER_KEY);
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      ids.unshift(text((await shop('POST', '/payments', aPayment())).body['id']));
    }
    const idsOf = ({ text }: { text: string }) => text.match(/"id":"PP[A-Z0-9]{12}"/g) ?? [];
    const named = (from: number, to: number) => ids.slice(from, to).map((id) => `"id":"${id}"`);
    const first = await shop('GET', '/payments');
    expect(first.body).toMatchObject({ type: 'list', count: 10 });
    expect(first.body['_links']?.['prev']).toBeUndefined();
    expect(idsOf(first)).toEqual(named(0, 10));
    const next = new URL(text(first.body['_links']?.['next'])).search;
    const second = await shop('GET', `/payments${next}`);
    expect(idsOf(second)).toEqual(named(10, 12));
    expect(second.body['_links']?.['next']).toBeUndefined();
    const prev = new URL(text(second.body['_links']?.['prev'])).search;
    expect(idsOf(await shop('GET', `/payments${prev}&limit=3`))).toEqual(named(7, 10));
    expect((await shop('GET', '/payments?limit=101')).status).toBe(422);
    expect((await shop('GET', '/payments?cursor=bm90aGluZw')).status).toBe(422);
  });

  it('lists the pay methods with their limits', async () => {
    const { body } = await call('GET', '/pay_methods');
    expect(body['data']).toMatchObject([
      {
        id: 'ideal',
        name: 'iDEAL',
        currencies: ['EUR'],
        minimum_amount: 10,
        maximum_amount: 5_000_000,
      },
      { id: 'bancontact' },
      { id: 'creditcard' },
      { id: 'direct-debit' },
      { id: 'bank-transfer' },
      { id: 'paypal' },
      { id: 'klarna-paynow' },
      { id: 'afterpay' },
    ]);
  });

  it('keeps customers: create, change in part, list, delete', async () => {
    const made = await call('POST', '/customers', { email: 'a@example.org', city: 'Breda' });
    expect(made.status).toBe(201);
    const id = text(made.body['id']);
    expect(made.body).toMatchObject({ type: 'customer', email: 'a@example.org', last_name: null });
    const changed = await call('PATCH', `/customers/${id}`, { city: 'Tilburg' });
    expect(changed.body).toMatchObject({ email: 'a@example.org', city: 'Tilburg' });
    expect((await call('GET', '/customers')).text).toContain(id);
    expect((await call('POST', '/payments', aPayment({ customer: id }))).status).toBe(201);
    const gone = await call('DELETE', `/customers/${id}`);
    expect([gone.status, gone.body['id']]).toEqual([200, id]);
    expect((await call('GET', `/customers/${id}`)).status).toBe(404);
    expect((await call('GET', '/customers')).text).not.toContain(id);
    expect((await call('POST', '/customers')).status).toBe(201);
    const wrong = await call('POST', '/customers', { country: 'Netherlands' });
    expect(wrong.body).toMatchObject({ error: { param: 'country' } });
  });
});
