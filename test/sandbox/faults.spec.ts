import { request } from 'node:http';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { linkOf, type Reply, text } from './reply.wire';
import {
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

describe('Faults and the log of calls', () => {
  let sandbox: RunningSandbox;
  let paypal: Send;
  let paypro: Send;
  let manage: Send;
  beforeAll(async () => {
    sandbox = await start();
    paypal = await paypalClient(sandbox.url);
    paypro = payproClient(sandbox.url);
    manage = control(sandbox.url);
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    await manage('DELETE', '/faults');
    await manage('DELETE', '/calls');
  });

  const fault = (kind: string, more: object = {}): Promise<Reply> =>
    manage('POST', '/faults', { gateway: 'paypro', kind, match: { method: 'post' }, ...more });
  const create = () => paypro('POST', '/payments', aPayment());
  const newest = async () => (await paypro('GET', '/payments?limit=1')).body['data']?.['0']?.['id'];

  it.each([
    ['error_before', false],
    ['error_after', true],
  ])('%s answers 500, work done: %s', async (kind, done) => {
    const before = await newest();
    await fault(kind);
    const { status, body } = await create();
    expect(status).toBe(500);
    expect(body).toMatchObject({ error: { type: 'api_error' } });
    expect((await newest()) !== before).toBe(done);
    expect((await create()).status).toBe(201);
  });

  it.each([
    ['drop_before', false],
    ['drop_after', true],
  ])('%s ends the connection without an answer, work done: %s', async (kind, done) => {
    const before = await newest();
    await fault(kind);
    await expect(create()).rejects.toThrow('fetch failed');
    expect((await newest()) !== before).toBe(done);
    expect((await manage('GET', '/calls')).body['calls']?.['1']).toMatchObject({ status: null });
  });

  it('rate_limit answers 429, with Retry-After when asked for', async () => {
    await fault('rate_limit', { retry_after_seconds: 7 });
    const { status, headers } = await create();
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'rate_limit' });
    const limited = await paypal('GET', '/v2/checkout/orders/X');
    expect([limited.status, limited.body['name']]).toEqual([429, 'RATE_LIMIT_REACHED']);
  });

  it('unauthorized answers 401 in the shape of the gateway, token calls included', async () => {
    await fault('unauthorized', { times: 1 });
    expect((await create()).status).toBe(401);
    const match = { path_contains: '/v2/' };
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'unauthorized', match });
    const refused = await paypal('GET', '/v2/checkout/orders/X');
    expect(refused.body).toMatchObject({ error: 'invalid_token' });
  });

  it('garbage is no JSON, wrong_amount is off by one, unknown_state is a new word, no_metadata has none', async () => {
    await fault('garbage');
    const garbage = await create();
    expect(() => JSON.parse(garbage.text) as unknown).toThrow();
    await fault('wrong_amount');
    expect((await create()).body['amount']).toBe(1251);
    await fault('unknown_state');
    expect((await create()).body['state']).toBe('something_new');
    await fault('no_metadata');
    expect((await create()).body).not.toHaveProperty('metadata');
    expect((await create()).body).toHaveProperty('metadata');
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'wrong_amount' });
    const full = { prefer: 'return=representation' };
    const { body } = await paypal('POST', '/v2/checkout/orders', anOrder(), full);
    expect(body['purchase_units']?.['0']?.['amount']).toMatchObject({ value: '12.51' });
  });

  it('delay holds the answer back, and the work goes on when the caller has left', async () => {
    const before = await newest();
    await fault('delay', { delay_ms: 150 });
    const gone = new Promise((resolve) => {
      const call = request(`${sandbox.url}/paypro/payments`, {
        method: 'POST',
        headers: { authorization: 'Bearer pp_0123456789abcdefghijABCDEFGHIJ01' },
      });
      call.once('error', resolve);
      call.once('finish', () => setTimeout(() => call.destroy(), 50));
      call.end(JSON.stringify(aPayment()));
    });
    await gone;
    const deadline = Date.now() + 5_000;
    while ((await newest()) === before && Date.now() < deadline);
    expect(await newest()).not.toBe(before);
  });

  it('hang_after does the work and leaves the caller waiting until it goes', async () => {
    const before = await newest();
    await fault('hang_after');
    const options = { method: 'POST', headers: { authorization: `Bearer ${KEY}` } };
    const call = request(`${sandbox.url}/paypro/payments`, options);
    const gone = new Promise((resolve) => call.once('error', resolve));
    let isAnswered = false;
    call.once('response', () => (isAnswered = true));
    call.end(JSON.stringify(aPayment()));
    const deadline = Date.now() + 5_000;
    while ((await newest()) === before && Date.now() < deadline);
    expect(await newest()).not.toBe(before);
    expect([isAnswered, call.destroyed]).toEqual([false, false]);
    call.destroy(new Error('the caller has left'));
    await gone;
    const log = (await manage('GET', '/calls')).text;
    expect(log).toContain('"method":"POST","path":"/payments","request_id":null,"status":null');
    expect((await create()).status).toBe(201);
  });

  it('capture_pending leaves one capture without its money until the switch decides', async () => {
    await manage('POST', '/faults', { gateway: 'paypal', kind: 'capture_pending' });
    const { body } = await paypal('POST', '/v2/checkout/orders', anOrder());
    await press(linkOf(body, 'approve'), 'pay');
    const path = `/v2/checkout/orders/${text(body['id'])}`;
    const captured = await paypal('POST', `${path}/capture`);
    const capture = captured.body['purchase_units']?.['0']?.['payments']?.['captures']?.['0'];
    expect(capture).toMatchObject({ status: 'PENDING' });
    const id = text(capture?.['id']);
    expect((await manage('GET', '/ledger')).text).not.toContain(id);
    await manage('POST', `/paypal/captures/${id}`, { status: 'COMPLETED' });
    expect((await manage('GET', '/ledger')).text).toContain(id);
  });

  it('hits the part of the calls that its probability says, the same ones for the same seed', async () => {
    const hits = async (seed: number): Promise<string> => {
      await manage('DELETE', '/faults');
      await fault('error_before', { match: {}, times: 1000, probability: 0.3, seed });
      let row = '';
      for (let made = 0; made < 60; made += 1) {
        row += (await paypro('GET', '/pay_methods')).status === 500 ? 'x' : '.';
      }
      return row;
    };
    const row = await hits(7);
    const share = row.replaceAll('.', '').length;
    expect(share).toBeGreaterThan(6);
    expect(share).toBeLessThan(30);
    expect((await manage('GET', '/faults')).body['0']).toMatchObject({ times: 1000 - share });
    expect(await hits(7)).toBe(row);
    expect(await hits(8)).not.toBe(row);
    expect((await fault('delay', { probability: 1.5 })).status).toBe(422);
    expect((await fault('delay', { seed: -1 })).status).toBe(422);
  });

  it('hits only what matches, as often as it says', async () => {
    await fault('error_before', { times: 2, match: { path_contains: '/customers' } });
    expect((await create()).status).toBe(201);
    expect((await paypro('POST', '/customers')).status).toBe(500);
    expect((await manage('GET', '/faults')).body['0']).toMatchObject({ times: 1 });
    expect((await paypro('GET', '/customers')).status).toBe(500);
    expect((await manage('GET', '/faults')).text).toBe('[]');
    expect((await paypro('GET', '/customers')).status).toBe(200);
  });

  it('refuses a fault it does not understand', async () => {
    expect((await fault('explode')).status).toBe(422);
    expect((await fault('delay', { delay_ms: 1e9 })).status).toBe(422);
    expect((await manage('POST', '/faults', { gateway: 'stripe', kind: 'delay' })).status).toBe(
      422,
    );
  });

  it('counts the calls and remembers them with their request ids', async () => {
    const headers = { 'paypal-request-id': 'seen-1' };
    await paypal('POST', '/v2/checkout/orders', anOrder(), headers);
    await paypal('GET', '/v2/checkout/orders/ONE');
    await paypal('GET', '/v2/checkout/orders/TWO');
    const { body } = await manage('GET', '/calls');
    expect(body['counters']).toEqual({
      'paypal POST /v2/checkout/orders': 1,
      'paypal GET /v2/checkout/orders/:id': 2,
    });
    expect(body['calls']?.['0']).toMatchObject({
      gateway: 'paypal',
      method: 'POST',
      path: '/v2/checkout/orders',
      request_id: 'seen-1',
      status: 201,
    });
    expect(body['calls']?.['2']).toMatchObject({ path: '/v2/checkout/orders/TWO', status: 404 });
  });

  it('keeps the control API from proxies and from web pages', async () => {
    const proxied = await manage('GET', '/ledger', undefined, { 'x-forwarded-for': '203.0.113.7' });
    expect(proxied.status).toBe(403);
    const form = await manage('POST', '/clock', '{"advance_seconds":1}', {
      'content-type': 'text/plain',
    });
    expect(form.status).toBe(415);
    expect((await manage('POST', '/clock', { advance_seconds: -1 })).status).toBe(422);
  });
});
