import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { send, text } from './reply.wire';
import {
  ACCOUNT,
  anOrder,
  control,
  OTHER_ACCOUNT,
  paypalClient,
  start,
  tokenCall,
} from './support';

describe('PayPal: credentials', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => (sandbox = await start()));
  afterAll(() => sandbox.close());

  const order = (headers: Record<string, string>) =>
    send(`${sandbox.url}/paypal/v2/checkout/orders/5O190127TN364715T`, { headers });

  it('hands out a bearer token with a debug id', async () => {
    const { status, body, headers } = await tokenCall(sandbox.url);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', app_id: 'APP-80W284485P519543T' });
    expect(headers.get('paypal-debug-id')).toMatch(/^[0-9a-f]+$/);
  });

  it('hands out the running token again with less time on it, then a new one', async () => {
    const first = (await tokenCall(sandbox.url)).body;
    await control(sandbox.url)('POST', '/clock', { advance_seconds: 1000 });
    const second = (await tokenCall(sandbox.url)).body;
    expect(second['access_token']).toBe(first['access_token']);
    expect(Number(first['expires_in']) - Number(second['expires_in'])).toBeGreaterThanOrEqual(1000);
    await control(sandbox.url)('POST', '/clock', { advance_seconds: 32_400 });
    const third = (await tokenCall(sandbox.url)).body;
    expect(third['access_token']).not.toBe(first['access_token']);
    const stale = await order({ authorization: `Bearer ${text(first['access_token'])}` });
    expect([stale.status, stale.body['error']]).toEqual([401, 'invalid_token']);
  });

  it('refuses a wrong secret in the OAuth shape', async () => {
    const { status, body } = await tokenCall(sandbox.url, { ...ACCOUNT, secret: 'wrong' });
    expect(status).toBe(401);
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: 'Client Authentication failed',
    });
  });

  it('answers 400 invalid_client when credentials are missing', async () => {
    const { status, body } = await send(`${sandbox.url}/paypal/v1/oauth2/token`, {
      method: 'POST',
    });
    expect([status, body['error']]).toEqual([400, 'invalid_client']);
  });

  it('answers 401 in two shapes: without a header and with a bad token', async () => {
    const missing = await order({});
    expect(missing.status).toBe(401);
    expect(missing.body).toMatchObject({ name: 'AUTHENTICATION_FAILURE' });
    const bad = await order({ authorization: 'Bearer nonsense' });
    expect(bad.status).toBe(401);
    expect(bad.body).toMatchObject({ error: 'invalid_token' });
  });

  it('shows an order to the account that made it and to no other', async () => {
    const mine = await paypalClient(sandbox.url);
    const theirs = await paypalClient(sandbox.url, OTHER_ACCOUNT);
    const { body } = await mine('POST', '/v2/checkout/orders', anOrder());
    const path = `/v2/checkout/orders/${text(body['id'])}`;
    expect((await mine('GET', path)).status).toBe(200);
    const refused = await theirs('GET', path);
    expect(refused.status).toBe(404);
    expect(refused.body).toMatchObject({
      name: 'RESOURCE_NOT_FOUND',
      details: [{ issue: 'INVALID_RESOURCE_ID', field: 'order_id', location: 'path' }],
    });
    expect((await theirs('POST', `${path}/capture`)).status).toBe(404);
  });
});
