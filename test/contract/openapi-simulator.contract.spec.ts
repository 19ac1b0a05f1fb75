import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { listAt, objectAt } from '../../src/shared/json';
import { textOf } from '../support/read';
import { startListener, type Listener } from './listener';
import { openCaller, type SpecCaller } from './openapi-caller';
import { OpenApiChecker } from './openapi-checker';
import { uncalledOperations } from './openapi-coverage';
import {
  anOrder,
  captureIn,
  CONTEXT,
  type Headers,
  keyed,
  linkIn,
  openShop,
  patchOf,
  press,
  type Shop,
  unitOf,
} from './openapi-shop';
import { describeWithSpecs } from './openapi-suite';
import { CLIENT_ID, controlOf, startPayPal } from './paypal.support';

/** Each operation of the simulated PayPal, accepted and refused, next to PayPal's own description of it. */

const WHOLE = { Prefer: 'return=representation' };
const NOBODY = '5O190127TN364715T';

let sandbox: RunningSandbox;
let listener: Listener;
let paypal: SpecCaller;
let control: ReturnType<typeof controlOf>;
let shop: Shop;

describeWithSpecs("the simulator beside PayPal's contract", (documents) => {
  beforeAll(async () => {
    sandbox = await startPayPal();
    control = controlOf(sandbox.url);
    listener = await startListener();
    await control.listen({ account: CLIENT_ID, url: listener.url, id: '1JE4291016473214C' });
    paypal = await openCaller(sandbox.url, new OpenApiChecker(documents));
    shop = openShop(paypal);
  });

  afterEach(() => {
    expect(paypal.findings()).toEqual([]);
  });

  afterAll(async () => {
    await sandbox?.close();
    await listener?.close();
  });

  it.each([
    ['as short as may be', {}],
    ['as a whole', WHOLE],
  ])('agrees on an order from create to refund, told %s', async (_how, headers: Headers) => {
    const order = await shop.create({}, headers);
    const path = `/v2/checkout/orders/${order.id}`;
    await shop.fine('GET', path);
    await shop.fine('PATCH', path, { body: [patchOf('12.00')] });
    await press(order.page, 'pay');
    await shop.fine('GET', path);
    const captured = await shop.fine('POST', `${path}/capture`, {
      body: {},
      headers: keyed(headers),
    });
    const capture = captureIn(captured);
    await shop.fine('GET', path);
    await shop.fine('GET', `/v2/payments/captures/${capture}`);
    const amount = { currency_code: 'EUR', value: '2.50' };
    for (const body of [{ amount, note_to_payer: 'Sorry', custom_id: 'ref_1' }, {}]) {
      const sent = { body, headers: keyed(headers) };
      const refunded = await shop.fine('POST', `/v2/payments/captures/${capture}/refund`, sent);
      await shop.fine('POST', `/v2/payments/captures/${capture}/refund`, sent);
      await shop.fine('GET', `/v2/payments/refunds/${textOf(refunded.body, 'id')}`);
    }
    await shop.fine('GET', path);
  });

  it('agrees on an order with the payment source and everything else that a shop may say', async () => {
    const key = keyed();
    const body = { ...anOrder(), payment_source: { paypal: { experience_context: CONTEXT } } };
    const created = await shop.fine('POST', '/v2/checkout/orders', { body, headers: key });
    await shop.fine('POST', '/v2/checkout/orders', { body, headers: key });
    await press(linkIn(created, 'payer-action'), 'pending');
    const path = `/v2/checkout/orders/${textOf(created.body, 'id')}`;
    const capture = captureIn(await shop.fine('POST', `${path}/capture`, { body: {} }));
    await control.settle(capture, 'DECLINED');
    await shop.fine('GET', path);
    await shop.fine('GET', `/v2/payments/captures/${capture}`);
  });

  it.each([
    ['as short as may be', {}],
    ['as a whole', WHOLE],
  ])('agrees on holds, told %s', async (_how, headers: Headers) => {
    const { id: held, order } = await shop.hold(headers);
    const at = `/v2/payments/authorizations/${held}`;
    await shop.fine('GET', at);
    const part = { amount: { currency_code: 'EUR', value: '4.00' }, final_capture: false };
    const rest = { amount: { currency_code: 'EUR', value: '6.00' }, final_capture: true };
    const capture = await shop.fine('POST', `${at}/capture`, {
      body: part,
      headers: keyed(headers),
    });
    await shop.fine('GET', `/v2/payments/captures/${textOf(capture.body, 'id')}`);
    await shop.fine('GET', at);
    await shop.fine('GET', `/v2/checkout/orders/${order}`);
    await shop.fine('POST', `${at}/capture`, {
      body: rest,
      headers: keyed(headers),
    });
    await shop.fine('GET', at);

    const { id: voided } = await shop.hold(headers);
    await shop.fine('POST', `/v2/payments/authorizations/${voided}/void`, { headers });
    await shop.fine('GET', `/v2/payments/authorizations/${voided}`);

    const { id: renewed } = await shop.hold(headers);
    await control.passDays(5);
    await paypal.renew();
    const again = { body: {}, headers: keyed(headers) };
    await shop.fine('POST', `/v2/payments/authorizations/${renewed}/reauthorize`, again);
  });

  it('agrees on webhooks and their events', async () => {
    const hooks = '/v1/notifications/webhooks';
    const body = { url: `${listener.url}more`, event_types: [{ name: '*' }] };
    const hook = `${hooks}/${textOf((await shop.fine('POST', hooks, { body })).body, 'id')}`;
    await shop.fine('GET', hooks);
    await shop.fine('GET', hook);
    const types = [{ name: 'CHECKOUT.ORDER.APPROVED' }, { name: 'PAYMENT.CAPTURE.COMPLETED' }];
    await shop.fine('PATCH', hook, {
      body: [{ op: 'replace', path: '/event_types', value: types }],
    });
    await press((await shop.create()).page, 'pay');
    const listed = await shop.fine('GET', '/v1/notifications/webhooks-events?page_size=2');
    const event = listAt(listed.body, 'events')[0];
    const at = `/v1/notifications/webhooks-events/${textOf(event, 'id')}`;
    await shop.fine('GET', at);
    await shop.fine('POST', `${at}/resend`, { body: { webhook_ids: ['1JE4291016473214C'] } });
    const next = linkIn(listed, 'next').replace(/^.*(?=\/v1\/)/, '');
    await shop.fine('GET', next);
    await shop.fine('DELETE', hook);
  });

  it('agrees on the events of everything that can happen to money', async () => {
    const order = await shop.create();
    await press(order.page, 'pay');
    const path = `/v2/checkout/orders/${order.id}`;
    const capture = captureIn(await shop.fine('POST', `${path}/capture`, { body: {} }));
    await control.refundByHand(capture, '1.00');
    await control.reverse(capture);
    await shop.hold();
    const listed = await shop.fine('GET', '/v1/notifications/webhooks-events?page_size=300');
    const types = listAt(listed.body, 'events').map((one) => textOf(one, 'event_type'));
    expect(types).toEqual(
      expect.arrayContaining([
        'CHECKOUT.ORDER.APPROVED',
        'PAYMENT.CAPTURE.COMPLETED',
        'PAYMENT.CAPTURE.REFUNDED',
        'PAYMENT.CAPTURE.REVERSED',
        'PAYMENT.AUTHORIZATION.CREATED',
      ]),
    );
  });

  it('agrees on what a delivery is and on how it is verified', async () => {
    await press((await shop.create()).page, 'pay');
    const [delivery] = await listener.waitFor('CHECKOUT.ORDER.APPROVED');
    const header = (name: string) => textOf(delivery?.headers, `paypal-${name}`);
    const body = {
      auth_algo: header('auth-algo'),
      cert_url: header('cert-url'),
      transmission_id: header('transmission-id'),
      transmission_sig: header('transmission-sig'),
      transmission_time: header('transmission-time'),
      webhook_id: '1JE4291016473214C',
      webhook_event: objectAt(JSON.parse(String(delivery?.body))),
    };
    const answer = await shop.fine('POST', '/v1/notifications/verify-webhook-signature', { body });
    expect(answer.body).toEqual({ verification_status: 'SUCCESS' });
  });

  it.each([
    ['GET', `/v2/checkout/orders/${NOBODY}`, undefined],
    ['PATCH', `/v2/checkout/orders/${NOBODY}`, [patchOf('1.00')]],
    ['POST', `/v2/checkout/orders/${NOBODY}/capture`, {}],
    ['POST', `/v2/checkout/orders/${NOBODY}/authorize`, {}],
    ['GET', `/v2/payments/authorizations/${NOBODY}`, undefined],
    ['POST', `/v2/payments/authorizations/${NOBODY}/capture`, {}],
    ['POST', `/v2/payments/authorizations/${NOBODY}/reauthorize`, {}],
    ['POST', `/v2/payments/authorizations/${NOBODY}/void`, undefined],
    ['GET', `/v2/payments/captures/${NOBODY}`, undefined],
    ['POST', `/v2/payments/captures/${NOBODY}/refund`, {}],
    ['GET', `/v2/payments/refunds/${NOBODY}`, undefined],
    ['GET', `/v1/notifications/webhooks/${NOBODY}`, undefined],
    ['GET', `/v1/notifications/webhooks-events/${NOBODY}`, undefined],
  ])('agrees on how %s %s says that there is no such thing', async (method, path, body) => {
    expect((await paypal.call(method, path, { body })).status).toBe(404);
    const nobody = { body, headers: { Authorization: 'Bearer nobody' } };
    expect((await paypal.call(method, path, nobody)).status).toBe(401);
    if (method === 'GET') return;
    expect((await paypal.call(method, path, { body: '{' })).status).toBe(400);
    const form = { body: 'a=1', headers: { 'Content-Type': 'text/plain' } };
    expect((await paypal.call(method, path, form)).status).toBe(415);
  });

  it.each([
    ['an amount that is a number', unitOf({ amount: { currency_code: 'EUR', value: 12.5 } }), 400],
    ['no amount', unitOf({ amount: undefined }), 400],
    ['an amount of nothing', unitOf({ amount: { currency_code: 'EUR', value: '0.00' } }), 422],
    ['half a cent', unitOf({ amount: { currency_code: 'EUR', value: '1.005' } }), 422],
    ['half a yen', unitOf({ amount: { currency_code: 'JPY', value: '1.50' } }), 422],
    ['money of nowhere', unitOf({ amount: { currency_code: 'xxx', value: '1.00' } }), 422],
    ['money that nobody settles', unitOf({ amount: { currency_code: 'KRW', value: '1' } }), 422],
    ['a long reference', unitOf({ custom_id: 'x'.repeat(128) }), 400],
    ['an unknown intent', { intent: 'TAKE' }, 400],
    ['no purchase units', { purchase_units: [] }, 400],
    ['a payment source without a key', { payment_source: { paypal: {} } }, 400],
    ['an empty payment source', { payment_source: {} }, 400],
  ])('agrees on how an order with %s is refused', async (_what, changes, status) => {
    const body = { ...anOrder(), ...changes };
    expect((await paypal.call('POST', '/v2/checkout/orders', { body })).status).toBe(status);
  });

  it('agrees on how calls at the wrong time are refused', async () => {
    const order = await shop.create();
    const path = `/v2/checkout/orders/${order.id}`;
    await shop.refused('POST', `${path}/capture`, 422);
    await shop.refused('POST', `${path}/authorize`, 422);
    await press(order.page, 'decline');
    await shop.refused('POST', `${path}/capture`, 422);
    await press(order.page, 'pay');
    const capture = captureIn(await shop.fine('POST', `${path}/capture`, { body: {} }));
    await shop.refused('POST', `${path}/capture`, 422);
    await shop.refused('PATCH', path, 422, [patchOf('1.00')]);
    const refund = `/v2/payments/captures/${capture}/refund`;
    await shop.refused('POST', refund, 422, { amount: { currency_code: 'EUR', value: '99.00' } });
    await shop.refused('POST', refund, 422, { amount: { currency_code: 'USD', value: '1.00' } });
    await shop.refused('POST', refund, 400, { amount: { currency_code: 'EUR', value: 1 } });
    await shop.fine('POST', refund, { body: {} });
    await shop.refused('POST', refund, 422);

    const { id } = await shop.hold();
    const held = `/v2/payments/authorizations/${id}`;
    await shop.refused('POST', `${held}/reauthorize`, 422);
    await shop.refused('POST', `${held}/capture`, 422, {
      amount: { currency_code: 'EUR', value: '99.00' },
    });
    await shop.fine('POST', `${held}/void`);
    await shop.refused('POST', `${held}/capture`, 422);
    await shop.refused('POST', `${held}/reauthorize`, 422);
  });

  it('leaves no operation out that the simulator knows', async () => {
    const own = documents.filter(({ name }) => name !== 'payments_payment_v1');
    expect(await uncalledOperations(own, paypal, control)).toEqual([]);
  });
});
