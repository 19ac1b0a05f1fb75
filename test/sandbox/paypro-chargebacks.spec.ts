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

describe('PayPro: chargebacks', () => {
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

  const move = (id: string, state: string) =>
    manage('POST', `/paypro/chargebacks/${id}`, { state });
  const chargedBack = async (wish: object = {}) => {
    const payment = await paid(call, { pay_methods: ['direct-debit'] });
    const made = await manage('POST', `/paypro/payments/${payment.id}/chargebacks`, wish);
    const id = text(made.body['id']);
    return { payment, made, id, path: `/chargebacks/${id}` };
  };

  it('takes the money at once, and tells so', async () => {
    const { payment, id, path } = await chargedBack({ reason: 'MD06' });
    expect((await call('GET', path)).body).toEqual({
      id: matching(/^PC[A-Z0-9]{12}$/),
      type: 'chargeback',
      amount: 1250,
      currency: 'EUR',
      description: 'Two books',
      reason: 'MD06',
      payment: payment.id,
      state: 'completed',
      charged_back_at: matching(/Z$/),
      created_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      _links: {
        self: `${sandbox.url}/paypro/chargebacks/${id}`,
        payment: `${sandbox.url}/paypro/payments/${payment.id}`,
      },
    });
    expect((await call('GET', payment.path)).body).toMatchObject({
      state: 'paid',
      refunded_amount: 0,
    });
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([
      {
        kind: 'chargeback',
        payment_id: payment.id,
        metadata: { order_id: 'our-1' },
        amount: '12.50',
      },
    ]);
    await eventually(() => {
      const news = shop.received.filter(({ body }) => text(body['payload']?.['id']) === id);
      expect(news).toMatchObject([{ type: 'chargeback.created', body: { payload: { id } } }]);
    });
    for (const list of ['/chargebacks?limit=1', `${payment.path}/chargebacks`]) {
      expect((await call('GET', list)).body).toMatchObject({ data: [{ id }], count: 1 });
    }
  });

  it('moves no money while it is pending; lost takes it and won brings it back', async () => {
    const { id, path } = await chargedBack({ amount: 500, state: 'pending' });
    expect((await call('GET', path)).body).toMatchObject({
      state: 'pending',
      charged_back_at: null,
    });
    expect(await ledgerOf(sandbox.url, id)).toEqual([]);
    await move(id, 'completed');
    await move(id, 'completed');
    expect((await call('GET', path)).body['charged_back_at']).toMatch(/Z$/);
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([{ kind: 'chargeback', amount: '5.00' }]);
    await move(id, 'reversed');
    expect(await ledgerOf(sandbox.url, id)).toMatchObject([
      { kind: 'chargeback' },
      { kind: 'chargeback_reversal', amount: '5.00' },
    ]);
    expect((await move(id, 'completed')).status).toBe(409);
  });

  it('never takes back what has been refunded, nor refunds what was taken back', async () => {
    const { payment, id } = await chargedBack({ amount: 1000, state: 'pending' });
    const refund = (amount: number) => call('POST', `${payment.path}/refunds`, { amount });
    expect((await refund(251)).status).toBe(422);
    expect((await refund(250)).status).toBe(201);
    const more = await manage('POST', `/paypro/payments/${payment.id}/chargebacks`, {});
    expect(more.status).toBe(422);
    await move(id, 'reversed');
    expect((await refund(1000)).status).toBe(201);
  });

  it('charges back only what was paid', async () => {
    const { body } = await call('POST', '/payments', aPayment());
    const path = `/paypro/payments/${text(body['id'])}/chargebacks`;
    expect((await manage('POST', path, {})).status).toBe(409);
  });

  it('shows nobody the chargebacks of another key', async () => {
    const { payment, path } = await chargedBack();
    const stranger = payproClient(sandbox.url, OTHER_KEY);
    expect((await stranger('GET', path)).status).toBe(404);
    expect((await stranger('GET', `${payment.path}/chargebacks`)).status).toBe(404);
    expect((await stranger('GET', '/chargebacks')).body).toMatchObject({ count: 0 });
  });
});
