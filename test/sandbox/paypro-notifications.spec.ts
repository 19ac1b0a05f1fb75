import { createHmac } from 'node:crypto';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { signatureOf } from '../../src/sandbox/paypro/notifications/signature';
import { eventually, type Received, type Receiver, startReceiver } from './receiver';
import { matching, text } from './reply.wire';
import {
  aPayment,
  control,
  KEY,
  OTHER_KEY,
  payproClient,
  press,
  type Send,
  start,
} from './support';

const SECRET = '996QF2kLfVcmF8hzikZVfeB7GPH2RdP7';

describe('PayPro: notifications', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  let shop: Receiver;
  beforeAll(async () => {
    sandbox = await start();
    call = payproClient(sandbox.url);
    manage = control(sandbox.url);
    shop = await startReceiver();
    const hook = { gateway: 'paypro', account: KEY, url: shop.url, secret: SECRET };
    expect((await manage('POST', '/webhooks', hook)).body).toMatchObject({
      url: shop.url,
      secret: SECRET,
    });
  });
  afterAll(async () => {
    await sandbox.close();
    await shop.close();
  });
  beforeEach(() => {
    shop.received.length = 0;
  });

  async function created(): Promise<{ id: string; page: string }> {
    const { body } = await call('POST', '/payments', aPayment());
    return { id: text(body['id']), page: text(body['_links']?.['checkout']) };
  }
  /** What came about one payment, in the order of the events. */
  const about = (id: string): Received[] =>
    shop.received.filter(({ body }) => text(body['payload']?.['id']) === id);
  const told = (id: string, types: string[]) =>
    eventually(() =>
      expect(
        about(id)
          .map(({ type }) => type)
          .sort(),
      ).toEqual([...types].sort()),
    );

  it('signs as the known examples are signed', () => {
    const known = [
      {
        secret: 'secret',
        timestamp: '1702298964',
        body: '',
        signature: '11a78a4daf3d96996a022be567e444b72bf5f7462311529f0342e0f152d32803',
      },
      {
        secret: SECRET,
        timestamp: '1672527600',
        body: '{"id": "EVYK7KCFJAXA23UKSG"}',
        signature: '9dfc94dfd152e5c428a5b72c27bbbada0c2d81c266b62ab93ab7087aa773729b',
      },
      {
        secret: SECRET,
        timestamp: '1702298964',
        body: '',
        signature: 'd83474e81c7758cc82ff6a4bf60e592a64ff8f54d1de82115acb9d1d1ec4793d',
      },
    ];
    expect(known.map((signed) => signatureOf(signed))).toEqual(
      known.map(({ signature }) => signature),
    );
  });

  it('delivers the event signed with the secret of the webhook, at the time of this machine', async () => {
    await manage('POST', '/clock', { advance_seconds: 7200 });
    const { id } = await created();
    await told(id, ['payment.created']);
    const [news] = about(id);
    const stamp = text(news?.headers['paypro-timestamp']);
    const signature = createHmac('sha256', SECRET).update(`${stamp}.${news?.text}`).digest('hex');
    expect(news?.headers['paypro-signature']).toBe(signature);
    expect(Math.abs(Date.now() / 1000 - Number(stamp))).toBeLessThan(60);
    expect(news?.body).toMatchObject({
      id: matching(/^EV[0-9A-Z]{12}$/),
      type: 'event',
      event_type: 'payment.created',
      created_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      payload: { id, type: 'payment', state: 'open', metadata: { order_id: 'our-1' } },
    });
  });

  it.each([
    ['pay', ['payment.started', 'payment.paid']],
    ['decline', ['payment.started', 'payment.failed']],
    ['cancel', ['payment.canceled']],
    ['expire', ['payment.expired']],
    ['process', ['payment.started']],
  ])('tells of the payer who presses %s', async (action, types) => {
    const { id, page } = await created();
    await press(page, action);
    await told(id, ['payment.created', ...types]);
  });

  it('tells of what is canceled over the API and of slow money, but nothing twice', async () => {
    const canceled = await created();
    await call('DELETE', `/payments/${canceled.id}`);
    await told(canceled.id, ['payment.created', 'payment.canceled']);
    const slow = await created();
    for (const state of ['processing', 'paid', 'paid', 'completed']) {
      await manage('POST', `/paypro/payments/${slow.id}`, { state });
    }
    const types = ['payment.created', 'payment.started', 'payment.paid'];
    await told(slow.id, types);
    const events = (await call('GET', '/events?limit=100')).text;
    expect(events.match(new RegExp(`"id":"${slow.id}"`, 'g'))).toHaveLength(types.length);
  });

  it('lists events newest first with the payload as it was, for their own key only', async () => {
    const { id, page } = await created();
    await press(page, 'pay');
    await told(id, ['payment.created', 'payment.started', 'payment.paid']);
    const { body } = await call('GET', '/events?limit=3');
    expect(body).toMatchObject({
      type: 'list',
      count: 3,
      data: [
        { event_type: 'payment.paid', payload: { id, state: 'paid' } },
        { event_type: 'payment.started' },
        { event_type: 'payment.created', payload: { id, state: 'open' } },
      ],
    });
    const next = text(body['_links']?.['next']).replace(`${sandbox.url}/paypro`, '');
    const older = (await call('GET', `${next}&limit=3`)).text;
    expect(older).not.toContain(text(body['data']?.['2']?.['id']));
    const own = `/events/${text(body['data']?.['0']?.['id'])}`;
    const paid = about(id).find(({ type }) => type === 'payment.paid');
    expect((await call('GET', own)).text).toBe(paid?.text);
    const stranger = payproClient(sandbox.url, OTHER_KEY);
    expect((await stranger('GET', own)).status).toBe(404);
    expect((await stranger('GET', '/events')).body['count']).toBe(0);
  });

  describe('webhooks', () => {
    const hook = { name: 'Shop', description: null, url: 'https://shop.test/hook' };

    it('are created with a secret that every read shows, changed and deleted', async () => {
      const made = await call('POST', '/webhooks', hook);
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        ...hook,
        id: matching(/^WH[0-9A-Z]{12}$/),
        type: 'webhook',
        active: true,
        secret: matching(/^[0-9A-Za-z]{32}$/),
        enabled_event_types: ['all'],
      });
      const own = `/webhooks/${text(made.body['id'])}`;
      expect((await call('GET', own)).body).toEqual(made.body);
      expect((await call('GET', '/webhooks')).text).toContain(text(made.body['secret']));
      const changes = { active: false, enabled_event_types: ['payment.paid'] };
      const patched = await call('PATCH', own, changes);
      expect(patched.body).toEqual({ ...made.body, ...changes });
      expect((await payproClient(sandbox.url, OTHER_KEY)('GET', own)).status).toBe(404);
      expect((await call('DELETE', own)).body['id']).toBe(made.body['id']);
      expect((await call('GET', own)).status).toBe(404);
    });

    it.each([
      ['url', { ...hook, url: 'shop' }],
      ['url', { name: 'Shop' }],
      ['name', { url: hook.url }],
      ['active', { ...hook, active: 'yes' }],
      ['enabled_event_types', { ...hook, enabled_event_types: ['payment.lost'] }],
    ])('with a wrong %s are refused', async (param, body) => {
      const refused = await call('POST', '/webhooks', body);
      expect(refused.status).toBe(422);
      expect(refused.body['error']).toMatchObject({ type: 'invalid_request', param });
    });

    it('hear only what they asked for, and nothing while they are switched off', async () => {
      const choosy = await startReceiver();
      const types = { enabled_event_types: ['payment.paid'] };
      const made = await call('POST', '/webhooks', { ...hook, ...types, url: choosy.url });
      const first = await created();
      await press(first.page, 'pay');
      await eventually(() => expect(choosy.types()).toEqual(['payment.paid']));
      await call('PATCH', `/webhooks/${text(made.body['id'])}`, { active: false });
      const second = await created();
      await press(second.page, 'pay');
      await told(second.id, ['payment.created', 'payment.started', 'payment.paid']);
      expect(choosy.received).toHaveLength(1);
      await choosy.close();
    });
  });
});
