import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { matching, text } from './reply.wire';
import {
  ACCOUNT,
  approvedV1,
  aSale,
  control,
  ledgerOf,
  paypalClient,
  type Send,
  soldV1,
  start,
} from './support';

describe('PayPal: what the switches do to Payments v1', () => {
  let sandbox: RunningSandbox;
  let call: Send;
  let manage: Send;
  beforeAll(async () => {
    sandbox = await start();
    call = await paypalClient(sandbox.url);
    manage = control(sandbox.url);
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    await manage('DELETE', '/faults');
    await manage('DELETE', '/calls');
  });

  const fault = (kind: string, more: object = {}) =>
    manage('POST', '/faults', {
      gateway: 'paypal',
      kind,
      match: { path_contains: '/v1/payments/' },
      ...more,
    });

  it.each([
    ['error_before', 500, 'INTERNAL_SERVICE_ERROR', 0],
    ['error_after', 503, 'INTERNAL_SERVICE_ERROR', 1],
    ['rate_limit', 429, 'RATE_LIMIT_REACHED', 0],
  ])('%s answers %s in its own words', async (kind, status, name, movements) => {
    const { path, payer, id } = await approvedV1(call);
    await fault(kind, { status });
    const hit = await call('POST', `${path}/execute`, payer);
    expect(hit).toMatchObject({ status, body: { name, information_link: matching(/^https:/) } });
    expect(await ledgerOf(sandbox.url, id)).toHaveLength(movements);
  });

  it.each([
    ['drop_before', 0],
    ['drop_after', 1],
  ])('%s loses the answer; sales made: %s', async (kind, movements) => {
    const { path, payer, id } = await approvedV1(call);
    await fault(kind);
    await expect(call('POST', `${path}/execute`, payer)).rejects.toThrow('fetch failed');
    expect(await ledgerOf(sandbox.url, id)).toHaveLength(movements);
  });

  it('unauthorized, wrong_amount, unknown_state and garbage change the answer', async () => {
    const { path, payment } = await soldV1(call);
    await fault('unauthorized');
    expect(await call('GET', path)).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    });
    await fault('wrong_amount');
    expect((await call('GET', path)).body['amount']).toMatchObject({ total: '12.51' });
    await fault('unknown_state');
    expect((await call('GET', payment.path)).body['state']).toBe('something_new');
    await fault('garbage');
    expect((await call('GET', path)).text).toContain('<!doctype html>');
  });

  it('counts its calls by route', async () => {
    await call('POST', '/v1/payments/payment', aSale(), { 'paypal-request-id': 'counted' });
    const { body } = await manage('GET', '/calls');
    expect(body['counters']).toEqual({ 'paypal POST /v1/payments/payment': 1 });
    expect(body['calls']).toMatchObject([{ request_id: 'counted', status: 201 }]);
  });

  it('lists its payments among the objects, with their sales', async () => {
    const { payment, id } = await soldV1(call);
    const forgotten = (await approvedV1(call, { action: 'expire' })).id;
    const { body } = await manage('GET', '/objects');
    const common = { gateway: 'paypal', kind: 'payment', account: ACCOUNT.clientId };
    expect(body).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          ...common,
          id: payment.id,
          custom_id: 'our-1',
          amount: '12.50',
          currency: 'EUR',
          state: 'approved',
          captures: [{ id, status: 'COMPLETED' }],
        }),
        expect.objectContaining({ ...common, id: forgotten, state: 'GONE', captures: [] }),
      ]) as object,
    );
  });

  it('gives up only what is a payment of Payments v1', async () => {
    const lost = await manage('POST', '/paypal/payments/PAYID-NOPE', { state: 'failed' });
    expect(lost.status).toBe(404);
    const { payment } = await soldV1(call);
    const done = await manage('POST', `/paypal/payments/${payment.id}`, { state: 'failed' });
    expect([done.status, text(done.body['error'])]).toEqual([
      409,
      'only a payment that is created can fail',
    ]);
  });
});
