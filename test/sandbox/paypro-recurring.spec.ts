import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Receiver } from './receiver';
import { matching, text } from './reply.wire';
import {
  aPayment,
  ledgerOf,
  OTHER_KEY,
  paid,
  payproClient,
  type Send,
  type ShopWorld,
  startWithShop,
} from './support';

const account = { iban: 'NL91 ABNA 0417 1643 00', account_holder_name: 'S. de Vries' };

describe('PayPro: mandates and recurring payments', () => {
  let world: ShopWorld;
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  let shop: Receiver;
  beforeAll(async () => {
    world = await startWithShop('paypro');
    ({ sandbox, manage, shop } = world);
    call = payproClient(world.sandbox.url);
  });
  afterAll(() => world.close());

  const told = (id: string, types: string[]) =>
    eventually(() =>
      expect(
        shop.received
          .filter(({ body }) => text(body['payload']?.['id']) === id)
          .map(({ type }) => type)
          .sort(),
      ).toEqual([...types].sort()),
    );
  const newCustomer = async () => text((await call('POST', '/customers', {})).body['id']);
  /** A first payment that the customer has paid in this way, and the mandate it left. */
  const signed = async (method: string) => {
    const customer = await newCustomer();
    const wish = { customer, setup_mandate: true, pay_methods: [method] };
    const payment = await paid(call, wish);
    const { body } = await call('GET', payment.path);
    return { customer, body, id: text(body['mandate']) };
  };
  const charge = (mandate: string, changes: object = {}) =>
    call('POST', '/payments', {
      amount: 700,
      currency: 'EUR',
      description: 'x',
      mandate,
      ...changes,
    });
  const paramOf = async (answer: ReturnType<Send>) => {
    const { status, body } = await answer;
    return [status, body['error']?.['param']];
  };

  it.each([
    ['ideal', 'direct-debit'],
    ['bancontact', 'direct-debit'],
    ['bank-transfer', 'direct-debit'],
    ['klarna-paynow', 'direct-debit'],
    ['direct-debit', 'direct-debit'],
    ['creditcard', 'creditcard'],
  ])('makes of a first payment by %s an approved mandate for %s', async (first, later) => {
    const { customer, body, id } = await signed(first);
    expect(body['_links']?.['mandate']).toBe(`${sandbox.url}/paypro/mandates/${id}`);
    expect((await call('GET', `/mandates/${id}`)).body).toEqual({
      id: matching(/^MD[A-Z0-9]{12}$/),
      type: 'mandate',
      state: 'approved',
      customer,
      pay_method: later,
      created_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      _links: {
        self: `${sandbox.url}/paypro/mandates/${id}`,
        customer: `${sandbox.url}/paypro/customers/${customer}`,
      },
    });
  });

  it('makes no mandate before the payment is paid, nor of methods that have none', async () => {
    const customer = await newCustomer();
    const wish = aPayment({ customer, setup_mandate: true });
    expect((await call('POST', '/payments', wish)).body['mandate']).toBeNull();
    expect((await signed('paypal')).body['mandate']).toBeNull();
    expect((await call('GET', `/customers/${customer}/mandates`)).body).toMatchObject({ count: 0 });
  });

  it('charges a direct debit without a payer, and the money comes later', async () => {
    const { customer, id: mandate } = await signed('ideal');
    const { status, body } = await charge(mandate, { metadata: { order_id: 'our-9' } });
    const id = text(body['id']);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'processing',
      mandate,
      customer,
      pay_method: { id: 'direct-debit' },
      paid_at: null,
    });
    expect(body['_links']?.['checkout']).toBeUndefined();
    expect(await ledgerOf(sandbox.url, id)).toEqual([]);
    await manage('POST', `/paypro/payments/${id}`, { state: 'paid' });
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([
      { kind: 'capture', amount: '7.00', metadata: { order_id: 'our-9' } },
    ]);
    await told(id, ['payment.created', 'payment.started', 'payment.paid']);
  });

  it('charges a card at once', async () => {
    const { id: mandate } = await signed('creditcard');
    const { body } = await charge(mandate);
    expect(body).toMatchObject({ state: 'paid', mandate, paid_at: matching(/Z$/) });
    expect(await ledgerOf(sandbox.url, text(body['id']))).toMatchObject([{ amount: '7.00' }]);
    await told(text(body['id']), ['payment.created', 'payment.started', 'payment.paid']);
  });

  it('takes a repeated charge for a second one', async () => {
    const { id } = await signed('creditcard');
    const [first, second] = [await charge(id), await charge(id)];
    expect(first.body['id']).not.toBe(second.body['id']);
    expect(await ledgerOf(sandbox.url, text(second.body['id']))).toHaveLength(1);
  });

  it('makes a direct-debit mandate of an account, approved when all of it is known', async () => {
    const customer = await newCustomer();
    const wish = { customer, pay_method: 'direct-debit' };
    const known = await call('POST', '/mandates', { ...wish, ...account });
    expect(known).toMatchObject({ status: 201, body: { state: 'approved', customer } });
    expect(JSON.stringify(known.body)).not.toContain('ABNA');
    const unknown = (await call('POST', '/mandates', wish)).body;
    const id = text(unknown['id']);
    expect(unknown).toMatchObject({ state: 'pending', pay_method: 'direct-debit' });
    expect(await paramOf(charge(id))).toEqual([422, 'mandate']);
    await manage('POST', `/paypro/mandates/${id}`, { state: 'approved' });
    expect(await paramOf(charge(id))).toEqual([201, undefined]);
    expect((await call('GET', `/customers/${customer}/mandates`)).body).toMatchObject({
      data: [{ id }, { id: known.body['id'] }],
    });
    expect((await call('GET', '/mandates?limit=1')).body).toMatchObject({ data: [{ id }] });
  });

  it.each([
    [{ customer: 'CUNOBODY' }, 'customer'],
    [{ pay_method: 'creditcard' }, 'pay_method'],
    [{ pay_method: undefined }, 'pay_method'],
    [{ iban: 'NL00' }, 'iban'],
    [{ account_holder_name: ' ' }, 'account_holder_name'],
  ])('refuses a mandate with %j and names %s', async (changes, param) => {
    const wish = { customer: await newCustomer(), pay_method: 'direct-debit', ...account };
    expect(await paramOf(call('POST', '/mandates', { ...wish, ...changes }))).toEqual([422, param]);
  });

  it.each([
    [{ customer: 'CUANYBODY' }, 'mandate'],
    [{ pay_methods: ['ideal'] }, 'mandate'],
    [{ setup_mandate: true }, 'mandate'],
    [{ mandate: 'MDNOBODY' }, 'mandate'],
    [{ mandate: 7 }, 'mandate'],
    [{ amount: 9 }, 'amount'],
  ])('refuses a charge with %j and names %s', async (changes, param) => {
    const { id } = await signed('ideal');
    expect(await paramOf(charge(id, changes))).toEqual([422, param]);
  });

  it('shows payments that the gateway made for a subscription or a plan', async () => {
    const { id: mandate, customer } = await signed('ideal');
    const path = `/paypro/mandates/${mandate}/payments`;
    const made = await manage('POST', path, { amount: 900 });
    const id = text(made.body['id']);
    expect((await call('GET', `/payments/${id}`)).body).toMatchObject({
      amount: 900,
      state: 'processing',
      mandate,
      customer,
      metadata: {},
      subscription: matching(/^PS[A-Z0-9]{12}$/),
      installment_plan: null,
    });
    await told(id, ['payment.created', 'payment.started']);
    const plan = await manage('POST', path, { amount: 900, installment_plan: 'PI4H2' });
    expect((await call('GET', `/payments/${text(plan.body['id'])}`)).body).toMatchObject({
      subscription: null,
      installment_plan: 'PI4H2',
    });
    expect((await manage('POST', path, { amount: 0 })).status).toBe(422);
  });

  it('tells of customers that a call made or changed', async () => {
    const id = await newCustomer();
    await call('PATCH', `/customers/${id}`, { email: 'sanne@example.com' });
    await told(id, ['customer.created', 'customer.updated']);
    const news = shop.received.find(({ type }) => type === 'customer.updated');
    expect(news?.body).toMatchObject({ payload: { type: 'customer', email: 'sanne@example.com' } });
  });

  it('lets nobody use the mandates of another key', async () => {
    const { id, customer } = await signed('creditcard');
    const stranger = payproClient(sandbox.url, OTHER_KEY);
    expect((await stranger('GET', `/mandates/${id}`)).status).toBe(404);
    expect((await stranger('GET', `/customers/${customer}/mandates`)).status).toBe(404);
    expect((await stranger('GET', '/mandates')).body).toMatchObject({ count: 0 });
    const wish = { amount: 700, currency: 'EUR', description: 'x', mandate: id };
    expect(await paramOf(stranger('POST', '/payments', wish))).toEqual([422, 'mandate']);
    const mandate = { customer, pay_method: 'direct-debit' };
    expect(await paramOf(stranger('POST', '/mandates', mandate))).toEqual([422, 'customer']);
  });
});
