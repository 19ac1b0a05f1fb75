import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Receiver, startReceiver } from './receiver';
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

const SECRET = 'ASecretOfThirtyTwoAlphanumerics0';
const DAY_S = 86_400;

describe('Delivering notifications', () => {
  let folder: string;
  let dataFile: string;
  let shop: Receiver;
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    dataFile = join(folder, 'state.jsonl');
    shop = await startReceiver();
    sandbox = await start({ dataFile });
  });
  afterEach(async () => {
    await sandbox.close();
    await shop.close();
    await rm(folder, { recursive: true });
  });

  const manage = (method: string, path: string, body?: unknown) =>
    control(sandbox.url)(method, path, body);
  const register = (url = shop.url) =>
    manage('POST', '/webhooks', { gateway: 'paypro', account: KEY, url, secret: SECRET });
  const pay = async () => (await payproClient(sandbox.url)('POST', '/payments', aPayment())).body;
  const waiting = async () => (await manage('GET', '/notifications')).body['waiting'];
  const arrived = (count: number) =>
    eventually(() => expect(shop.received.length).toBeGreaterThanOrEqual(count));
  /** So many tries are over, and what follows from them is known. */
  const attempted = (count: number) =>
    eventually(async () => {
      const { body } = await manage('GET', '/notifications');
      expect(body['attempts']).toHaveLength(count);
    });
  const settled = () => eventually(async () => expect(await waiting()).toBe(0));

  it('tries again after growing pauses until the receiver takes it, with the same event', async () => {
    await register();
    shop.answer = () => (shop.received.length < 5 ? 500 : 200);
    await pay();
    for (const pauseS of [1, 2, 4, 8]) {
      await attempted(Math.log2(pauseS) + 1);
      await manage('POST', '/clock', { advance_seconds: pauseS });
    }
    await attempted(5);
    await manage('POST', '/clock', { advance_seconds: 8 });
    expect(await waiting()).toBe(1);
    expect(shop.received).toHaveLength(5);
    await manage('POST', '/clock', { advance_seconds: 8 });
    await settled();
    expect(shop.received.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500, 200]);
    expect(new Set(shop.received.map(({ body }) => body['id'])).size).toBe(1);
    const { body } = await manage('GET', '/notifications');
    expect(body['attempts']?.['5']).toMatchObject({
      gateway: 'paypro',
      event_id: shop.received[0]?.body['id'],
      event_type: 'payment.created',
      url: shop.url,
      status: 200,
      attempt: 6,
      forged: false,
    });
  });

  it('gives PayPal’s up after 25 retries in three days', async () => {
    const account = ACCOUNT.clientId;
    await manage('POST', '/webhooks', { gateway: 'paypal', account, url: shop.url });
    shop.answer = () => 302;
    const call = await paypalClient(sandbox.url);
    const { body } = await call('POST', '/v2/checkout/orders', anOrder());
    await press(linkOf(body, 'approve'), 'pay');
    for (let tries = 1; tries <= 26; tries += 1) {
      await attempted(tries);
      await manage('POST', '/clock', { advance_seconds: DAY_S / 4 });
    }
    await settled();
    expect(shop.received).toHaveLength(26);
  });

  it('sends what waits after a restart, also what nobody has answered', async () => {
    await register();
    shop.answer = () => 0;
    const { id } = await pay();
    await arrived(1);
    await sandbox.close();
    shop.answer = () => 200;
    sandbox = await start({ dataFile });
    await arrived(2);
    await settled();
    expect(shop.received.map(({ body }) => body['payload']?.['id'])).toEqual([id, id]);
    expect(shop.received[1]?.text).toBe(shop.received[0]?.text);
    const { body } = await manage('GET', '/notifications');
    expect(body['attempts']).toMatchObject([{ attempt: 1, status: 200 }]);
  });

  it('keeps webhooks, events and the signer over a restart', async () => {
    await register();
    await pay();
    await settled();
    const before = { pem: sandbox.paypalCaPem, hooks: (await manage('GET', '/webhooks')).text };
    const events = (await payproClient(sandbox.url)('GET', '/events')).body['data'];
    await sandbox.close();
    sandbox = await start({ dataFile });
    expect(sandbox.paypalCaPem).toBe(before.pem);
    expect((await manage('GET', '/webhooks')).text).toBe(before.hooks);
    const after = (await payproClient(sandbox.url)('GET', '/events')).body['data'];
    expect(after?.['0']?.['payload']).toEqual(events?.['0']?.['payload']);
  });

  it('answers the caller while the receiver is silent, and others hear at once', async () => {
    await register();
    shop.answer = () => 0;
    const other = await startReceiver();
    const second = { gateway: 'paypro', account: KEY, url: other.url };
    await manage('POST', '/webhooks', second);
    const made = await Promise.all(Array.from({ length: 30 }, pay));
    expect(made.every(({ id }) => text(id).startsWith('PP'))).toBe(true);
    await eventually(() => expect(other.received).toHaveLength(30));
    expect(shop.received.length).toBeLessThanOrEqual(8);
    await other.close();
  });

  it('takes ten seconds without an answer for a failed try', async () => {
    await register();
    shop.answer = () => 0;
    await pay();
    await arrived(1);
    const sentAtMs = Date.now();
    await attempted(1);
    expect(Date.now() - sentAtMs).toBeGreaterThan(8_000);
    const { body } = await manage('GET', '/notifications');
    expect(body).toMatchObject({ waiting: 1, attempts: [{ status: null }] });
    shop.answer = () => 200;
    await manage('POST', '/clock', { advance_seconds: 1 });
    await settled();
  });

  it('follows a webhook that is registered at another URL, and tries what it missed at once', async () => {
    await register('http://127.0.0.1:9/nobody');
    await pay();
    // The seventh try would come 32 seconds after the sixth, later than this test waits for anything.
    for (const pauseS of [1, 2, 4, 8, 16]) {
      await attempted(Math.log2(pauseS) + 1);
      await manage('POST', '/clock', { advance_seconds: pauseS });
    }
    await attempted(6);
    const moved = await register();
    await arrived(1);
    expect((await manage('GET', '/webhooks')).body['0']).toEqual({
      gateway: 'paypro',
      account: KEY,
      active: true,
      event_types: ['*'],
      ...moved.body,
    });
    expect((await manage('GET', '/webhooks')).body['1']).toBeUndefined();
  });

  it('sends an event again when asked to', async () => {
    await register();
    await pay();
    await settled();
    const path = `/notifications/${text(shop.received[0]?.body['id'])}/resend`;
    expect((await manage('POST', path)).body).toMatchObject({ deliveries: 1 });
    await arrived(2);
    expect(shop.received[1]?.text).toBe(shop.received[0]?.text);
    expect((await manage('POST', '/notifications/EV0/resend')).status).toBe(404);
  });

  it('refuses a webhook of nobody and one without a web address', async () => {
    const wrong = [
      { gateway: 'paypro', account: 'pp_unknown', url: shop.url },
      { gateway: 'paypal', account: KEY, url: shop.url },
      { gateway: 'paypro', account: KEY, url: 'javascript:alert(1)' },
      { gateway: 'paypro', account: KEY, url: shop.url, secret: 'not a word' },
    ];
    const answers = await Promise.all(wrong.map((hook) => manage('POST', '/webhooks', hook)));
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  });
});
