import { startTestApp, type TestApp } from '../support/app';
import { call } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { readAnyId } from '../../src/shared/id';
import { sandboxOf } from '../support/sandbox';

describe('finding a payment by what the return page knows', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  function approve(body: object) {
    return call(app, 'POST', '/api/payments/approve', { key: app.keys.user, body });
  }

  const uuidOf = (id: string): string => readAnyId('pay', id) ?? '';
  const spellings: readonly [string, (made: payments.Made) => object][] = [
    ['our id', ({ id }) => ({ payment_id: id })],
    ['the UUID', ({ id }) => ({ payment_id: uuidOf(id) })],
    ['the UUID in capitals', ({ id }) => ({ payment_id: uuidOf(id).toUpperCase() })],
    ['32 hexadecimal digits', ({ id }) => ({ payment_id: uuidOf(id).replaceAll('-', '') })],
    ["the provider's id", ({ providerId }) => ({ payment_id: providerId })],
    ['the token of the return URL', ({ providerId }) => ({ token: providerId })],
    ['our id and the token', ({ id, providerId }) => ({ payment_id: id, token: providerId })],
  ];

  it.each(spellings)('approves by %s', async (_, bodyOf) => {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    expect(await approve(bodyOf(made))).toMatchObject({
      status: 200,
      body: { id: made.id, state: 'paid' },
    });
  });

  it('accepts every spelling of our id in the path', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    for (const spelling of [id, uuidOf(id), uuidOf(id).replaceAll('-', '')]) {
      expect((await payments.show(app, spelling)).body).toMatchObject({ id });
    }
  });

  it('takes the payer of the return URL and no other', async () => {
    const { id, checkoutUrl } = await payments.makePayment(app, 'paypal');
    const { location } = await pressOnPayPage(checkoutUrl, 'pay');
    const payer = new URL(location ?? '').searchParams.get('PayerID');
    const wrong = await payments.command(app, id, 'approve', {
      body: { payer_id: 'AAAAAAAAAAAAA' },
    });
    payments.expectProblem(wrong, 422, 'payer_mismatch');
    expect(wrong.body).toMatchObject({ errors: [{ pointer: '/payer_id' }] });
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
    const right = await payments.command(app, id, 'approve', { body: { payer_id: payer } });
    expect(right).toMatchObject({ status: 200, body: { state: 'paid', payer_id: payer } });
  });

  it('takes the payer whom the provider shows now, not one who was declined before', async () => {
    const { id, checkoutUrl } = await payments.makePayment(app, 'paypal');
    const { location } = await pressOnPayPage(checkoutUrl, 'pay');
    const payer = new URL(location ?? '').searchParams.get('PayerID');
    payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
    // As if that reading had shown somebody else, whose card was declined then.
    const sql = `UPDATE payments.payments SET payer_id = 'DECLINEDPAYER' WHERE id = $1`;
    await app.query(sql, [uuidOf(id)]);
    const right = await payments.command(app, id, 'approve', { body: { payer_id: payer } });
    expect(right).toMatchObject({ status: 200, body: { state: 'paid', payer_id: payer } });
  });

  it('takes no money when the token is of another payment', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    const other = await payments.makePayment(app, 'paypal');
    const body = { token: other.providerId };
    const wrong = await payments.command(app, id, 'approve', { body });
    payments.expectProblem(wrong, 422, 'payer_mismatch');
    expect(wrong.body).toMatchObject({ errors: [{ pointer: '/token' }] });
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
    expect((await payments.show(app, id)).body).toMatchObject({ state: 'open' });
  });

  it.each(['paypal', 'paypro'])('refuses the ids of two different payments at %s', async (at) => {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    const other = await payments.makePressed(app, at, 'pay');
    const refused = await approve({ payment_id: other.id, token: made.providerId });
    payments.expectProblem(refused, 422, 'invalid_request');
    expect((await payments.show(app, made.id)).body).toMatchObject({ state: 'open' });
    expect(await sandboxOf(app).ledgerOf(made.id)).toEqual([]);
  });

  it('refuses a body without any id, and says which ids it takes', async () => {
    const refused = await approve({ payer_id: '7E7MGXCWTTKK2' });
    payments.expectProblem(refused, 422, 'invalid_request');
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/payment_id', code: 'required' }] });
  });

  it.each(['pay_01kacwhz00e008000000000099', '5O190127TN364715T', 'nonsense', "' OR 1=1 --"])(
    'does not know %s',
    async (payment_id) => {
      payments.expectProblem(await approve({ payment_id }), 404, 'payment_not_found');
    },
  );

  it("does not find the other user's payment by any id", async () => {
    const { id, providerId } = await payments.makePressed(app, 'paypal', 'pay');
    for (const body of [{ payment_id: id }, { payment_id: providerId }, { token: providerId }]) {
      const foreign = await call(app, 'POST', '/api/payments/approve', {
        key: app.keys.other,
        body,
      });
      payments.expectProblem(foreign, 404, 'payment_not_found');
    }
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
