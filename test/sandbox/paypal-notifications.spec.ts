import { createVerify, X509Certificate } from 'node:crypto';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { eventually, type Received, type Receiver, startReceiver } from './receiver';
import { type Json, linkOf, matching, send, text } from './reply.wire';
import {
  ACCOUNT,
  anOrder,
  control,
  OTHER_ACCOUNT,
  paypalClient,
  press,
  type Send,
  start,
} from './support';

const WEBHOOK_ID = '1JE4291016473214C';

/** CRC-32 bit by bit, so that the sender's way of counting is not asked. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('PayPal: notifications', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  let shop: Receiver;
  beforeAll(async () => {
    sandbox = await start();
    call = await paypalClient(sandbox.url);
    manage = control(sandbox.url);
    shop = await startReceiver();
    await register(shop.url);
  });
  afterAll(async () => {
    await sandbox.close();
    await shop.close();
  });
  beforeEach(() => {
    shop.received.length = 0;
  });

  const register = (url: string, id = WEBHOOK_ID) =>
    manage('POST', '/webhooks', { gateway: 'paypal', account: ACCOUNT.clientId, url, id });
  const header = ({ headers }: Received, name: string) => text(headers[name]);
  const isSigned = async (received: Received, webhookId = WEBHOOK_ID) => {
    const { text: pem } = await send(header(received, 'paypal-cert-url'));
    const message = [
      header(received, 'paypal-transmission-id'),
      header(received, 'paypal-transmission-time'),
      webhookId,
      crc32(Buffer.from(received.text)),
    ].join('|');
    return createVerify('sha256')
      .update(message)
      .verify(pem, header(received, 'paypal-transmission-sig'), 'base64');
  };

  async function approved(action = 'pay'): Promise<{ id: string; path: string }> {
    const { body } = await call('POST', '/v2/checkout/orders', anOrder());
    await press(linkOf(body, 'approve'), action);
    const id = text(body['id']);
    return { id, path: `/v2/checkout/orders/${id}` };
  }
  async function received(type: string): Promise<Received> {
    await eventually(() => expect(shop.types()).toContain(type));
    const found = shop.received.find((one) => one.type === type);
    if (!found) throw new Error(`no ${type} arrived`);
    return found;
  }

  it('signs with a certificate that the test CA issued to PayPal’s name', async () => {
    await approved();
    const news = await received('CHECKOUT.ORDER.APPROVED');
    expect(news.headers).toMatchObject({
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-auth-version': 'v2',
      'paypal-transmission-id': matching(/^[0-9a-f-]{36}$/),
      'paypal-transmission-time': matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const url = header(news, 'paypal-cert-url');
    expect(url).toContain(`${sandbox.url}/paypal/v1/notifications/certs/CERT-`);
    const certificate = new X509Certificate((await send(url)).text);
    const ca = new X509Certificate(sandbox.paypalCaPem);
    expect(certificate.subject).toContain('CN=messageverificationcerts.sandbox.paypal.com');
    expect(certificate.checkIssued(ca) && certificate.verify(ca.publicKey)).toBe(true);
    expect([ca.ca, certificate.ca]).toEqual([true, false]);
    expect((await manage('GET', '/paypal/ca')).body['pem']).toBe(sandbox.paypalCaPem);
    expect(await isSigned(news)).toBe(true);
    expect(await isSigned(news, 'ANOTHERWEBHOOK')).toBe(false);
    expect(await isSigned({ ...news, text: `${news.text} ` })).toBe(false);
  });

  it('tells of an approved order with an empty object in it', async () => {
    const { id } = await approved();
    const { body, text: bytes } = await received('CHECKOUT.ORDER.APPROVED');
    expect(body).toMatchObject({
      id: matching(/^WH-\w{17}-\w{17}$/),
      event_version: '1.0',
      create_time: matching(/\.\d{3}Z$/),
      resource_type: 'checkout-order',
      resource_version: '2.0',
      resource: { id, status: 'APPROVED', purchase_units: [{ custom_id: 'our-1' }] },
    });
    expect(bytes).toContain('"breakdown":{}');
    expect(linkOf(body, 'resend')).toContain(`${text(body['id'])}/resend`);
  });

  it('tells of a capture with our references and its order, and of the completed order', async () => {
    const { id, path } = await approved();
    const captured = await call('POST', `${path}/capture`);
    const unit = captured.body['purchase_units']?.['0'];
    const { body } = await received('PAYMENT.CAPTURE.COMPLETED');
    expect(body).toMatchObject({
      resource_type: 'capture',
      resource: {
        id: unit?.['payments']?.['captures']?.['0']?.['id'],
        status: 'COMPLETED',
        custom_id: 'our-1',
        invoice_id: 'INV-1',
        supplementary_data: { related_ids: { order_id: id } },
      },
    });
    await received('CHECKOUT.ORDER.COMPLETED');
  });

  it.each(['COMPLETED', 'DECLINED'])('tells of a pending capture that is then %s', async (end) => {
    const { path } = await approved('pending');
    await call('POST', `${path}/capture`);
    const capture = text((await received('PAYMENT.CAPTURE.PENDING')).body['resource']?.['id']);
    await manage('POST', `/paypal/captures/${capture}`, { status: end });
    const { body } = await received(`PAYMENT.CAPTURE.${end}`);
    expect(body['resource']).toMatchObject({ id: capture, status: end });
  });

  describe('asked whether a signature is genuine', () => {
    const verify = (news: Received, event: string, changes: object = {}) => {
      const fields = {
        auth_algo: header(news, 'paypal-auth-algo'),
        cert_url: header(news, 'paypal-cert-url'),
        transmission_id: header(news, 'paypal-transmission-id'),
        transmission_sig: header(news, 'paypal-transmission-sig'),
        transmission_time: header(news, 'paypal-transmission-time'),
        webhook_id: WEBHOOK_ID,
        ...changes,
      };
      const members = JSON.stringify(fields).slice(1, -1);
      const body = `{ "webhook_event" :  ${event} , ${members} }`;
      return call('POST', '/v1/notifications/verify-webhook-signature', body);
    };
    const verdict = async (...sent: Parameters<typeof verify>) =>
      (await verify(...sent)).body['verification_status'];

    it('says so about the delivered bytes, and no other ones', async () => {
      await approved();
      const news = await received('CHECKOUT.ORDER.APPROVED');
      expect(await verdict(news, news.text)).toBe('SUCCESS');
      expect(await verdict(news, news.text.replace('"breakdown":{}', '"breakdown":[]'))).toBe(
        'FAILURE',
      );
      expect(await verdict(news, news.text.replace('"1.0"', '1.0'))).toBe('FAILURE');
      expect(await verdict(news, news.text, { webhook_id: '8PT597110X687430L' })).toBe('FAILURE');
      expect(await verdict(news, news.text, { transmission_time: '2026-01-01T00:00:00Z' })).toBe(
        'FAILURE',
      );
      const other = `${sandbox.url}/elsewhere/CERT-1`;
      expect(await verdict(news, news.text, { cert_url: other })).toBe('FAILURE');
    });

    it('refuses to say it without all seven members', async () => {
      const path = '/v1/notifications/verify-webhook-signature';
      const { status, body } = await call('POST', path, { webhook_id: WEBHOOK_ID });
      expect(status).toBe(400);
      expect(body['name']).toBe('VALIDATION_ERROR');
      expect(body['details']).toHaveLength(6);
    });
  });

  describe('webhooks', () => {
    const path = '/v1/notifications/webhooks';
    const hook = (url: string, name = '*') => ({ url, event_types: [{ name }] });

    it('are created once per URL, read, changed and deleted by their own app only', async () => {
      const made = await call('POST', path, hook('https://shop.test/a'));
      expect(made.status).toBe(201);
      const own = `${path}/${text(made.body['id'])}`;
      const again = await call('POST', path, hook('https://shop.test/a'));
      expect([again.status, again.body['name']]).toEqual([400, 'WEBHOOK_URL_ALREADY_EXISTS']);
      expect((await call('GET', own)).body).toMatchObject(hook('https://shop.test/a'));
      const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
      expect((await stranger('GET', own)).status).toBe(404);
      const types = [{ name: 'PAYMENT.CAPTURE.COMPLETED' }];
      const patch = [{ op: 'replace', path: '/event_types', value: types }];
      expect((await call('PATCH', own, patch)).body).toMatchObject({ event_types: types });
      expect((await call('PATCH', own, [{ op: 'remove', path: '/url' }])).status).toBe(400);
      const listed = (await call('GET', path)).text;
      expect(listed).toContain('https://shop.test/a');
      expect((await call('DELETE', own)).status).toBe(204);
      expect((await call('GET', own)).status).toBe(404);
    });

    it('without a web address or known types are refused', async () => {
      const { status, body } = await call('POST', path, hook('ftp://shop.test', 'all of it'));
      expect(status).toBe(400);
      expect(body['details']).toMatchObject([{ field: 'url' }, { field: 'event_types' }]);
    });

    it('hear only what they asked for', async () => {
      const choosy = await startReceiver();
      await call('POST', path, hook(choosy.url, 'CHECKOUT.ORDER.COMPLETED'));
      const { path: order } = await approved();
      await call('POST', `${order}/capture`);
      await eventually(() => expect(choosy.types()).toEqual(['CHECKOUT.ORDER.COMPLETED']));
      await received('CHECKOUT.ORDER.COMPLETED');
      expect(choosy.received).toHaveLength(1);
      await choosy.close();
    });

    it('of another app hear nothing', async () => {
      const other = await startReceiver();
      const account = OTHER_ACCOUNT.clientId;
      await manage('POST', '/webhooks', { gateway: 'paypal', account, url: other.url });
      const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
      await approved();
      await received('CHECKOUT.ORDER.APPROVED');
      const { body } = await stranger('POST', '/v2/checkout/orders', anOrder());
      await press(linkOf(body, 'approve'), 'pay');
      await eventually(() => expect(other.received).toHaveLength(1));
      expect(other.received[0]?.body['resource']).toMatchObject({ id: body['id'] });
      await other.close();
    });
  });

  describe('the list of events', () => {
    const path = '/v1/notifications/webhooks-events';
    const idsOf = (body: Json) => {
      const events: unknown = body['events'];
      if (!Array.isArray(events)) throw new Error('there are no events');
      return events.map((event: Json) => text(event['id']));
    };
    const followed = (body: Json, rel: string) =>
      linkOf(body, rel).replace(`${sandbox.url}/paypal`, '');

    it('is newest first, in pages that news do not shift', async () => {
      for (let made = 0; made < 4; made += 1) await approved();
      const newest = await approved();
      const whole = idsOf((await call('GET', `${path}?page_size=300`)).body);
      const first = (await call('GET', `${path}?page_size=2`)).body;
      expect(idsOf(first)).toEqual(whole.slice(0, 2));
      expect(first['count']).toBe(2);
      expect(first['events']?.['0']?.['resource']).toMatchObject({ id: newest.id });
      await approved();
      const second = (await call('GET', followed(first, 'next'))).body;
      expect(idsOf(second)).toEqual(whole.slice(2, 4));
      expect(idsOf((await call('GET', followed(second, 'previous'))).body)).toEqual(
        whole.slice(0, 2),
      );
    });

    it('is filtered by transaction, type and time', async () => {
      const { id } = await approved();
      const about = (await call('GET', `${path}?transaction_id=${id}`)).body;
      expect(about['events']).toMatchObject([{ resource: { id } }]);
      const typed = await call('GET', `${path}?transaction_id=${id}&event_type=NO.SUCH`);
      expect(typed.body['count']).toBe(0);
      const at = text(about['events']?.['0']?.['create_time']);
      const during = `transaction_id=${id}&start_time=${at}&end_time=${at}`;
      expect((await call('GET', `${path}?${during}`)).body['count']).toBe(1);
      const later = new Date(Date.parse(at) + 1).toISOString();
      const after = await call('GET', `${path}?transaction_id=${id}&start_time=${later}`);
      expect(after.body['count']).toBe(0);
      expect((await call('GET', `${path}?page_size=0`)).status).toBe(400);
      expect((await call('GET', `${path}?start_time=soon`)).status).toBe(400);
    });

    it('shows one event as it was delivered and sends it again', async () => {
      await approved();
      const news = await received('CHECKOUT.ORDER.APPROVED');
      const own = `${path}/${text(news.body['id'])}`;
      expect((await call('GET', own)).text).toBe(news.text);
      expect((await call('POST', `${own}/resend`, {})).status).toBe(202);
      await eventually(() => expect(shop.received).toHaveLength(2));
      expect(shop.received[1]?.text).toBe(news.text);
      const stranger = await paypalClient(sandbox.url, OTHER_ACCOUNT);
      expect((await stranger('GET', own)).status).toBe(404);
    });
  });
});
