import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, text } from './reply.wire';
import {
  ACCOUNT,
  anOrder,
  aPayment,
  control,
  KEY,
  paypalClient,
  payproClient,
  press,
  start,
} from './support';

describe('The list of objects', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => (sandbox = await start()));
  afterAll(() => sandbox.close());

  it('shows every order and payment with its reference, also what nobody can see any more', async () => {
    const manage = control(sandbox.url);
    const paypal = await paypalClient(sandbox.url);
    const units = ['10.00', '2.50'].map((value, index) => ({
      reference_id: `part-${index}`,
      amount: { currency_code: 'EUR', value },
      ...(index === 1 ? { custom_id: 'our-2' } : {}),
    }));
    const order = (await paypal('POST', '/v2/checkout/orders', anOrder({ purchase_units: units })))
      .body;
    await press(linkOf(order, 'approve'), 'pay');
    const captured = await paypal('POST', `/v2/checkout/orders/${text(order['id'])}/capture`);
    const forgotten = (await paypal('POST', '/v2/checkout/orders', anOrder())).body;
    const paypro = payproClient(sandbox.url);
    const payment = (await paypro('POST', '/payments', aPayment())).body;
    await manage('POST', '/clock', { advance_seconds: 4 * 3600 });

    const { body } = await manage('GET', '/objects');
    const captureOf = (index: string) =>
      captured.body['purchase_units']?.[index]?.['payments']?.['captures']?.['0']?.['id'];
    const common = { gateway: 'paypal', kind: 'order', account: ACCOUNT.clientId };
    expect(body).toMatchObject([
      {
        ...common,
        id: order['id'],
        custom_id: 'our-2',
        amount: '12.50',
        currency: 'EUR',
        state: 'COMPLETED',
        captures: [{ id: captureOf('0'), status: 'COMPLETED' }, { id: captureOf('1') }],
      },
      { ...common, id: forgotten['id'], custom_id: 'our-1', state: 'GONE', captures: [] },
      {
        gateway: 'paypro',
        kind: 'payment',
        id: payment['id'],
        account: KEY,
        metadata: { order_id: 'our-1' },
        amount: '12.50',
        currency: 'EUR',
        state: 'open',
      },
    ]);
  });
});
