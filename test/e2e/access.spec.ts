import { Client } from 'pg';
import { startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

/** Any payment id of the right shape. */
const SOME_ID = 'pay_01kacwhz00e008000000000010';

describe('who may do what', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  /** Every route of the API, as its own document lists them. */
  async function routes(): Promise<readonly (readonly [string, string])[]> {
    const { body } = await call(app, 'GET', '/docs/openapi.json');
    return Object.entries(objectOf(body, 'paths')).flatMap(([path, item]) =>
      Object.keys(objectOf(item)).map((method) => [method.toUpperCase(), path] as const),
    );
  }

  it.each([
    ['no key', {}],
    ['a key nobody made', { authorization: `Bearer kassa_${'a'.repeat(43)}` }],
    ['something that is no key', { authorization: 'Bearer x' }],
    ['another scheme', { authorization: 'Basic a2Fzc2E6a2Fzc2E=' }],
    ['an empty header', { authorization: '' }],
  ])('is refused with 401 on every route of the API with %s', async (_, headers) => {
    // What the providers call proves itself by its signature.
    const closed = (await routes()).filter(
      ([, path]) =>
        path.startsWith('/api/') &&
        path !== '/api/notifications/{id}' &&
        !path.startsWith('/api/paypal-'),
    );
    expect(closed.length).toBeGreaterThan(12);
    for (const [method, path] of closed) {
      const sent = { headers, body: method === 'GET' ? undefined : {} };
      const refused = await call(app, method, path.replaceAll(/\{\w+\}/g, SOME_ID), sent);
      payments.expectProblem(refused, 401, 'unauthorized');
      expect(refused.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it.each(['/health/live', '/health/ready', '/docs', '/docs/openapi.json'])(
    'is public at %s',
    async (path) => {
      payments.expectStatus(await call(app, 'GET', path), 200);
    },
  );

  it('is over when a key has expired', async () => {
    const expiresAt = new Date(Date.now() - 1_000);
    const key = await app.makeKey({ subject: 'test-user', role: 'user', expiresAt });
    payments.expectProblem(await call(app, 'GET', '/api/payments', { key }), 401, 'unauthorized');
  });

  it('is over five seconds after a key was revoked, also where it was used before', async () => {
    const key = await app.makeKey({ subject: 'test-user', role: 'user' });
    payments.expectStatus(await call(app, 'GET', '/api/payments', { key }), 200);
    await app.query(
      `UPDATE platform.api_keys SET revoked_at = now()
       WHERE hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
      [key],
    );
    const revokedAtMs = performance.now();
    const look = async () => {
      const sentAfterMs = performance.now() - revokedAtMs;
      const { status } = await call(app, 'GET', '/api/payments?limit=1', { key });
      return { sentAfterMs, status };
    };
    const isDecided = ({ sentAfterMs, status }: Awaited<ReturnType<typeof look>>) =>
      status === 401 || sentAfterMs >= 5_000;
    // What counts is when a request was sent; the answer of a busy machine may take its time.
    expect(await eventually(look, isDecided, 20_000)).toMatchObject({ status: 401 });
  });

  it('is not held up by whoever has the row of the key in hand', async () => {
    const key = await app.makeKey({ subject: 'edited-user', role: 'user' });
    const editor = new Client({ connectionString: app.databaseUrl });
    await editor.connect();
    try {
      await editor.query('BEGIN');
      await editor.query(
        `UPDATE platform.api_keys SET label = 'edited' WHERE subject = 'edited-user'`,
      );
      payments.expectStatus(await call(app, 'GET', '/api/payments', { key }), 200);
      // A connection that waits for the row is one that answers nobody.
      const waiting = await editor.query(
        `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(waiting.rows).toEqual([]);
    } finally {
      await editor.end();
    }
  });

  it('notes when a key was used', async () => {
    const key = await app.makeKey({ subject: 'seen-user', role: 'user' });
    const before = await lastUse('seen-user');
    await call(app, 'GET', '/api/payments', { key });
    await eventually(
      () => lastUse('seen-user'),
      (after) => after !== before,
    );
  });

  async function lastUse(subject: string): Promise<string> {
    const sql = 'SELECT last_used_at FROM platform.api_keys WHERE subject = $1';
    return String((await app.query(sql, [subject]))[0]?.['last_used_at']);
  }

  it("hides the other user's payment behind 404 on every route", async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    const foreign = { key: app.keys.other };
    const path = `/api/payments/${id}`;
    for (const answer of [
      await call(app, 'GET', path, foreign),
      await call(app, 'GET', `${path}/timeline`, foreign),
      await call(app, 'POST', `${path}/approve`, foreign),
      await call(app, 'POST', `${path}/cancel`, foreign),
      await call(app, 'POST', `${path}/refresh`, foreign),
    ]) {
      payments.expectProblem(answer, 404, 'payment_not_found');
    }
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
    expect((await payments.show(app, id)).body).toMatchObject({ state: 'open' });
  });

  it('shows the names of staff in the timeline of a payment to staff only', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const path = `/api/payments/${id}`;
    const canceled = await call(app, 'POST', `${path}/cancel`, { key: app.keys.staff, body: {} });
    payments.expectStatus(canceled, 200);
    const actorsFor = async (key: string): Promise<readonly unknown[]> => {
      const told = await call(app, 'GET', `${path}/timeline`, { key });
      payments.expectStatus(told, 200);
      const actors = listOf(told.body, 'data').map((one) => objectOf(one)['actor']);
      return [...new Set(actors)].sort();
    };
    expect(await actorsFor(app.keys.user)).toEqual(['staff', 'test-user']);
    expect(await actorsFor(app.keys.staff)).toEqual(['test-staff', 'test-user']);
  });

  it('answers for a payment of somebody else as for one that does not exist', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const [foreign, none] = [
      await call(app, 'GET', `/api/payments/${id}`, { key: app.keys.other }),
      await call(app, 'GET', `/api/payments/${SOME_ID}`, { key: app.keys.other }),
    ];
    const tellingOf = (body: unknown) => ({ ...objectOf(body), request_id: null });
    expect(tellingOf(foreign.body)).toEqual(tellingOf(none.body));
  });

  it("leaves others' payments and customers out of lists, except for staff", async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const idsFor = async (key: string, what: string): Promise<readonly string[]> => {
      const listed = await call(app, 'GET', `/api/${what}?limit=100`, { key });
      return listOf(listed.body, 'data').map((one) => textOf(one, 'id'));
    };
    expect(await idsFor(app.keys.user, 'payments')).toContain(id);
    expect(await idsFor(app.keys.other, 'payments')).toEqual([]);
    expect(await idsFor(app.keys.staff, 'payments')).toContain(id);
    expect(await idsFor(app.keys.user, 'customers')).toEqual([app.customers.user]);
    expect(await idsFor(app.keys.other, 'customers')).toEqual([app.customers.other]);
    expect([...(await idsFor(app.keys.staff, 'customers'))].sort()).toEqual(
      Object.values(app.customers).sort(),
    );
  });

  it("shows no payments when a user lists another user's customer", async () => {
    await payments.makePayment(app, 'paypal');
    const path = `/api/payments?customer=${app.customers.user}`;
    const listed = await call(app, 'GET', path, { key: app.keys.other });
    expect(listed).toMatchObject({ status: 200, body: { data: [], count: 0 } });
  });

  it('forbids a payment for a customer of somebody else, known or not', async () => {
    const unknown = 'cus_01kacwhz00e008000000000099';
    for (const customer of [app.customers.other, unknown]) {
      await sandboxOf(app).clearCalls();
      const refused = await payments.create(app, { provider: 'paypal', customer });
      payments.expectProblem(refused, 403, 'customer_forbidden');
      expect(await sandboxOf(app).calls()).toEqual([]);
    }
  });

  it('lets only staff make a payment without a customer, and only staff see it', async () => {
    const body = payments.paymentBody(app, { provider: 'paypal', customer: null });
    const refused = await call(app, 'POST', '/api/payments', { key: app.keys.user, body });
    payments.expectProblem(refused, 422, 'customer_required');
    const made = await call(app, 'POST', '/api/payments', { key: app.keys.staff, body });
    expect(made).toMatchObject({ status: 201, body: { customer: null } });
    const seen = await payments.show(app, textOf(made.body, 'id'));
    payments.expectProblem(seen, 404, 'payment_not_found');
  });

  it('lets staff act for every customer, but not for one that does not exist', async () => {
    const key = app.keys.staff;
    const { id } = await payments.makePressed(app, 'paypro', 'pay');
    expect(await call(app, 'POST', `/api/payments/${id}/approve`, { key })).toMatchObject({
      status: 200,
      body: { state: 'paid' },
    });
    const customer = 'cus_01kacwhz00e008000000000099';
    const body = payments.paymentBody(app, { provider: 'paypal', customer });
    const refused = await call(app, 'POST', '/api/payments', { key, body });
    payments.expectProblem(refused, 422, 'customer_unknown');
  });

  it('accepts a payment by every owner that staff named', async () => {
    const body = { name: 'Shared', owners: ['test-user', 'test-other'] };
    const made = await call(app, 'POST', '/api/customers', { key: app.keys.staff, body });
    const customer = textOf(made.body, 'id');
    const { id } = await payments.makePayment(app, 'paypal', { customer });
    payments.expectStatus(
      await call(app, 'GET', `/api/payments/${id}`, { key: app.keys.other }),
      200,
    );
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
