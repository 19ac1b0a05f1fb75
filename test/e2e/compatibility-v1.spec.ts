import { startTestApp, type TestApp } from '../support/app';
import * as compat from '../support/compatibility';
import { eventually } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const {
  agree,
  approve,
  APPROVED,
  APPROVE_FAILED,
  cancel,
  CANCELLED,
  expectDetail,
  FAILURES_MAX,
  order,
  show,
} = compat;

const NO_APPROVE = compat.INVALID_APPROVE.detail;
const SERVER_ERROR = compat.SERVER_ERROR.detail;

describe('the frozen routes over Payments v1, in a currency without decimals', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      settings: { PAYPAL__API: 'payments_v1', COMPAT_CURRENCY: 'JPY' },
    });
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  const make = (amount = '1000') => order(app, { amount });

  it('show amounts as the currency has them, and take no other', async () => {
    const made = await compat.create(app, { amount: '1000' });
    expect(made).toMatchObject({ status: 201, body: { amount: '1000', tax: '0' } });
    const seen = await payments.show(app, textOf(made.body, 'uuid'));
    expect(seen.body).toMatchObject({ amount: 1000, currency: 'JPY' });
    const fraction = ['Ensure that there are no more than 0 decimal places.'];
    compat.expectFields(await compat.create(app, { amount: '99.99' }), { amount: fraction });
    const zero = await compat.create(app, { amount: 0 });
    compat.expectFields(zero, { amount: ['Ensure this value is greater than or equal to 1.'] });
  });

  it.each<[string, (uuid: string, back: compat.Back) => object]>([
    ['what PayPal adds to the return URL', (_, back) => back],
    ['its payment id and payer', (_, { payment_id, payer_id }) => ({ payment_id, payer_id })],
    [
      'our id and its token',
      (uuid, { token, payer_id }) => ({ payment_id: uuid, token, payer_id }),
    ],
  ])('approve by %s, as in 2016', async (_, bodyOf) => {
    const made = await make();
    const back = await agree(made);
    expect(back.payment_id).toMatch(/^PAY(?:ID)?-/);
    expect(back.token).toMatch(/^EC-/);
    expectDetail(await approve(app, bodyOf(made.uuid, back)), 200, APPROVED);
    expect((await show(app, made.uuid)).body).toMatchObject({ state: 'Approved', amount: '1000' });
    expect(await sandboxOf(app).ledgerOf(back.payment_id)).toHaveLength(1);
    expectDetail(await approve(app, back), 409, NO_APPROVE);
  });

  it('cancel by the token alone, which is all that PayPal sends back', async () => {
    const made = await make();
    const { location } = await pressOnPayPage(made.approvalUrl, 'cancel');
    const query = new URL(location ?? '').searchParams;
    expect([...query.keys()]).toEqual(['token']);
    expectDetail(await cancel(app, { token: query.get('token') }), 200, CANCELLED);
    const back = await agree(made);
    expectDetail(await approve(app, back), 409, NO_APPROVE);
    expect(await sandboxOf(app).ledgerOf(back.payment_id)).toEqual([]);
  });

  it('never take the big one for the small one', async () => {
    const small = await agree(await make('100'));
    const big = await agree(await make('100000'));
    for (const body of [
      { ...small, token: big.token },
      { ...big, token: small.token },
    ]) {
      const none = `Payment with token ${body.token} does not exist`;
      expectDetail(await approve(app, body), 404, none);
    }
    for (const { payment_id } of [small, big]) {
      expect(await sandboxOf(app).ledgerOf(payment_id)).toEqual([]);
    }
  });

  it('keep a payment whose execute got no answer, and take it once on the next try', async () => {
    const made = await make();
    const back = await agree(made);
    const execute = { method: 'POST', path_contains: '/execute' };
    await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: execute });
    expectDetail(await approve(app, back), 500, APPROVE_FAILED);
    const retried = await eventually(
      () => approve(app, back),
      ({ status }) => status !== 500,
    );
    payments.expectStatus(retried, 200, 409);
    expect((await show(app, made.uuid)).body).toMatchObject({ state: 'Approved' });
    expect(await sandboxOf(app).ledgerOf(back.payment_id)).toHaveLength(1);
  });

  it('say when to come back while PayPal is left alone, and keep nothing', async () => {
    await sandboxOf(app).fault('paypal', { kind: 'error_before', times: 1_000 });
    const rows = () => app.query('SELECT id FROM payments.payments');
    let before = await rows();
    let answer = await compat.create(app, { amount: '5' });
    for (let tries = 0; tries < FAILURES_MAX && answer.status !== 503; tries++) {
      expectDetail(answer, 500, SERVER_ERROR);
      before = await rows();
      answer = await compat.create(app, { amount: '5' });
    }
    expectDetail(answer, 503, expect.any(String));
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(await rows()).toHaveLength(before.length);
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
