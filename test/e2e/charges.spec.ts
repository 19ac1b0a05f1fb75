import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import * as mandates from '../support/mandates';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

describe('mandates that are charged', () => {
  let app: TestApp;
  let customer: string;
  let mandate: string;
  beforeAll(async () => {
    app = await startTestApp();
    customer = await mandates.newCustomer(app);
    mandate = await mandates.makeMandate(app, customer);
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  const get = (path: string) => call(app, 'GET', path, { key: app.keys.user });

  async function sent(path: string): Promise<number> {
    const calls = await sandboxOf(app).calls();
    return calls.filter((one) => one.method === 'POST' && one.path === path).length;
  }

  function expectPointer(answer: Answer, code: string, pointer: string): void {
    payments.expectProblem(answer, 422, code);
    const pointers = listOf(answer.body, 'errors').map((one) => textOf(one, 'pointer'));
    expect([...new Set(pointers)]).toEqual([pointer]);
  }

  it('by direct debit are paid when the bank has paid, and nobody is sent anywhere', async () => {
    const charged = await mandates.charge(app, { customer, mandate });
    payments.expectStatus(charged, 201);
    expect(charged.body).toMatchObject({
      state: 'processing',
      checkout_url: null,
      mandate,
      customer,
      pay_method: { id: 'direct-debit' },
      operation: null,
    });
    const id = textOf(charged.body, 'id');
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
    const there = textOf(charged.body, 'provider_payment_id');
    await sandboxOf(app).setPayproState(there, 'paid');
    const paid = await payments.command(app, id, 'refresh');
    expect(paid.body).toMatchObject({ state: 'paid', captured_amount: 1000, conflict: null });
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
  });

  it('by direct debit fail when the bank does not pay', async () => {
    const charged = await mandates.charge(app, { customer, mandate });
    const there = textOf(charged.body, 'provider_payment_id');
    await sandboxOf(app).setPayproState(there, 'failed');
    const failed = await payments.command(app, textOf(charged.body, 'id'), 'refresh');
    expect(failed.body).toMatchObject({ state: 'failed', captured_amount: 0 });
  });

  it('by card are paid at once, and the customer has the money to its credit', async () => {
    const one = await mandates.newCustomer(app);
    const card = await mandates.makeCardMandate(app, one);
    const charged = await mandates.charge(app, { customer: one, mandate: card });
    expect(charged).toMatchObject({
      status: 201,
      body: { state: 'paid', captured_amount: 1000 },
    });
    const shown = await get(`/api/customers/${one}`);
    expect(shown.body).toMatchObject({ balances: [{ currency: 'EUR', amount: 2000 }] });
    const approved = await payments.command(app, textOf(charged.body, 'id'), 'approve');
    expect(approved).toMatchObject({ status: 200, body: { state: 'paid' } });
  });

  it('take no provider of their own choice: PayPro is the one that can', async () => {
    const charged = await mandates.charge(app, { customer, mandate }, { provider: null });
    expect(charged).toMatchObject({ status: 201, body: { provider: 'paypro' } });
  });

  it('are charged once under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': `charge-${customer}` };
    const first = await mandates.charge(app, { customer, mandate }, { headers });
    payments.expectStatus(first, 201);
    const again = await mandates.charge(app, { customer, mandate }, { headers });
    expect(again).toMatchObject({ status: 201, body: { id: textOf(first.body, 'id') } });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await sent('/payments')).toBe(1);
  });

  it.each([
    ['with pay methods', { pay_methods: ['ideal'] }, 'invalid_request', '/pay_methods'],
    ['and set up', { setup_mandate: true }, 'invalid_request', '/setup_mandate'],
    ['by an unknown id', { mandate: 'MDNEVERGIVEN00' }, 'mandate_unknown', '/mandate'],
    ['by no id at all', { mandate: '../customers' }, 'mandate_unknown', '/mandate'],
  ])('are refused %s, and no payment is sent', async (_, changes, code, pointer) => {
    const refused = await mandates.charge(app, { customer, mandate }, changes);
    expectPointer(refused, code, pointer);
    expect(await sent('/payments')).toBe(0);
  });

  it.each(['user', 'staff'] as const)(
    'by %s need no customer: the mandate says who pays',
    async (who) => {
      const body = { amount: 1000, currency: 'EUR', mandate };
      const charged = await call(app, 'POST', '/api/payments', { key: app.keys[who], body });
      expect(charged).toMatchObject({
        status: 201,
        body: { customer, mandate, checkout_url: null },
      });
    },
  );

  it('are refused to those who do not own the customer behind the mandate', async () => {
    const body = { amount: 1000, currency: 'EUR', mandate };
    const refused = await call(app, 'POST', '/api/payments', { key: app.keys.other, body });
    expectPointer(refused, 'mandate_unknown', '/mandate');
    expect(await sent('/payments')).toBe(0);
  });

  it('are refused with a new mandate that has no customer', async () => {
    const body = { amount: 1000, currency: 'EUR', setup_mandate: true };
    const refused = await call(app, 'POST', '/api/payments', { key: app.keys.staff, body });
    expectPointer(refused, 'customer_required', '/customer');
  });

  it('are refused for another customer of the same owner', async () => {
    const other = await mandates.newCustomer(app);
    const refused = await mandates.charge(app, { customer: other, mandate });
    expectPointer(refused, 'mandate_unknown', '/mandate');
    await mandates.makeMandate(app, other);
    const again = await mandates.charge(app, { customer: other, mandate });
    expectPointer(again, 'mandate_unknown', '/mandate');
    expect(await sent('/payments')).toBe(0);
  });

  it('are refused for the customer of somebody else', async () => {
    const refused = await mandates.charge(app, { customer: app.customers.other, mandate });
    payments.expectProblem(refused, 403, 'customer_forbidden');
    expect(await sandboxOf(app).calls()).toEqual([]);
  });

  it('are refused until they are approved, and nothing is stored', async () => {
    const one = await mandates.newCustomer(app);
    const waiting = await mandates.makeMandate(app, one);
    await sandboxOf(app).setMandateState(waiting, 'pending');
    const refused = await mandates.charge(app, { customer: one, mandate: waiting });
    expectPointer(refused, 'mandate_not_approved', '/mandate');
    expect((await get(`/api/payments?customer=${one}`)).body).toMatchObject({ count: 0 });
    await sandboxOf(app).setMandateState(waiting, 'approved');
    payments.expectStatus(await mandates.charge(app, { customer: one, mandate: waiting }), 201);
  });

  it('are refused while PayPro does not say what they are, and nothing is stored', async () => {
    const one = await mandates.newCustomer(app);
    const known = await mandates.makeMandate(app, one);
    const match = { method: 'GET', path_contains: '/mandates' };
    for (const kind of ['error_before', 'garbage']) {
      await sandboxOf(app).fault('paypro', { kind, match });
      const refused = await mandates.charge(app, { customer: one, mandate: known });
      payments.expectProblem(refused, 503, 'provider_unavailable');
    }
    await sandboxOf(app).fault('paypro', { kind: 'unknown_state', match });
    const refused = await mandates.charge(app, { customer: one, mandate: known });
    payments.expectProblem(refused, 422, 'mandate_not_approved');
    expect((await get(`/api/payments?customer=${one}`)).body).toMatchObject({ count: 0 });
  });

  it('are refused at PayPal, and nothing is sent', async () => {
    for (const changes of [{ mandate: 'MD1' }, { setup_mandate: true }]) {
      const refused = await payments.create(app, { provider: 'paypal', customer, ...changes });
      payments.expectProblem(refused, 422, 'unsupported_by_provider');
    }
    expect(await sandboxOf(app).calls()).toEqual([]);
  });

  it('fail for good when PayPro refuses the charge itself', async () => {
    const charged = await mandates.charge(app, { customer, mandate }, { amount: 9 });
    payments.expectProblem(charged, 422, 'provider_refused');
    const id = textOf(charged.body, 'payment');
    const failed = await eventually(
      () => payments.show(app, id),
      ({ body }) => textOf(body, 'state') === 'failed',
    );
    expect(failed.body).toMatchObject({ operation: null, error: { code: 'invalid_request' } });
  });

  it('cannot be canceled once the money is on its way', async () => {
    const charged = await mandates.charge(app, { customer, mandate });
    const refused = await payments.command(app, textOf(charged.body, 'id'), 'cancel');
    payments.expectProblem(refused, 409, 'invalid_state');
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
