import { startSandbox } from '../../src/sandbox/start-sandbox';
import { PAYPAL, startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { freePort } from '../support/ports';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('a provider that cannot be reached or refuses us', () => {
  let app: TestApp;
  /** Nobody listens here until a test starts a simulator. */
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    app = await startTestApp({
      settings: (sandboxUrl) => ({
        PROVIDERS: 'paypal,paypro,paypal_off,paypro_off,paypal_bad,paypro_bad',
        ...paypal('PAYPAL_OFF', `http://127.0.0.1:${port}/paypal`, PAYPAL.secret),
        ...paypal('PAYPAL_BAD', `${sandboxUrl}/paypal`, 'not the secret'),
        ...paypro('PAYPRO_OFF', `http://127.0.0.1:${port}/paypro`, 'pp_some_key'),
        ...paypro('PAYPRO_BAD', `${sandboxUrl}/paypro`, 'pp_not_a_key'),
      }),
    });
  });
  afterAll(() => app?.close());

  function paypal(account: string, url: string, secret: string): Record<string, string> {
    return {
      [`${account}__TYPE`]: 'paypal',
      [`${account}__CLIENT_ID`]: PAYPAL.clientId,
      [`${account}__CLIENT_SECRET`]: secret,
      [`${account}__MODE`]: 'sandbox',
      [`${account}__BASE_URL`]: url,
    };
  }

  function paypro(account: string, url: string, key: string): Record<string, string> {
    return {
      [`${account}__TYPE`]: 'paypro',
      [`${account}__API_KEY`]: key,
      [`${account}__MODE`]: 'sandbox',
      [`${account}__BASE_URL`]: url,
    };
  }

  async function statesOf(description: string): Promise<readonly unknown[]> {
    const sql = 'SELECT state FROM payments.payments WHERE description = $1 ORDER BY created_at';
    return (await app.query(sql, [description])).map(({ state }) => state);
  }

  it('is told apart in the list of providers, live', async () => {
    const listed = await call(app, 'GET', '/api/providers', { key: app.keys.user });
    payments.expectStatus(listed, 200);
    const health = listOf(listed.body, 'data').map((one) => [
      textOf(one, 'id'),
      textOf(one, 'health', 'status'),
    ]);
    expect(Object.fromEntries(health)).toEqual({
      paypal: 'ok',
      paypro: 'ok',
      paypal_off: 'unreachable',
      paypro_off: 'unreachable',
      paypal_bad: 'refused',
      paypro_bad: 'refused',
    });
  });

  it('shows in the list of providers what each one can do', async () => {
    const listed = await call(app, 'GET', '/api/providers', { key: app.keys.user });
    const [first, second] = listOf(listed.body, 'data');
    expect(first).toMatchObject({
      id: 'paypal',
      default: true,
      capabilities: { approve: 'capture', cancel: 'local', mandate: false, setup_mandate: false },
      pay_methods: ['paypal'],
    });
    expect(second).toMatchObject({
      id: 'paypro',
      default: false,
      capabilities: { approve: 'read_back', cancel: 'provider', find_by_reference: true },
      currencies: [{ currency: 'EUR', decimals: 2 }],
    });
    expect(listed.text).not.toContain(PAYPAL.secret);
  });

  it.each(['paypal_off', 'paypro_off'])(
    'answers 503 for %s: nothing was sent',
    async (provider) => {
      const description = `down at ${provider}`;
      const refused = await payments.create(app, { provider, description });
      payments.expectProblem(refused, 503, 'provider_unavailable');
      expect(refused.body).toMatchObject({ retryable: true, state: 'failed' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(await statesOf(description)).toEqual(['failed']);
      const failed = await payments.show(app, textOf(refused.body, 'payment'));
      expect(failed.body).toMatchObject({ state: 'failed', checkout_url: null, operation: null });
      expect(textOf(failed.body, 'error', 'code')).not.toBe('');
    },
  );

  it('frees the Idempotency-Key of what was never sent, for when it is back', async () => {
    const changes = { provider: 'paypal_off', description: 'comes back' };
    const headers = { 'idempotency-key': 'comes-back-1' };
    payments.expectStatus(await payments.create(app, changes, headers), 503);
    payments.expectStatus(await payments.create(app, changes, headers), 503);
    const back = await startSandbox({
      host: '127.0.0.1',
      port,
      paypalAccounts: [PAYPAL],
      payproKeys: ['pp_some_key'],
    });
    try {
      const made = await payments.create(app, changes, headers);
      expect(made).toMatchObject({ status: 201, body: { state: 'open' } });
      expect(await statesOf('comes back')).toEqual(['failed', 'failed', 'open']);
      const again = await payments.create(app, changes, headers);
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(textOf(again.body, 'id')).toBe(textOf(made.body, 'id'));
    } finally {
      await back.close();
    }
  });

  it.each(['paypal_bad', 'paypro_bad'])('says that %s needs attention', async (provider) => {
    const refused = await payments.create(app, { provider });
    payments.expectProblem(refused, 502, 'provider_account_problem');
    expect(refused.body).toMatchObject({ provider: { name: provider }, state: 'failed' });
    expect(refused.text).not.toContain('not the secret');
    expect(refused.text).not.toContain('pp_not_a_key');
  });

  it('keeps the payment open when a refresh gets no answer', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const match = { method: 'GET' };
    await sandboxOf(app).fault('paypal', { kind: 'error_before', match, times: 5 });
    const refused = await payments.command(app, id, 'refresh');
    await sandboxOf(app).dropFaults();
    payments.expectProblem(refused, 503, 'provider_unavailable');
    expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', operation: null });
  });

  it('writes no secret into its log', () => {
    const log = JSON.stringify(app.log);
    expect(log.length).toBeGreaterThan(100);
    const secrets = [PAYPAL.secret, 'not the secret', 'pp_some_key', 'pp_not_a_key'];
    for (const secret of [...secrets, ...Object.values(objectOf(app.keys))]) {
      expect(log.includes(String(secret))).toBe(false);
    }
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
