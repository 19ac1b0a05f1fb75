import { hexId, readId } from '../../src/shared/id';
import { PAYPRO_KEY, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const CREATE = {
  paypal: { method: 'POST', path_contains: '/v2/checkout/orders' },
  paypro: { method: 'POST', path_contains: '/payments' },
} as const;

describe('a create whose outcome is unknown', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  async function createLost(provider: payments.Provider, kind = 'drop_after') {
    await sandboxOf(app).clearCalls();
    await sandboxOf(app).fault(provider, { kind, match: CREATE[provider] });
    const lost = await payments.create(app, { provider });
    payments.expectStatus(lost, 202);
    return { lost, id: textOf(lost.body, 'id') };
  }

  /** Payments that PayPro itself holds for our id. */
  async function heldAtPaypro(id: string): Promise<readonly string[]> {
    const found = await call({ url: app.sandboxUrl }, 'GET', '/paypro/payments?limit=100', {
      key: PAYPRO_KEY,
    });
    return listOf(found.body, 'data')
      .filter((one) => JSON.stringify(one).includes(id))
      .map((one) => textOf(one, 'state'));
  }

  it.each(['paypal', 'paypro'] as const)(
    'is 202 at %s and says what is not settled',
    async (at) => {
      const { lost, id } = await createLost(at);
      expect(lost.headers.location).toBe(`${app.url}/api/payments/${id}`);
      expect(lost.body).toMatchObject({
        state: 'initialized',
        checkout_url: null,
        operation: { kind: 'create', state: 'unsettled' },
      });
      expect(textOf(lost.body, 'operation', 'id')).toMatch(/^op_/);
      expect((await payments.show(app, id)).body).toMatchObject({
        operation: { kind: 'create', state: 'unsettled' },
      });
    },
  );

  it('is settled by itself at PayPal, with the one order that was made', async () => {
    const { id } = await createLost('paypal');
    // Here the sweeper's own pause is waited for, as in real life.
    const open = await eventually(
      () => payments.show(app, id),
      ({ text }) => text.includes('"state":"open"'),
    );
    expect(open.body).toMatchObject({ conflict: null, operation: null });
    // PayPal makes one order of all calls with one request id.
    const key = hexId(readId('pay', id) ?? '');
    const creates = (await sandboxOf(app).calls()).filter(
      ({ path, requestId }) => path === '/v2/checkout/orders' && requestId?.includes(key),
    );
    expect(creates).toHaveLength(2);
    expect(new Set(creates.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('is settled by itself at PayPro, by looking for our id', async () => {
    const { id } = await createLost('paypro');
    expect((await payments.settled(app, id)).body).toMatchObject({ state: 'open', conflict: null });
    expect(await heldAtPaypro(id)).toEqual(['open']);
    const calls = await sandboxOf(app).calls();
    expect(
      calls.filter(({ method, path }) => method === 'POST' && path === '/payments'),
    ).toHaveLength(1);
  });

  it.each(['error_after', 'garbage', 'error_before'])('is also unknown after %s', async (kind) => {
    const { id } = await createLost('paypal', kind);
    expect((await payments.settled(app, id)).body).toMatchObject({ state: 'open', conflict: null });
  });

  it('can be paid once it is settled', async () => {
    const { id } = await createLost('paypal');
    const { body } = await payments.settled(app, id);
    expect(textOf(body, 'checkout_url')).toContain('token=');
    const refused = await payments.command(app, id, 'approve');
    payments.expectProblem(refused, 409, 'payment_not_approved');
  });

  it('is settled by an approval, which then finds out whether the payer agreed', async () => {
    const { id } = await createLost('paypal');
    const refused = await payments.command(app, id, 'approve');
    payments.expectProblem(refused, 409, 'payment_not_approved');
    expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', operation: null });
  });

  it('keeps the wish to cancel at PayPal: no pay page is ever given out', async () => {
    const { id } = await createLost('paypal');
    expect(await payments.command(app, id, 'cancel')).toMatchObject({
      status: 200,
      body: { state: 'canceled', checkout_url: null },
    });
    expect((await payments.settled(app, id)).body).toMatchObject({
      state: 'canceled',
      checkout_url: null,
      conflict: null,
    });
  });

  it('keeps the wish to cancel at PayPro: what is found there is canceled there', async () => {
    const { id } = await createLost('paypro');
    expect(await payments.command(app, id, 'cancel')).toMatchObject({
      status: 200,
      body: { state: 'canceled', checkout_url: null },
    });
    await eventually(
      async () => {
        await payments.endPauses(app);
        return heldAtPaypro(id);
      },
      (states) => states.join() === 'canceled',
    );
    expect((await payments.settled(app, id)).body).toMatchObject({
      state: 'canceled',
      checkout_url: null,
      conflict: null,
    });
  });

  it('answers the same Idempotency-Key with 202, then with the payment', async () => {
    await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: CREATE.paypal });
    const headers = { 'idempotency-key': 'lost-1' };
    const lost = await payments.create(app, { provider: 'paypal' }, headers);
    payments.expectStatus(lost, 202);
    const id = textOf(lost.body, 'id');
    const meanwhile = await payments.create(app, { provider: 'paypal' }, headers);
    expect(meanwhile).toMatchObject({ status: 202, body: { id } });
    expect(meanwhile.headers['idempotent-replayed']).toBe('true');
    await payments.settled(app, id);
    const after = await payments.create(app, { provider: 'paypal' }, headers);
    expect(after).toMatchObject({ status: 201, body: { id, state: 'open' } });
  });

  it('gives no pay page out when the provider made another amount of it', async () => {
    await sandboxOf(app).fault('paypal', { kind: 'wrong_amount', match: CREATE.paypal });
    const odd = await payments.create(app, { provider: 'paypal' });
    expect(odd.body).toMatchObject({ conflict: 'amount_mismatch', checkout_url: null });
    const id = textOf(odd.body, 'id');
    payments.expectStatus(await payments.command(app, id, 'approve'), 409);
    const { body } = await payments.show(app, id);
    expect(body).toMatchObject({ conflict: 'amount_mismatch', checkout_url: null });
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
