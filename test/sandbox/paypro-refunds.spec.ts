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

describe('PayPro: refunds', () => {
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
          .map(({ type }) => type),
      ).toEqual(types),
    );
  const move = (id: string, state: string) => manage('POST', `/paypro/refunds/${id}`, { state });
  const refunded = async (body: object = {}) => {
    const payment = await paid(call);
    const id = text((await call('POST', `${payment.path}/refunds`, body)).body['id']);
    return { payment, id, path: `/refunds/${id}` };
  };

  it('opens a refund of all that is left, which moves no money yet', async () => {
    const { id, path } = await paid(call);
    const { status, body } = await call('POST', `${path}/refunds`);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: matching(/^PR[A-Z0-9]{12}$/),
      type: 'refund',
      amount: 1250,
      currency: 'EUR',
      description: 'Two books',
      reason: null,
      payment: id,
      state: 'open',
      refunded_at: null,
      created_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      _links: {
        self: `${sandbox.url}/paypro/refunds/${text(body['id'])}`,
        payment: `${sandbox.url}/paypro/payments/${id}`,
      },
    });
    expect((await call('GET', path)).body).toMatchObject({ state: 'paid', refunded_amount: 0 });
    expect(await ledgerOf(sandbox.url, text(body['id']))).toEqual([]);
    await told(text(body['id']), ['refund.created']);
  });

  it('moves the money when the refund is refunded; the payment stays paid', async () => {
    const wish = { amount: 500, description: 'One book', reason: 'torn' };
    const { payment, id, path } = await refunded(wish);
    for (const state of ['pending', 'processing', 'refunded', 'refunded']) await move(id, state);
    expect((await call('GET', path)).body).toMatchObject({
      ...wish,
      state: 'refunded',
      refunded_at: matching(/Z$/),
    });
    expect((await call('GET', payment.path)).body).toMatchObject({
      state: 'paid',
      refunded_amount: 500,
    });
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([
      {
        gateway: 'paypro',
        kind: 'refund',
        payment_id: payment.id,
        metadata: { order_id: 'our-1' },
        amount: '5.00',
        currency: 'EUR',
      },
    ]);
    await told(id, ['refund.created', 'refund.refunded']);
    expect((await move(id, 'failed')).status).toBe(409);
  });

  it('takes a repeated call for a second refund, as long as something is left', async () => {
    const { path } = await paid(call);
    const refund = () => call('POST', `${path}/refunds`, { amount: 500 });
    const [first, second, third] = [await refund(), await refund(), await refund()];
    expect([first.status, second.status, third.status]).toEqual([201, 201, 422]);
    expect(third.body).toMatchObject({ error: { type: 'invalid_request', param: 'amount' } });
    expect((await call('GET', `${path}/refunds`)).body).toMatchObject({
      type: 'list',
      data: [{ id: second.body['id'] }, { id: first.body['id'] }],
      count: 2,
      _links: { self: `${sandbox.url}/paypro${path}/refunds` },
    });
    const all = (await call('GET', '/refunds?limit=2')).body;
    expect(all).toMatchObject({ data: [{ id: second.body['id'] }, { id: first.body['id'] }] });
  });

  it.each([
    [{ amount: 0 }, 'amount'],
    [{ amount: -5 }, 'amount'],
    [{ amount: 1.5 }, 'amount'],
    [{ amount: '500' }, 'amount'],
    [{ amount: 1251 }, 'amount'],
    [{ description: 7 }, 'description'],
    [{ reason: 'x'.repeat(256) }, 'reason'],
    [{ iban: 'NL00' }, 'iban'],
  ])('refuses %j and names %s', async (body, param) => {
    const { path } = await paid(call);
    const answer = await call('POST', `${path}/refunds`, body);
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { type: 'invalid_request', param } },
    });
    expect((await call('GET', `${path}/refunds`)).body).toMatchObject({ count: 0 });
  });

  const holder = { account_holder_name: 'S. de Vries' };
  const iban = { iban: 'BE71 0961 2345 6769' };
  it.each([
    ['bancontact', {}, 'account_holder_name'],
    ['bancontact', holder, 'iban'],
    ['bancontact', { ...holder, ...iban }, undefined],
    ['creditcard', {}, 'account_holder_name'],
    ['creditcard', holder, undefined],
    ['ideal', {}, undefined],
  ])('asks of %s with %j for %s', async (method, body, param) => {
    const { path } = await paid(call, { pay_methods: [method] });
    const answer = await call('POST', `${path}/refunds`, body);
    expect([answer.status, answer.body['error']?.['param']]).toEqual([param ? 422 : 201, param]);
  });

  it('refunds only what has been paid', async () => {
    const { body } = await call('POST', '/payments', aPayment());
    const path = `/payments/${text(body['id'])}`;
    expect((await call('POST', `${path}/refunds`)).status).toBe(422);
    await manage('POST', `/paypro${path}`, { state: 'completed' });
    expect((await call('POST', `${path}/refunds`)).status).toBe(201);
  });

  it.each(['open', 'pending', 'processing'])('cancels a refund that is %s', async (state) => {
    const { payment, id, path } = await refunded();
    await move(id, state);
    expect(await call('DELETE', path)).toMatchObject({ status: 200, body: { state: 'canceled' } });
    await told(id, ['refund.created', 'refund.canceled']);
    expect((await call('DELETE', path)).status).toBe(422);
    const again = await call('POST', `${payment.path}/refunds`);
    expect(again.body).toMatchObject({ amount: 1250 });
    expect((await move(id, 'refunded')).status).toBe(409);
  });

  it.each(['failed', 'expired'])('gives the amount free when a refund is %s', async (state) => {
    const { payment, id } = await refunded({ amount: 1000 });
    await move(id, state);
    await told(id, ['refund.created', `refund.${state}`]);
    expect((await call('POST', `${payment.path}/refunds`)).body).toMatchObject({ amount: 1250 });
  });

  it('lets the merchant refund in the dashboard of PayPro, without the payer’s account', async () => {
    const { id, path } = await paid(call, { pay_methods: ['bancontact'] });
    const made = await manage('POST', `/paypro/payments/${id}/refunds`, { amount: 200 });
    expect(made).toMatchObject({ status: 201, body: { state: 'open', amount: 200 } });
    await told(text(made.body['id']), ['refund.created']);
    expect((await call('GET', `${path}/refunds`)).body).toMatchObject({
      data: [{ id: made.body['id'], amount: 200 }],
    });
    const tooMuch = await manage('POST', `/paypro/payments/${id}/refunds`, { amount: 1051 });
    expect(tooMuch.status).toBe(422);
  });

  it('shows nobody the refunds of another key', async () => {
    const { payment, path } = await refunded();
    const stranger = payproClient(sandbox.url, OTHER_KEY);
    for (const [method, hidden] of [
      ['GET', path],
      ['DELETE', path],
      ['GET', `${payment.path}/refunds`],
      ['POST', `${payment.path}/refunds`],
    ] as const) {
      expect((await stranger(method, hidden)).status).toBe(404);
    }
    expect((await stranger('GET', '/refunds')).body).toMatchObject({ count: 0 });
  });
});
