import { readId } from '../../src/shared/id';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as mandates from '../support/mandates';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const CREATE = { method: 'POST', path_contains: '/mandates' };

describe('mandates', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  const get = (path: string, key = app.keys.user) => call(app, 'GET', path, { key });
  const mandatesOf = (customer: string, query = '') =>
    get(`/api/customers/${customer}/mandates${query}`);

  async function sent(path: string): Promise<number> {
    const calls = await sandboxOf(app).calls();
    return calls.filter((one) => one.method === 'POST' && one.path === path).length;
  }

  function expectPointer(answer: Answer, code: string, pointer: string): void {
    payments.expectProblem(answer, 422, code);
    const pointers = listOf(answer.body, 'errors').map((one) => textOf(one, 'pointer'));
    expect([...new Set(pointers)]).toEqual([pointer]);
  }

  describe('of a bank account', () => {
    it('are made, listed and read', async () => {
      const customer = await mandates.newCustomer(app);
      expect((await mandatesOf(customer)).body).toMatchObject({ type: 'list', data: [], count: 0 });
      const made = await mandates.askForMandate(app, customer);
      payments.expectStatus(made, 201);
      const id = textOf(made.body, 'id');
      const self = `${app.url}/api/customers/${customer}/mandates/${id}`;
      expect(made.headers.location).toBe(self);
      expect(id).toMatch(/^MD/);
      expect(made.body).toEqual({
        id,
        type: 'mandate',
        provider: 'paypro',
        customer,
        state: 'approved',
        provider_state: 'approved',
        pay_method: 'direct-debit',
        created_at: textOf(made.body, 'created_at'),
        _links: { self, customer: `${app.url}/api/customers/${customer}` },
      });
      expect((await get(self.slice(app.url.length))).body).toEqual(made.body);
      expect((await mandatesOf(customer)).body).toMatchObject({ data: [made.body], count: 1 });
      const filtered = await mandatesOf(customer, '?provider=paypro');
      expect(filtered.body).toMatchObject({ data: [made.body] });
    });

    it('leave nothing of the account in our database and log', async () => {
      const customer = await mandates.newCustomer(app);
      await mandates.makeMandate(app, customer);
      const [kept] = await app.query(
        'SELECT json_agg(r)::text AS rows FROM customers.mandate_requests r',
      );
      expect(textOf(kept, 'rows')).not.toMatch(/ABNA|Vries/);
      expect(JSON.stringify(app.log)).not.toMatch(/ABNA|de Vries/);
    });

    it.each([
      ['/iban', { iban: 'NL92ABNA0417164300' }],
      ['/iban', { iban: 'NL91' }],
      ['/iban', { iban: 5 }],
      ['/iban', { iban: undefined }],
      ['/account_holder_name', { account_holder_name: '  ' }],
      ['/account_holder_name', { account_holder_name: undefined }],
      ['/account_holder_name', { account_holder_name: 'x'.repeat(71) }],
      ['/pay_method', { pay_method: 'creditcard' }],
      ['/provider', { provider: 5 }],
      ['/bic', { bic: 'ABNANL2A' }],
    ])('are refused at %s for %j, and nothing is sent', async (pointer, changes) => {
      const body = { ...mandates.ACCOUNT, ...changes };
      const refused = await mandates.askForMandate(app, app.customers.user, { body });
      expectPointer(refused, 'invalid_request', pointer);
      expect(await sandboxOf(app).calls()).toEqual([]);
    });

    it('are refused at PayPal, which has none, and nothing is sent', async () => {
      const customer = app.customers.user;
      const body = { ...mandates.ACCOUNT, provider: 'paypal' };
      const refusals = [
        await mandates.askForMandate(app, customer, { body }),
        await mandatesOf(customer, '?provider=paypal'),
        await get(`/api/customers/${customer}/mandates/MD1?provider=paypal`),
      ];
      for (const refused of refusals) {
        payments.expectProblem(refused, 422, 'unsupported_by_provider');
        expect(textOf(refused.body, 'detail')).toMatch(/PayPal \(paypal\) has no mandates/);
      }
      expect(await sandboxOf(app).calls()).toEqual([]);
    });

    it('are nobody’s business but their customer’s', async () => {
      const customer = await mandates.newCustomer(app);
      const id = await mandates.makeMandate(app, customer);
      const path = `/api/customers/${customer}/mandates`;
      payments.expectProblem(await get(path, app.keys.other), 404, 'customer_not_found');
      payments.expectProblem(await get(`${path}/${id}`, app.keys.other), 404, 'customer_not_found');
      const body = mandates.ACCOUNT;
      const foreign = await call(app, 'POST', path, { key: app.keys.other, body });
      payments.expectProblem(foreign, 404, 'customer_not_found');
      payments.expectStatus(await get(`${path}/${id}`, app.keys.staff), 200);
    });

    it.each(['MDNEVERGIVEN00', '..%2Fcustomers', 'MD%00', '%20'])(
      'are not found as %s',
      async (id) => {
        const customer = await mandates.newCustomer(app);
        await mandates.makeMandate(app, customer);
        const missing = await get(`/api/customers/${customer}/mandates/${id}`);
        expect([404, 400]).toContain(missing.status);
      },
    );

    it('are not found under another customer of the same owner', async () => {
      const [one, other] = [await mandates.newCustomer(app), await mandates.newCustomer(app)];
      const id = await mandates.makeMandate(app, one);
      await mandates.makeMandate(app, other);
      const missing = await get(`/api/customers/${other}/mandates/${id}`);
      payments.expectProblem(missing, 404, 'mandate_not_found');
    });

    it('are made once under one Idempotency-Key', async () => {
      const customer = await mandates.newCustomer(app);
      const headers = { 'idempotency-key': `mandate-${customer}` };
      const ask = () => mandates.askForMandate(app, customer, { headers });
      const first = await ask();
      payments.expectStatus(first, 201);
      const again = await ask();
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(again.headers['idempotent-replayed']).toBe('true');
      const body = { ...mandates.ACCOUNT, account_holder_name: 'Somebody else' };
      const other = await mandates.askForMandate(app, customer, { body, headers });
      payments.expectProblem(other, 422, 'idempotency_key_reused');
      expect(await sent('/mandates')).toBe(1);
    });

    it('are not shown under a key whose customer was handed on', async () => {
      const customer = await mandates.newCustomer(app);
      const headers = { 'idempotency-key': `handed-on-${customer}` };
      payments.expectStatus(await mandates.askForMandate(app, customer, { headers }), 201);
      const body = { owners: ['test-other'] };
      const path = `/api/customers/${customer}`;
      payments.expectStatus(await call(app, 'PATCH', path, { key: app.keys.staff, body }), 200);
      const again = await mandates.askForMandate(app, customer, { headers });
      payments.expectProblem(again, 404, 'customer_not_found');
    });

    it('are made once by one Idempotency-Key at a time', async () => {
      const customer = await mandates.newCustomer(app);
      const headers = { 'idempotency-key': `together-${customer}` };
      await sandboxOf(app).fault('paypro', { kind: 'delay', match: CREATE, delay_ms: 400 });
      const asked = [1, 2, 3].map(() => mandates.askForMandate(app, customer, { headers }));
      const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
      expect(statuses).toEqual([201, 409, 409]);
      expect(await sent('/mandates')).toBe(1);
    });

    it.each(['drop_before', 'drop_after', 'error_after', 'garbage'])(
      'are 202 after %s, under the same key for ever, and never sent again',
      async (kind) => {
        const customer = await mandates.newCustomer(app);
        const headers = { 'idempotency-key': `lost-${customer}` };
        await sandboxOf(app).fault('paypro', { kind, match: CREATE });
        const lost = await mandates.askForMandate(app, customer, { headers });
        expect(lost).toMatchObject({ status: 202, body: { id: null, state: 'unsettled' } });
        expect(lost.headers.location).toBe(`${app.url}/api/customers/${customer}/mandates`);
        const again = await mandates.askForMandate(app, customer, { headers });
        expect(again).toMatchObject({ status: 202, body: lost.body });
        expect(again.headers['idempotent-replayed']).toBe('true');
        expect(await sent('/mandates')).toBe(1);
        const count = kind === 'drop_before' ? 0 : 1;
        expect((await mandatesOf(customer)).body).toMatchObject({ count });
      },
    );

    it('may be asked for again with the same key when nothing was sent', async () => {
      const customer = await mandates.newCustomer(app);
      const headers = { 'idempotency-key': `slow-${customer}` };
      await sandboxOf(app).fault('paypro', { kind: 'rate_limit', match: CREATE });
      const refused = await mandates.askForMandate(app, customer, { headers });
      payments.expectProblem(refused, 503, 'provider_unavailable');
      payments.expectStatus(await mandates.askForMandate(app, customer, { headers }), 201);
    });

    it('are refused again under the key that was refused', async () => {
      const customer = await mandates.newCustomer(app);
      const headers = { 'idempotency-key': `refused-${customer}` };
      await sandboxOf(app).fault('paypro', { kind: 'unauthorized', match: CREATE });
      for (let at = 0; at < 2; at++) {
        const refused = await mandates.askForMandate(app, customer, { headers });
        payments.expectProblem(refused, 502, 'provider_account_problem');
        expect(refused.headers['idempotent-replayed']).toBe(at === 0 ? undefined : 'true');
      }
      expect(await sent('/mandates')).toBe(1);
    });

    it('are refused clearly, also under the same key, when PayPro did not find what they need', async () => {
      const customer = await mandates.newCustomer(app);
      const headers = { 'idempotency-key': `not-found-${customer}` };
      await sandboxOf(app).fault('paypro', { kind: 'unauthorized', match: CREATE });
      payments.expectStatus(await mandates.askForMandate(app, customer, { headers }), 502);
      await app.query(
        `UPDATE customers.mandate_requests SET refusal = 'not_found', error_code = 'not_found', error_message = 'There is nothing here.'
         WHERE customer_id = $1`,
        [readId('cus', customer)],
      );
      const again = await mandates.askForMandate(app, customer, { headers });
      payments.expectProblem(again, 422, 'provider_refused');
      expect(again.headers['idempotent-replayed']).toBe('true');
    });

    it('cannot be shown while PayPro does not say', async () => {
      const customer = await mandates.newCustomer(app);
      const id = await mandates.makeMandate(app, customer);
      const silent = { kind: 'error_before', match: { method: 'GET' }, times: 2 };
      await sandboxOf(app).fault('paypro', silent);
      payments.expectProblem(await mandatesOf(customer), 503, 'provider_unavailable');
      const shown = await get(`/api/customers/${customer}/mandates/${id}`);
      payments.expectProblem(shown, 503, 'provider_unavailable');
    });
  });

  describe('of a first payment', () => {
    it('are there once it is paid', async () => {
      const customer = await mandates.newCustomer(app);
      const wish = { customer, setup_mandate: true, pay_methods: ['ideal'] };
      const made = await payments.makePayment(app, 'paypro', wish);
      expect((await payments.show(app, made.id)).body).toMatchObject({
        setup_mandate: true,
        mandate: null,
      });
      await pressOnPayPage(made.checkoutUrl, 'pay');
      const paid = await payments.command(app, made.id, 'approve');
      const id = textOf(paid.body, 'mandate');
      expect((await mandatesOf(customer)).body).toMatchObject({
        data: [{ id, state: 'approved', pay_method: 'direct-debit' }],
      });
    });

    it('are set up at the provider that can, where none is named', async () => {
      const customer = await mandates.newCustomer(app);
      const made = await payments.create(app, { customer, setup_mandate: true });
      expect(made).toMatchObject({
        status: 201,
        body: { provider: 'paypro', provider_reason: 'first_suitable' },
      });
    });

    it('need the customer at PayPro: without it nothing is stored and no payment is sent', async () => {
      const customer = await mandates.newCustomer(app);
      const match = { method: 'POST', path_contains: '/customers' };
      await sandboxOf(app).fault('paypro', { kind: 'drop_after', match });
      const wish = { provider: 'paypro', customer, setup_mandate: true };
      const headers = { 'idempotency-key': `setup-${customer}` };
      const refused = await payments.create(app, wish, headers);
      payments.expectProblem(refused, 503, 'provider_unavailable');
      expect(await sent('/payments')).toBe(0);
      const listed = await get(`/api/payments?customer=${customer}`);
      expect(listed.body).toMatchObject({ count: 0 });
      await app.query('UPDATE customers.provider_customers SET lease_until = now() WHERE true');
      payments.expectStatus(await payments.create(app, wish, headers), 201);
    });
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
