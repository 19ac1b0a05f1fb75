import { createHmac } from 'node:crypto';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Received, type Receiver, startReceiver } from './receiver';
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
  type Send,
  start,
} from './support';

const SECRET = 'ASecretOfThirtyTwoAlphanumerics0';

describe('Faults of notifications', () => {
  let sandbox: RunningSandbox;
  let manage: Send;
  let paypro: Send;
  let shop: Receiver;
  beforeAll(async () => {
    sandbox = await start();
    manage = control(sandbox.url);
    paypro = payproClient(sandbox.url);
    shop = await startReceiver();
    const hook = { gateway: 'paypro', account: KEY, url: shop.url, secret: SECRET };
    await manage('POST', '/webhooks', hook);
    const account = ACCOUNT.clientId;
    await manage('POST', '/webhooks', { gateway: 'paypal', account, url: shop.url });
  });
  afterAll(async () => {
    await sandbox.close();
    await shop.close();
  });
  beforeEach(async () => {
    await settled();
    shop.received.length = 0;
    await manage('DELETE', '/faults');
  });

  const settled = () =>
    eventually(async () => expect((await manage('GET', '/notifications')).body['waiting']).toBe(0));
  const fault = (kind: string, more: object = {}) =>
    manage('POST', '/faults', { gateway: 'paypro', kind, ...more });
  const create = async () => (await paypro('POST', '/payments', aPayment())).body;
  const isGenuine = ({ headers, text: bytes }: Received) => {
    const stamp = text(headers['paypro-timestamp']);
    const signature = createHmac('sha256', SECRET).update(`${stamp}.${bytes}`).digest('hex');
    return headers['paypro-signature'] === signature;
  };

  it('notify_duplicate sends the same event twice at the same time', async () => {
    let together = 0;
    shop.answer = () => {
      together += 1;
      return together === 1 ? 0 : 200;
    };
    await fault('notify_duplicate');
    await create();
    // The second one arrives although nobody has answered the first one.
    await eventually(() => expect(shop.received).toHaveLength(2));
    expect(shop.received[0]?.text).toBe(shop.received[1]?.text);
    await shop.close();
    shop = await startReceiver(Number(new URL(shop.url).port));
    await manage('POST', '/clock', { advance_seconds: 60 });
  });

  it('notify_late sends when the delay is over', async () => {
    await fault('notify_late', { delay_ms: 60_000 });
    const late = await create();
    const other = await create();
    await eventually(() => expect(shop.received).toHaveLength(1));
    await manage('POST', '/clock', { advance_seconds: 60 });
    await eventually(() => expect(shop.received).toHaveLength(2));
    expect(shop.received.map(({ body }) => body['payload']?.['id'])).toEqual([
      other['id'],
      late['id'],
    ]);
  });

  it('notify_reorder lets the next event of the account overtake', async () => {
    await fault('notify_reorder');
    const first = await create();
    const second = await create();
    await eventually(() => expect(shop.received).toHaveLength(2));
    expect(shop.received.map(({ body }) => body['payload']?.['id'])).toEqual([
      second['id'],
      first['id'],
    ]);
  });

  it('notify_reorder holds an event back for a minute at most', async () => {
    await fault('notify_reorder');
    await create();
    await manage('POST', '/clock', { advance_seconds: 59 });
    expect(shop.received).toHaveLength(0);
    await manage('POST', '/clock', { advance_seconds: 1 });
    await eventually(() => expect(shop.received).toHaveLength(1));
  });

  it('notify_forge sends a wrong signature ahead of the right one', async () => {
    await fault('notify_forge');
    await create();
    await eventually(() => expect(shop.received).toHaveLength(2));
    expect(shop.received.map(isGenuine)).toEqual([false, true]);
    expect(shop.received[0]?.text).toBe(shop.received[1]?.text);
    await settled();
    const log = (await manage('GET', '/notifications')).text;
    expect(log.match(/"forged":true/g)).toHaveLength(1);
  });

  it('notify_drop keeps an event from the webhooks but not from the list', async () => {
    await fault('notify_drop');
    const { id } = await create();
    const other = await create();
    await eventually(() => expect(shop.received).toHaveLength(1));
    await settled();
    expect(shop.received[0]?.body['payload']?.['id']).toBe(other['id']);
    expect((await paypro('GET', '/events?limit=2')).body['data']).toMatchObject([
      { payload: { id: other['id'] } },
      { payload: { id } },
    ]);
  });

  it('hits only events of its type, and no calls', async () => {
    await fault('notify_drop', { match: { event_type: 'payment.paid' }, times: 2 });
    const { id, _links: links } = await create();
    await press(text(links?.['checkout']), 'pay');
    await eventually(() => expect(shop.received).toHaveLength(2));
    await settled();
    expect(shop.types().sort()).toEqual(['payment.created', 'payment.started']);
    expect((await manage('GET', '/faults')).body['0']).toMatchObject({ times: 1 });
    expect((await paypro('GET', `/payments/${text(id)}`)).body['state']).toBe('paid');
    const path = { match: { path_contains: '/payments' } };
    expect((await fault('notify_drop', path)).status).toBe(422);
    expect((await fault('delay', { match: { event_type: 'payment.paid' } })).status).toBe(422);
  });

  it('a signature of PayPal is forged as well', async () => {
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'notify_forge' });
    const call = await paypalClient(sandbox.url);
    const { body } = await call('POST', '/v2/checkout/orders', anOrder());
    await press(linkOf(body, 'approve'), 'pay');
    await eventually(() => expect(shop.received).toHaveLength(2));
    const { id } = (await manage('GET', '/webhooks')).body['1'] ?? {};
    const verdicts = shop.received.map(async ({ headers, text: event }) => {
      const fields = JSON.stringify({
        auth_algo: headers['paypal-auth-algo'],
        cert_url: headers['paypal-cert-url'],
        transmission_id: headers['paypal-transmission-id'],
        transmission_sig: headers['paypal-transmission-sig'],
        transmission_time: headers['paypal-transmission-time'],
        webhook_id: id,
      });
      const asked = `${fields.slice(0, -1)},"webhook_event":${event}}`;
      const path = '/v1/notifications/verify-webhook-signature';
      return (await call('POST', path, asked)).body['verification_status'];
    });
    expect(await Promise.all(verdicts)).toEqual(['FAILURE', 'SUCCESS']);
  });

  describe('chosen by the payer', () => {
    it('Pay and notify twice doubles everything from then on', async () => {
      const { _links: links } = await create();
      await press(text(links?.['checkout']), 'pay_notify_twice');
      const types = ['payment.created', 'payment.paid', 'payment.paid'];
      await eventually(() =>
        expect(shop.types().sort()).toEqual([...types, 'payment.started', 'payment.started']),
      );
    });

    it('Pay, notify late also delays what the capture of an order tells', async () => {
      const call = await paypalClient(sandbox.url);
      const { body } = await call('POST', '/v2/checkout/orders', anOrder());
      await press(linkOf(body, 'approve'), 'pay_notify_late');
      await call('POST', `/v2/checkout/orders/${text(body['id'])}/capture`);
      expect((await manage('GET', '/notifications')).body['waiting']).toBe(3);
      expect(shop.received).toHaveLength(0);
      await manage('POST', '/clock', { advance_seconds: 5 });
      await eventually(() => expect(shop.received).toHaveLength(3));
    });
  });
});
