import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Received, type Receiver, startReceiver } from './receiver';
import { matching, text } from './reply.wire';
import { ACCOUNT, approvedV1, control, paypalClient, type Send, soldV1, start } from './support';

const WEBHOOK_ID = '4JH86294D6297924G';

describe('PayPal: notifications of Payments v1', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  let shop: Receiver;
  beforeAll(async () => {
    sandbox = await start();
    call = await paypalClient(sandbox.url);
    manage = control(sandbox.url);
    shop = await startReceiver();
    const { url } = shop;
    const { clientId: account } = ACCOUNT;
    await manage('POST', '/webhooks', { gateway: 'paypal', account, url, id: WEBHOOK_ID });
  });
  afterAll(async () => {
    await sandbox.close();
    await shop.close();
  });

  /** The news about one payment, sale or refund. */
  async function received(type: string, id: string): Promise<Received> {
    const find = () =>
      shop.received.find((one) => one.type === type && text(one.body['resource']?.['id']) === id);
    await eventually(() => expect(find()).toBeDefined());
    const found = find();
    if (!found) throw new Error(`no ${type} arrived`);
    return found;
  }
  const verdictOn = async ({ headers }: Received, event: string) => {
    const parts = [
      ['auth_algo', 'auth-algo'],
      ['cert_url', 'cert-url'],
      ['transmission_id', 'transmission-id'],
      ['transmission_sig', 'transmission-sig'],
      ['transmission_time', 'transmission-time'],
    ].map(([name, header]) => [name, headers[`paypal-${header}`]] as const);
    const form = JSON.stringify({ ...Object.fromEntries(parts), webhook_id: WEBHOOK_ID });
    const body = `${form.slice(0, -1)},"webhook_event":${event}}`;
    const path = '/v1/notifications/verify-webhook-signature';
    return (await call('POST', path, body)).body['verification_status'];
  };

  it('tells that the payer approved, with the payment as it stands', async () => {
    const { id, back } = await approvedV1(call);
    const news = await received('PAYMENTS.PAYMENT.CREATED', id);
    expect(news.body).toMatchObject({
      id: matching(/^WH-\w{17}-\w{17}$/),
      event_version: '1.0',
      resource_type: 'payment',
      resource_version: '1.0',
      resource: {
        id,
        state: 'created',
        payer: { payer_info: { payer_id: back.searchParams.get('PayerID') } },
        transactions: [{ custom: 'our-1' }],
      },
    });
    expect(await verdictOn(news, news.text)).toBe('SUCCESS');
    expect(await verdictOn(news, news.text.replace('our-1', 'our-2'))).toBe('FAILURE');
  });

  it('tells of a sale with its payment and our references, and an empty object in it', async () => {
    const { id, payment } = await soldV1(call);
    const news = await received('PAYMENT.SALE.COMPLETED', id);
    expect(news.body).toMatchObject({
      resource_type: 'sale',
      resource: {
        state: 'completed',
        amount: { total: '12.50', currency: 'EUR' },
        parent_payment: payment.id,
        custom: 'our-1',
        invoice_number: 'INV-1',
      },
    });
    expect(news.text).toContain('"details":{}');
    expect(await verdictOn(news, news.text)).toBe('SUCCESS');
  });

  it.each([
    ['COMPLETED', 'PAYMENT.SALE.COMPLETED', 'completed'],
    ['DECLINED', 'PAYMENT.SALE.DENIED', 'denied'],
  ])('tells that a sale is pending, and then that it is %s', async (status, type, state) => {
    const { id } = await soldV1(call, { action: 'pending' });
    const pending = await received('PAYMENT.SALE.PENDING', id);
    expect(pending.body).toMatchObject({ resource: { state: 'pending', reason_code: 'ECHECK' } });
    await manage('POST', `/paypal/captures/${id}`, { status });
    expect((await received(type, id)).body).toMatchObject({ resource: { state } });
  });

  it('tells of a refund with an amount below zero', async () => {
    const { id, path, payment } = await soldV1(call);
    const { body } = await call('POST', `${path}/refund`, {});
    const news = await received('PAYMENT.SALE.REFUNDED', text(body['id']));
    expect(news.body).toMatchObject({
      resource_type: 'refund',
      resource: {
        state: 'completed',
        amount: { total: '-12.50', currency: 'EUR' },
        sale_id: id,
        parent_payment: payment.id,
      },
    });
  });

  it('tells of a reversal in the same way', async () => {
    const { id, payment } = await soldV1(call);
    const made = await manage('POST', `/paypal/captures/${id}/reversals`, { amount: '2.00' });
    const news = await received('PAYMENT.SALE.REVERSED', text(made.body['id']));
    expect(news.body).toMatchObject({
      resource_type: 'sale',
      resource: { amount: { total: '-2.00' }, sale_id: id, parent_payment: payment.id },
    });
  });

  it('lists what it told among the events of the app', async () => {
    const { id } = await soldV1(call);
    const path = `/v1/notifications/webhooks-events?transaction_id=${id}`;
    expect((await call('GET', path)).body['events']).toMatchObject([
      { event_type: 'PAYMENT.SALE.COMPLETED', resource: { id } },
    ]);
  });

  it('tells twice when the payer’s button asked for it', async () => {
    const { id } = await soldV1(call, { action: 'pay_notify_twice' });
    await eventually(() => {
      const times = shop.received.filter(({ body }) => text(body['resource']?.['id']) === id);
      expect(times.map(({ type }) => type)).toEqual(Array(2).fill('PAYMENT.SALE.COMPLETED'));
    });
  });
});
