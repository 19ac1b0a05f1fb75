import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CreatePayment } from '../../src/modules/payments/actions/create-payment';
import { Database } from '../../src/platform/database/database';
import { statement } from '../../src/platform/database/statement';
import { valueAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { readId } from '../../src/shared/id';
import { PAYPRO_KEY, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { openParts, STAFF } from '../support/integration-parts';
import * as mandates from '../support/mandates';
import { endJobPauses } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const CREATE = { method: 'POST', path_contains: '/customers' };
const CHANGE = { method: 'PATCH', path_contains: '/customers' };

const moveToGouda = statement<never>(
  'move-to-gouda',
  `UPDATE customers.customers SET city = 'Gouda' WHERE id = $1`,
);
/** Who waits for a row that somebody else changes. */
const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database()
  AND wait_event_type = 'Lock' AND query LIKE '%customers.customers WHERE id = $1 FOR UPDATE%'`;

describe('a customer at PayPro', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  beforeAll(async () => {
    app = await startTestApp();
    parts = await openParts(app);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  const asPaypro = (method: string, path: string) =>
    call({ url: app.sandboxUrl }, method, `/paypro${path}`, { key: PAYPRO_KEY });

  async function newCustomer(fields: object = { name: 'Sanne de Vries' }): Promise<string> {
    const made = await call(app, 'POST', '/api/customers', { key: app.keys.user, body: fields });
    payments.expectStatus(made, 201);
    expect(made.body).toMatchObject({ provider_refs: {} });
    return textOf(made.body, 'id');
  }

  async function refsOf(customer: string): Promise<Readonly<Record<string, unknown>>> {
    const path = `/api/customers/${customer}`;
    return objectOf((await call(app, 'GET', path, { key: app.keys.user })).body, 'provider_refs');
  }

  async function change(customer: string, fields: object): Promise<void> {
    const path = `/api/customers/${customer}`;
    const changed = await call(app, 'PATCH', path, { key: app.keys.user, body: fields });
    payments.expectStatus(changed, 200);
  }

  /** What PayPro knows, as soon as it is so; pauses between tries are left out. */
  const knownAs = (id: string, fields: object) =>
    eventually(
      async () => {
        await endJobPauses(app);
        return (await asPaypro('GET', `/customers/${id}`)).body;
      },
      (body) => Object.entries(fields).every(([name, value]) => valueAt(body, name) === value),
    );

  const pay = (customer: string) => payments.create(app, { provider: 'paypro', customer });

  async function paid(customer: string): Promise<string> {
    const made = await pay(customer);
    payments.expectStatus(made, 201);
    const shown = await asPaypro('GET', `/payments/${textOf(made.body, 'provider_payment_id')}`);
    return textOf(shown.body, 'customer');
  }

  async function made(): Promise<number> {
    const calls = await sandboxOf(app).calls();
    return calls.filter(({ method, path }) => method === 'POST' && path === '/customers').length;
  }

  const pausesOver = () =>
    app.query('UPDATE customers.provider_customers SET lease_until = now() WHERE true');

  it('is made with the first payment, and the payments name it', async () => {
    const customer = await newCustomer({ first_name: 'Sanne', email: 's@example.com' });
    const id = await paid(customer);
    expect(await refsOf(customer)).toEqual({ paypro: id });
    expect((await asPaypro('GET', `/customers/${id}`)).body).toMatchObject({
      first_name: 'Sanne',
      last_name: null,
      email: 's@example.com',
    });
    expect(await paid(customer)).toBe(id);
    expect(await made()).toBe(1);
  });

  it('is told the only name that we know as the last name', async () => {
    const id = await paid(await newCustomer());
    expect((await asPaypro('GET', `/customers/${id}`)).body).toMatchObject({
      first_name: null,
      last_name: 'Sanne de Vries',
    });
  });

  it('is made once for twenty payments at a time, in two processes', async () => {
    const customer = await newCustomer();
    await sandboxOf(app).fault('paypro', { kind: 'delay', match: CREATE, delay_ms: 300 });
    const there = parts.get(CreatePayment);
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => pay(customer).then(({ status }) => status)),
      ...Array.from({ length: 10 }, async () => {
        const { payment } = await there.execute(inputFor(customer));
        return payment.provider_customer === null ? 0 : 201;
      }),
    ]);
    expect(new Set(answers)).toEqual(new Set([201]));
    expect(await made()).toBe(1);
    const rows = await app.query(
      'SELECT DISTINCT provider_customer FROM payments.payments WHERE customer_id = $1',
      [readId('cus', customer)],
    );
    expect(rows).toEqual([{ provider_customer: (await refsOf(customer))['paypro'] }]);
  });

  it('is not made for somebody who may not act for ours', async () => {
    const body = payments.paymentBody(app, { provider: 'paypro', customer: app.customers.other });
    const refused = await call(app, 'POST', '/api/payments', { key: app.keys.user, body });
    payments.expectProblem(refused, 403, 'customer_forbidden');
    expect(await made()).toBe(0);
  });

  it('is not made at PayPal, which has none', async () => {
    const customer = await newCustomer();
    payments.expectStatus(await payments.create(app, { provider: 'paypal', customer }), 201);
    expect(await refsOf(customer)).toEqual({});
  });

  it.each(['drop_before', 'drop_after', 'garbage'])(
    'does not hold the payment up after %s, and is made with a later one',
    async (kind) => {
      const customer = await newCustomer();
      await sandboxOf(app).fault('paypro', { kind, match: CREATE });
      payments.expectStatus(await pay(customer), 201);
      // A provider in trouble is not asked again for each payment.
      payments.expectStatus(await pay(customer), 201);
      expect(await made()).toBe(1);
      expect(await refsOf(customer)).toEqual({});
      await pausesOver();
      const id = await paid(customer);
      expect(await refsOf(customer)).toEqual({ paypro: id });
      expect(await made()).toBe(2);
    },
  );

  it.each(['rate_limit', 'unauthorized'])('does not hold the payment up after %s', async (kind) => {
    const customer = await newCustomer();
    await sandboxOf(app).fault('paypro', { kind, match: CREATE });
    payments.expectStatus(await pay(customer), 201);
    // Nothing was made, so the next payment may try at once.
    const id = await paid(customer);
    expect(await refsOf(customer)).toEqual({ paypro: id });
  });

  it('is made by the next payment after its maker died', async () => {
    const customer = await newCustomer();
    await app.query(
      `INSERT INTO customers.provider_customers (customer_id, account, lease_until)
       VALUES ($1, 'paypro', now() - interval '1 second')`,
      [readId('cus', customer)],
    );
    const id = await paid(customer);
    expect(await refsOf(customer)).toEqual({ paypro: id });
  });

  it('is the one that was recorded first when two were made', async () => {
    const customer = await newCustomer();
    await sandboxOf(app).fault('paypro', { kind: 'delay', match: CREATE, delay_ms: 700 });
    const slow = pay(customer);
    await eventually(made, (count) => count === 1);
    // As if the first one had been slower than its lease.
    await pausesOver();
    const id = await paid(customer);
    const late = await slow;
    payments.expectStatus(late, 201);
    expect(await made()).toBe(2);
    expect(await refsOf(customer)).toEqual({ paypro: id });
    const shown = await asPaypro('GET', `/payments/${textOf(late.body, 'provider_payment_id')}`);
    expect(textOf(shown.body, 'customer')).toBe(id);
  });

  it('is told what changes, and what is cleared', async () => {
    const customer = await newCustomer({ first_name: 'Sanne', phone_number: '+31 20 123 4567' });
    const id = await paid(customer);
    await change(customer, { email: 'new@example.com', phone_number: null });
    const known = await knownAs(id, { email: 'new@example.com' });
    expect(known).toMatchObject({ first_name: 'Sanne', phone_number: null });
  });

  it.each(['error_before', 'drop_after', 'unauthorized'])(
    'is told what changes as soon as PayPro listens after %s',
    async (kind) => {
      const customer = await newCustomer();
      const id = await paid(customer);
      await sandboxOf(app).fault('paypro', { kind, match: CHANGE, times: 2 });
      await change(customer, { city: 'Utrecht' });
      await knownAs(id, { city: 'Utrecht' });
    },
  );

  it('is told what changed while it was being made', async () => {
    const customer = await newCustomer();
    await sandboxOf(app).fault('paypro', { kind: 'delay', match: CREATE, delay_ms: 500 });
    const paying = paid(customer);
    await eventually(made, (count) => count === 1);
    await change(customer, { city: 'Leiden' });
    await knownAs(await paying, { city: 'Leiden' });
  });

  it('is told nothing where nothing changed that PayPro keeps', async () => {
    const customer = await newCustomer();
    await paid(customer);
    await change(customer, { reference: 'shop-17' });
    await eventually(
      () => app.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier LIKE 'keep-%'`),
      (rows) => rows.length === 0,
    );
    const calls = await sandboxOf(app).calls();
    expect(calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('is made anew after PayPro deleted it', async () => {
    const customer = await newCustomer();
    const id = await paid(customer);
    payments.expectStatus(await asPaypro('DELETE', `/customers/${id}`), 200);
    await change(customer, { city: 'Delft' });
    await eventually(
      () => refsOf(customer),
      (refs) => Object.keys(refs).length === 0,
    );
    const next = await paid(customer);
    expect(next).not.toBe(id);
    expect((await asPaypro('GET', `/customers/${next}`)).body).toMatchObject({ city: 'Delft' });
  });

  it('that PayPro deleted holds no payment up, and is made anew', async () => {
    const customer = await newCustomer();
    const id = await paid(customer);
    payments.expectStatus(await asPaypro('DELETE', `/customers/${id}`), 200);
    const next = await pay(customer);
    payments.expectStatus(next, 201);
    const there = textOf(next.body, 'provider_payment_id');
    expect((await asPaypro('GET', `/payments/${there}`)).body).toMatchObject({ customer: null });
    await eventually(
      () => refsOf(customer),
      (refs) => refs['paypro'] === undefined,
    );
    expect(await paid(customer)).not.toBe(id);
    expect(await made()).toBe(2);
  });

  it('that PayPro deleted sets up no mandate until it is made anew', async () => {
    const customer = await newCustomer();
    const id = await paid(customer);
    payments.expectStatus(await asPaypro('DELETE', `/customers/${id}`), 200);
    const setUp = () => payments.create(app, { provider: 'paypro', customer, setup_mandate: true });
    const refused = await setUp();
    payments.expectProblem(refused, 422, 'provider_refused');
    expect(refused.body).toMatchObject({ provider: { code: 'provider_customer_unknown' } });
    await eventually(
      () => refsOf(customer),
      (refs) => refs['paypro'] === undefined,
    );
    payments.expectStatus(await setUp(), 201);
  });

  it('that PayPro deleted gives no mandate of a bank account until it is made anew', async () => {
    const customer = await newCustomer();
    const id = await paid(customer);
    payments.expectStatus(await asPaypro('DELETE', `/customers/${id}`), 200);
    const refused = await mandates.askForMandate(app, customer);
    payments.expectProblem(refused, 422, 'provider_refused');
    expect(refused.body).toMatchObject({ provider: { code: 'provider_customer_unknown' } });
    await eventually(
      () => refsOf(customer),
      (refs) => refs['paypro'] === undefined,
    );
    await mandates.makeMandate(app, customer);
  });

  it('that PayPro deleted stays known as the one who gave its mandates', async () => {
    const customer = await newCustomer();
    const mandate = await mandates.makeCardMandate(app, customer);
    const id = textOf(await refsOf(customer), 'paypro');
    payments.expectStatus(await asPaypro('DELETE', `/customers/${id}`), 200);
    await change(customer, { city: 'Delft' });
    await eventually(
      () => refsOf(customer),
      (refs) => Object.keys(refs).length === 0,
    );
    payments.expectStatus(await mandates.charge(app, { customer, mandate }), 201);
    const unnamed = await mandates.charge(app, { customer, mandate }, { customer: undefined });
    expect(unnamed).toMatchObject({ status: 201, body: { customer } });
    const path = `/api/customers/${customer}/mandates/${mandate}`;
    payments.expectStatus(await call(app, 'GET', path, { key: app.keys.user }), 200);
    const forgotten = app.query('DELETE FROM customers.former_provider_customers WHERE true');
    await expect(forgotten).rejects.toThrow('append-only');
  });

  it('is told of a change that was under way when it was recorded', async () => {
    const customer = await newCustomer();
    await sandboxOf(app).fault('paypro', { kind: 'delay', match: CREATE, delay_ms: 1000 });
    const paying = paid(customer);
    await eventually(made, (count) => count === 1);
    await parts.get(Database).inTransaction(async (tx) => {
      // The job of this change has looked already, and found nobody to tell.
      await tx.query(moveToGouda, [readId('cus', customer)]);
      await eventually(
        async () => [await refsOf(customer), await app.query(WAITING)] as const,
        ([refs, waiting]) => refs['paypro'] !== undefined || waiting.length > 0,
      );
    });
    await knownAs(await paying, { city: 'Gouda' });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});

function inputFor(customer: string) {
  return {
    caller: STAFF,
    idempotency: null,
    provider: 'paypro',
    customerId: readId('cus', customer),
    amount: Money.of(1000n, 'EUR'),
    captureMethod: 'automatic' as const,
    description: null,
    returnUrl: null,
    cancelUrl: null,
    payMethods: [],
    metadata: {},
    locale: null,
    setupMandate: false,
    mandate: null,
    autoApprove: null,
  };
}
