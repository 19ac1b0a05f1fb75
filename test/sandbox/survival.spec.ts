import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, text } from './reply.wire';
import {
  anOrder,
  aPayment,
  aSale,
  control,
  paypalClient,
  payproClient,
  press,
  start,
} from './support';

describe('What survives a kill', () => {
  let folder: string;
  let dataFile: string;
  const running: RunningSandbox[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    dataFile = join(folder, 'state.jsonl');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
    await rm(folder, { recursive: true });
  });

  /** A second start on the same file sees what a restart after `kill -9` would: nothing was closed. */
  async function boot(): Promise<RunningSandbox> {
    const sandbox = await start({ dataFile, publicUrl: 'http://gateway.test' });
    running.push(sandbox);
    return sandbox;
  }
  const here = (url: string, sandbox: RunningSandbox) =>
    url.replace('http://gateway.test', sandbox.url);

  it('orders, captures, request ids, tokens, payments, customers, the clock and the ledger', async () => {
    const before = await boot();
    const paypal = await paypalClient(before.url);
    const paypro = payproClient(before.url);
    await control(before.url)('POST', '/clock', { advance_seconds: 3600 });
    const order = (await paypal('POST', '/v2/checkout/orders', anOrder())).body;
    const orderPath = `/v2/checkout/orders/${text(order['id'])}`;
    await press(here(linkOf(order, 'approve'), before), 'pay');
    const key = { 'paypal-request-id': 'capture-once' };
    const captured = await paypal('POST', `${orderPath}/capture`, {}, key);
    const payment = (await paypro('POST', '/payments', aPayment())).body;
    await press(here(text(payment['_links']?.['checkout']), before), 'pay');

    const after = await boot();
    const again = await paypalClient(after.url);
    const replay = await again('POST', `${orderPath}/capture`, {}, key);
    expect(replay.status).toBe(200);
    expect(replay.body).toEqual(captured.body);
    for (const path of ['/payments', '/customers']) {
      expect((await payproClient(after.url)('GET', path)).body).toEqual(
        (await paypro('GET', path)).body,
      );
    }
    const ledgers = [before, after].map(({ url }) => control(url)('GET', '/ledger'));
    const [old, now] = await Promise.all(ledgers);
    expect(now?.text).toBe(old?.text);
    expect(now?.body['1']).toMatchObject({
      gateway: 'paypro',
      amount: '12.50',
      metadata: { order_id: 'our-1' },
    });
    const clock = await control(after.url)('POST', '/clock', { advance_seconds: 0 });
    expect(Date.parse(text(clock.body['now'])) - Date.now()).toBeGreaterThan(3_590_000);
  });

  it('refunds, disputes, holds, mandates and chargebacks', async () => {
    const before = await boot();
    const manage = control(before.url);
    const paypal = await paypalClient(before.url);
    const done = async (intent: string, verb: string) => {
      const order = (await paypal('POST', '/v2/checkout/orders', anOrder({ intent }))).body;
      await press(here(linkOf(order, 'approve'), before), 'pay');
      const made = await paypal('POST', `/v2/checkout/orders/${text(order['id'])}/${verb}`);
      const payments = made.body['purchase_units']?.['0']?.['payments'];
      return text((payments?.['captures'] ?? payments?.['authorizations'])?.['0']?.['id']);
    };
    const capture = await done('CAPTURE', 'capture');
    const hold = await done('AUTHORIZE', 'authorize');
    const of = { amount: { currency_code: 'EUR', value: '5.00' } };
    const refund = await paypal('POST', `/v2/payments/captures/${capture}/refund`, of);
    const dispute = await manage('POST', `/paypal/captures/${capture}/disputes`, {});
    await paypal('POST', `/v2/payments/authorizations/${hold}/capture`, of);
    const paypro = payproClient(before.url);
    const { body: customer } = await paypro('POST', '/customers', {});
    const wish = aPayment({ customer: customer['id'], setup_mandate: true });
    const payment = text((await paypro('POST', '/payments', wish)).body['id']);
    await manage('POST', `/paypro/payments/${payment}`, { state: 'paid' });
    await paypro('POST', `/payments/${payment}/refunds`, { amount: 200 });
    await manage('POST', `/paypro/payments/${payment}/chargebacks`, { amount: 300 });

    const after = await boot();
    const paypalAfter = await paypalClient(after.url);
    for (const path of [
      `/v2/payments/captures/${capture}`,
      `/v2/payments/refunds/${text(refund.body['id'])}`,
      `/v2/payments/authorizations/${hold}`,
      `/v1/customer/disputes/${text(dispute.body['id'])}`,
    ]) {
      const read = await paypalAfter('GET', path);
      expect([path, read.status]).toEqual([path, 200]);
      expect(read.body).toEqual((await paypal('GET', path)).body);
    }
    for (const path of ['/refunds', '/chargebacks', '/mandates']) {
      const { body } = await payproClient(after.url)('GET', path);
      expect([path, body['count']]).toEqual([path, 1]);
      expect(body).toEqual((await paypro('GET', path)).body);
    }
  });

  it('payments, sales, refunds and request ids of Payments v1', async () => {
    const before = await boot();
    const call = await paypalClient(before.url);
    const payment = (await call('POST', '/v1/payments/payment', aSale())).body;
    const path = `/v1/payments/payment/${text(payment['id'])}`;
    const page = here(linkOf(payment, 'approval_url'), before);
    const back = new URL(text((await press(page, 'pay')).headers.get('location')));
    const payer = { payer_id: back.searchParams.get('PayerID') };
    const key = { 'paypal-request-id': 'execute-once' };
    const done = await call('POST', `${path}/execute`, payer, key);
    const sale = done.body['transactions']?.['0']?.['related_resources']?.['0']?.['sale'];
    const salePath = `/v1/payments/sale/${text(sale?.['id'])}`;
    const refund = await call('POST', `${salePath}/refund`, {
      amount: { total: '5.00', currency: 'EUR' },
    });

    const after = await boot();
    const again = await paypalClient(after.url);
    for (const one of [path, salePath, `/v1/payments/refund/${text(refund.body['id'])}`]) {
      const read = await again('GET', one);
      expect([one, read.status]).toEqual([one, 200]);
      expect(read.body).toEqual((await call('GET', one)).body);
    }
    expect((await again('POST', `${path}/execute`, payer, key)).status).toBe(200);
    const other = await again('POST', `${path}/execute`, { payer_id: 'X' }, key);
    expect(other.body['name']).toBe('DUPLICATE_REQUEST_ID');
    const newPage = page.replace(before.url, after.url);
    expect((await press(newPage, 'pay')).status).toBe(409);
  });

  it('drops a line that a kill tore off, and goes on writing behind it', async () => {
    const before = await boot();
    const { body } = await payproClient(before.url)('POST', '/payments', aPayment());
    await appendFile(dataFile, '[{"kind":"paypro.payment","value":{"id":"PP');
    const torn = await boot();
    const path = `/payments/${text(body['id'])}`;
    expect((await payproClient(torn.url)('GET', path)).status).toBe(200);
    const next = (await payproClient(torn.url)('POST', '/payments', aPayment())).body;
    const last = await boot();
    const read = await payproClient(last.url)('GET', `/payments/${text(next['id'])}`);
    expect(read.status).toBe(200);
  });

  it('refuses to start on a line that cannot be read, and names it', async () => {
    await writeFile(dataFile, '[]\nnonsense\n[]\n');
    await expect(boot()).rejects.toThrow(`${dataFile}, line 2`);
    await writeFile(dataFile, '[{"kind":"new","value":{}}]\n');
    await expect(boot()).rejects.toThrow('unknown kind');
  });

  it('answers only after the line is in the file, with many callers at once', async () => {
    const sandbox = await boot();
    const call = payproClient(sandbox.url);
    const made = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const { body } = await call('POST', '/payments', aPayment());
        const written = await readFile(dataFile, 'utf8');
        return written.includes(text(body['id']));
      }),
    );
    expect(made).toEqual(Array(50).fill(true));
  });
});
