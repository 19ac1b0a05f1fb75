import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const AT_ONCE = 50;

describe('the Idempotency-Key', () => {
  let app: TestApp;
  let number = 0;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  const newKey = () => ({ 'idempotency-key': `key-${(number += 1)}` });

  function isReplay(answer: Answer): boolean {
    return answer.headers['idempotent-replayed'] === 'true';
  }

  async function countPayments(description: string): Promise<number> {
    const sql = 'SELECT id FROM payments.payments WHERE description = $1';
    return (await app.query(sql, [description])).length;
  }

  it.each(['paypal', 'paypro'])('makes one payment at %s of two requests', async (provider) => {
    const headers = newKey();
    const description = `twice at ${provider}`;
    const first = await payments.create(app, { provider, description }, headers);
    const again = await payments.create(app, { provider, description }, headers);
    expect(first.status).toBe(201);
    expect(isReplay(first)).toBe(false);
    expect(again.status).toBe(201);
    expect(isReplay(again)).toBe(true);
    expect(again.body).toEqual(first.body);
    expect(again.headers.location).toBe(first.headers.location);
    expect(await countPayments(description)).toBe(1);
  });

  it('marks the replay of a refusal as one, too', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'decline');
    const headers = newKey();
    const first = await payments.command(app, id, 'approve', { headers });
    const again = await payments.command(app, id, 'approve', { headers });
    payments.expectProblem(first, 409, 'payment_declined');
    payments.expectProblem(again, 409, 'payment_declined');
    expect([first, again].map(isReplay)).toEqual([false, true]);
  });

  it('shows in a replay what has become of the payment', async () => {
    const headers = newKey();
    const made = await payments.create(app, { provider: 'paypal' }, headers);
    await payments.command(app, textOf(made.body, 'id'), 'cancel');
    const again = await payments.create(app, { provider: 'paypal' }, headers);
    expect(again).toMatchObject({ status: 201, body: { state: 'canceled' } });
  });

  it.each(['paypal', 'paypro'])('makes one payment at %s of 50 at the same time', async (at) => {
    const headers = newKey();
    const description = `fifty at ${at}`;
    await sandboxOf(app).clearCalls();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () =>
        payments.create(app, { provider: at, description }, headers),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    const others = answers.filter(({ status }) => status !== 201);
    expect(new Set(made.map(({ body }) => textOf(body, 'id'))).size).toBe(1);
    expect(made.filter((answer) => !isReplay(answer))).toHaveLength(1);
    for (const answer of others) {
      payments.expectProblem(answer, 409, 'idempotency_key_in_flight');
      expect(answer.headers['retry-after']).toBeDefined();
    }
    expect(await countPayments(description)).toBe(1);
    const creates = (await sandboxOf(app).calls()).filter(
      ({ method, path }) => method === 'POST' && /\/(?:orders|payments)$/.test(path),
    );
    expect(creates).toHaveLength(1);
  });

  it('refuses another request under the same key', async () => {
    const headers = newKey();
    await payments.create(app, { provider: 'paypal' }, headers);
    const other = await payments.create(app, { provider: 'paypal', amount: 1001 }, headers);
    payments.expectProblem(other, 422, 'idempotency_key_reused');
  });

  it('refuses the key of a payment for a customer', async () => {
    const headers = newKey();
    await payments.create(app, { provider: 'paypal' }, headers);
    const sent = { key: app.keys.user, body: { name: 'X' }, headers };
    const other = await call(app, 'POST', '/api/customers', sent);
    payments.expectProblem(other, 422, 'idempotency_key_reused');
  });

  it('takes the same content in another order for the same request', async () => {
    const headers = newKey();
    const body = payments.paymentBody(app, { provider: 'paypal' });
    const turned = Object.fromEntries(Object.entries(body).reverse());
    const first = await call(app, 'POST', '/api/payments', { key: app.keys.user, body, headers });
    const sent = { key: app.keys.user, body: turned, headers };
    const again = await call(app, 'POST', '/api/payments', sent);
    expect(isReplay(again)).toBe(true);
    expect(textOf(again.body, 'id')).toBe(textOf(first.body, 'id'));
  });

  it("means nothing to another caller's request", async () => {
    const headers = newKey();
    const first = await payments.create(app, { provider: 'paypal' }, headers);
    const body = payments.paymentBody(app, { provider: 'paypal', customer: app.customers.other });
    const other = await call(app, 'POST', '/api/payments', { key: app.keys.other, body, headers });
    expect(other.status).toBe(201);
    expect(isReplay(other)).toBe(false);
    expect(textOf(other.body, 'id')).not.toBe(textOf(first.body, 'id'));
  });

  it.each([
    ['a mistake in the body', { amount: -1 }, 422],
    ['a foreign customer', { customer: 'cus_01kacwhz00e008000000000099' }, 403],
    ['a provider that cannot', { provider: 'paypro', currency: 'USD' }, 422],
  ])('is free again after %s', async (_, changes, status) => {
    const headers = newKey();
    payments.expectStatus(await payments.create(app, changes, headers), status);
    const made = await payments.create(app, { provider: 'paypal' }, headers);
    payments.expectStatus(made, 201);
    expect(isReplay(made)).toBe(false);
  });

  it('finds nothing any more once the customer was taken away, as for every command', async () => {
    const body = { name: 'Lent' };
    const lent = await call(app, 'POST', '/api/customers', { key: app.keys.user, body });
    const customer = textOf(lent.body, 'id');
    const headers = newKey();
    payments.expectStatus(await payments.create(app, { customer }, headers), 201);
    const moved = { key: app.keys.staff, body: { owners: ['test-other'] } };
    payments.expectStatus(await call(app, 'PATCH', `/api/customers/${customer}`, moved), 200);
    const again = await payments.create(app, { customer }, headers);
    payments.expectProblem(again, 404, 'payment_not_found');
  });

  it('repeats the answer of an approval', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    const headers = newKey();
    const first = await payments.command(app, id, 'approve', { headers });
    const again = await payments.command(app, id, 'approve', { headers });
    expect([isReplay(first), isReplay(again)]).toEqual([false, true]);
    expect(again).toMatchObject({ status: 200, body: { id, state: 'paid' } });
    const other = await payments.command(app, id, 'approve', { headers, body: { token: 'x' } });
    payments.expectProblem(other, 422, 'idempotency_key_reused');
  });

  it('repeats a decline; a new attempt takes a new key', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'decline');
    const headers = newKey();
    const first = await payments.command(app, id, 'approve', { headers });
    const again = await payments.command(app, id, 'approve', { headers });
    payments.expectProblem(first, 409, 'payment_declined');
    payments.expectProblem(again, 409, 'payment_declined');
    const captures = (await sandboxOf(app).calls()).filter(({ path }) => path.endsWith('/capture'));
    const before = captures.length;
    payments.expectProblem(
      await payments.command(app, id, 'approve', { headers: newKey() }),
      409,
      'payment_declined',
    );
    const after = (await sandboxOf(app).calls()).filter(({ path }) => path.endsWith('/capture'));
    expect(after.length).toBe(before + 1);
  });

  it.each(['paypal', 'paypro'])('repeats the answer of a cancelation at %s', async (provider) => {
    const { id } = await payments.makePayment(app, provider);
    const headers = newKey();
    const first = await payments.command(app, id, 'cancel', { headers });
    const again = await payments.command(app, id, 'cancel', { headers });
    expect([isReplay(first), isReplay(again)]).toEqual([false, true]);
    expect(again).toMatchObject({ status: 200, body: { state: 'canceled' } });
  });

  it('is free again when a command was refused before anything was decided', async () => {
    const { id, checkoutUrl } = await payments.makePayment(app, 'paypal');
    const headers = newKey();
    const early = await payments.command(app, id, 'approve', { headers });
    payments.expectProblem(early, 409, 'payment_not_approved');
    await fetch(checkoutUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    const now = await payments.command(app, id, 'approve', { headers });
    expect(now).toMatchObject({ status: 200, body: { state: 'paid' } });
  });

  it('makes one customer of two requests, and of 20 at the same time', async () => {
    const headers = newKey();
    const body = { name: 'Only one' };
    const create = () => call(app, 'POST', '/api/customers', { key: app.keys.user, body, headers });
    const answers = await Promise.all(Array.from({ length: 20 }, create));
    for (const answer of answers) payments.expectStatus(answer, 201, 409);
    const again = await create();
    expect(isReplay(again)).toBe(true);
    const rows = await app.query(`SELECT id FROM customers.customers WHERE name = 'Only one'`);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['is empty', ''],
    ['has spaces inside', 'two words'],
    ['is too long', 'x'.repeat(256)],
    ['holds other letters than ASCII', 'schlüssel'],
  ])('is refused with 400 when it %s', async (_, value) => {
    const bytes = Buffer.from(value, 'utf8').toString('latin1');
    const refused = await payments.create(app, {}, { 'idempotency-key': bytes });
    payments.expectProblem(refused, 400, 'malformed_request');
    expect(textOf(refused.body, 'detail')).toContain('Idempotency-Key');
  });

  it('may be written in quotes, as the draft has it', async () => {
    const headers = newKey();
    const first = await payments.create(app, { provider: 'paypal' }, headers);
    const quoted = { 'idempotency-key': `"${headers['idempotency-key']}"` };
    const again = await payments.create(app, { provider: 'paypal' }, quoted);
    expect(textOf(again.body, 'id')).toBe(textOf(first.body, 'id'));
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
