import { PAYPRO_KEY, startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

/** Calls in a row without an answer before an account is given a pause. */
const FAILURES_IN_A_ROW = 10;

const PATH = '/pay_methods';

describe('the pay methods of an account and their limits', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      settings: (sandboxUrl) => ({
        PROVIDERS: 'paypal,paypro,paypro_cold,paypro_down,paypro_bad',
        ...paypro('PAYPRO_COLD', sandboxUrl, PAYPRO_KEY),
        ...paypro('PAYPRO_DOWN', sandboxUrl, PAYPRO_KEY),
        ...paypro('PAYPRO_BAD', sandboxUrl, 'pp_not_a_key'),
      }),
    });
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  function paypro(account: string, url: string, key: string): Record<string, string> {
    return {
      [`${account}__TYPE`]: 'paypro',
      [`${account}__API_KEY`]: key,
      [`${account}__MODE`]: 'sandbox',
      [`${account}__BASE_URL`]: `${url}/paypro`,
    };
  }

  const list = (account: string, key = app.keys.user): Promise<Answer> =>
    call(app, 'GET', `/api/providers/${account}/pay-methods`, { key });

  const callsAtProviders = async (): Promise<readonly string[]> =>
    (await sandboxOf(app).calls()).map(({ method, path }) => `${method} ${path}`);

  const createsAtPayPro = async (): Promise<readonly string[]> =>
    (await callsAtProviders()).filter((one) => one === 'POST /payments');

  const looksAtList = async (): Promise<readonly string[]> =>
    (await callsAtProviders()).filter((one) => one === `GET ${PATH}`);

  async function storedAs(description: string): Promise<number> {
    const sql = 'SELECT 1 FROM payments.payments WHERE description = $1';
    return (await app.query(sql, [description])).length;
  }

  /** The look at the list goes wrong so many times. */
  const breakList = (kind: string, times = 1) =>
    sandboxOf(app).fault('paypro', { kind, match: { method: 'GET', path_contains: PATH }, times });

  it.each(['staff', 'user'] as const)('are shown live to %s', async (role) => {
    const listed = await list('paypro', app.keys[role]);
    payments.expectStatus(listed, 200);
    const data = listOf(listed.body, 'data');
    expect(listed.body).toMatchObject({
      type: 'list',
      count: data.length,
      _links: { self: `${app.url}/api/providers/paypro/pay-methods` },
    });
    expect(data).toContainEqual({
      id: 'ideal',
      type: 'pay_method',
      provider: 'paypro',
      name: 'iDEAL',
      currencies: ['EUR'],
      currency: 'EUR',
      minimum_amount: 10,
      minimum_amount_decimal: '0.10',
      maximum_amount: 5_000_000,
      maximum_amount_decimal: '50000.00',
    });
    expect(await callsAtProviders()).toEqual(['GET /pay_methods']);
  });

  it('are announced in the list of providers where there are some', async () => {
    const { body } = await call(app, 'GET', '/api/providers', { key: app.keys.user });
    expect(listOf(body, 'data').slice(0, 2)).toMatchObject([
      { id: 'paypal', capabilities: { pay_method_limits: false } },
      { id: 'paypro', capabilities: { pay_method_limits: true } },
    ]);
  });

  it('are refused for PayPal, and nothing is sent', async () => {
    payments.expectProblem(await list('paypal'), 422, 'unsupported_by_provider');
    expect(await callsAtProviders()).toEqual([]);
  });

  it.each(['adyen', 'PAYPRO', '%00', 'paypro%2F'])('are not found for %s', async (account) => {
    payments.expectProblem(await list(account), 404, 'provider_not_found');
    expect(await callsAtProviders()).toEqual([]);
  });

  it('are shown to nobody without a key', async () => {
    payments.expectProblem(await list('paypro', ''), 401, 'unauthorized');
  });

  it('say which account the provider does not accept', async () => {
    const refused = await list('paypro_bad');
    payments.expectProblem(refused, 502, 'provider_account_problem');
    expect(refused.body).toMatchObject({ provider: { name: 'paypro_bad' } });
  });

  it.each(['error_before', 'drop_after', 'garbage', 'rate_limit'])(
    'answer 503 with Retry-After after %s, however well they are remembered',
    async (kind) => {
      payments.expectStatus(await list('paypro'), 200);
      await breakList(kind);
      const refused = await list('paypro');
      payments.expectProblem(refused, 503, 'provider_unavailable');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.body).toMatchObject({ retryable: true, provider: { name: 'paypro' } });
      payments.expectStatus(await list('paypro'), 200);
    },
  );

  it('are not asked for while the provider is given a pause', async () => {
    await breakList('error_before', FAILURES_IN_A_ROW);
    for (let looks = 0; looks < FAILURES_IN_A_ROW; looks++) {
      payments.expectStatus(await list('paypro_down'), 503);
    }
    await sandboxOf(app).clearCalls();
    const paused = await list('paypro_down');
    payments.expectProblem(paused, 503, 'provider_unavailable');
    expect(paused.body).toMatchObject({ provider: { code: 'circuit_open' } });
    expect(Number(paused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await callsAtProviders()).toEqual([]);
  });

  it('let a payment through at both ends', async () => {
    for (const amount of [10, 5_000_000]) {
      const made = await payments.create(app, {
        amount,
        provider: 'paypro',
        pay_methods: ['ideal'],
      });
      payments.expectStatus(made, 201);
    }
  });

  it.each([
    ['a cent too little', { amount: 9 }, '/amount', /ideal/, /EUR 0\.10 or more/],
    ['a cent too much', { amount: 5_000_001 }, '/amount', /ideal/, /EUR 50000\.00 at most/],
    [
      'a method that is not switched on',
      { pay_methods: ['ideal', 'ideal-qr'] },
      '/pay_methods/1',
      /ideal-qr/,
      /only ideal, /,
    ],
    ['a word that is no method', { pay_methods: ['barter'] }, '/pay_methods/0', /barter/, /ideal/],
  ])(
    'refuse %s before anything is written or made',
    async (what, changes, pointer, named, limit) => {
      const body = { provider: 'paypro', pay_methods: ['ideal'], description: what, ...changes };
      const refused = await payments.create(app, body);
      payments.expectProblem(refused, 422, 'unsupported_by_provider');
      expect(textOf(refused.body, 'errors', 0, 'pointer')).toBe(pointer);
      const detail = textOf(refused.body, 'errors', 0, 'detail');
      expect(detail).toMatch(named);
      expect(detail).toMatch(limit);
      expect(await createsAtPayPro()).toEqual([]);
      expect(await storedAs(what)).toBe(0);
    },
  );

  it('free the Idempotency-Key of what they refuse', async () => {
    const headers = { 'idempotency-key': 'limits-1' };
    const body = { provider: 'paypro', pay_methods: ['ideal'] };
    payments.expectStatus(await payments.create(app, { ...body, amount: 9 }, headers), 422);
    payments.expectStatus(await payments.create(app, { ...body, amount: 10 }, headers), 201);
  });

  it('cost a payment no call of its own while they are remembered', async () => {
    payments.expectStatus(await list('paypro'), 200);
    await sandboxOf(app).clearCalls();
    await payments.makePayment(app, 'paypro', { pay_methods: ['ideal'] });
    expect(await createsAtPayPro()).toHaveLength(1);
    expect(await looksAtList()).toEqual([]);
  });

  it('leave the judgment to the provider while they cannot be had', async () => {
    await breakList('error_before');
    const body = { provider: 'paypro_cold', pay_methods: ['ideal'] };
    const refused = await payments.create(app, { ...body, amount: 9 });
    payments.expectProblem(refused, 422, 'provider_refused');
    expect(textOf(refused.body, 'provider', 'message')).toContain('amount');
    expect(await createsAtPayPro()).toHaveLength(1);
    payments.expectStatus(await payments.create(app, body), 201);
    expect(await looksAtList()).toHaveLength(1);
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});

describe('the limits of pay methods, for a payment that names no provider', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { DEFAULT_PROVIDER: 'paypro' } });
  });
  afterAll(() => app?.close());

  it('send it to a provider that takes the amount, or say what each one lacks', async () => {
    const made = await payments.create(app, { amount: 5, pay_methods: ['paypal'] });
    expect(made).toMatchObject({ status: 201, body: { provider: 'paypal' } });
    const refused = await payments.create(app, { amount: 5, pay_methods: ['ideal'] });
    payments.expectProblem(refused, 422, 'no_suitable_provider');
    const reasons = listOf(refused.body, 'errors').map((one) => textOf(one, 'detail'));
    expect(reasons).toContain('PayPro (paypro) takes EUR 0.10 or more by ideal.');
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
