import { startTestApp, type TestApp } from '../support/app';
import { bookedFor, chargebackIs, takersOf } from '../support/chargebacks';
import { type Answer, call, eventually } from '../support/http';
import { appliedNotificationsOf, listen } from '../support/notifications';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const CREATE = { method: 'POST', path_contains: '/v1/payments/payment' };
const EXECUTE = { method: 'POST', path_contains: '/execute' };

/** What the browser brings to the return page. */
interface Return {
  readonly payment_id: string | null;
  readonly token: string | null;
  readonly payer_id: string | null;
}

describe('a PayPal account that speaks Payments v1', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ settings: { PAYPAL__API: 'payments_v1' } });
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  const make = (changes: object = {}) => payments.makePayment(app, 'paypal', changes);

  function approve(body: object): Promise<Answer> {
    return call(app, 'POST', '/api/payments/approve', { key: app.keys.user, body });
  }

  /** The payer agrees and comes back. */
  async function agree({ checkoutUrl }: payments.Made): Promise<Return> {
    const { location } = await pressOnPayPage(checkoutUrl, 'pay');
    const back = new URL(location ?? '').searchParams;
    return {
      payment_id: back.get('paymentId'),
      token: back.get('token'),
      payer_id: back.get('PayerID'),
    };
  }

  async function callsTo(path: string): Promise<readonly (string | null)[]> {
    const calls = await sandboxOf(app).calls();
    return calls
      .filter((one) => one.method === 'POST' && one.path.endsWith(path))
      .map(({ requestId }) => requestId);
  }

  it('books a sale that PayPal takes back, once', async () => {
    await listen(app);
    const made = await make();
    payments.expectStatus(await approve(await agree(made)), 200);
    const sale = await payments.captureIdOf(app, made.id);
    const reversal = await takersOf(app).reverse(sale, { amount: '2.50' });
    expect(await chargebackIs(app, reversal, 'lost')).toMatchObject({
      payment: made.id,
      amount: 250,
      taken_amount: 250,
    });
    const seen = await appliedNotificationsOf(app, reversal);
    expect(seen.map(({ event_type, state }) => [event_type, state])).toEqual([
      ['PAYMENT.SALE.REVERSED', 'applied'],
    ]);
    expect(await bookedFor(app, reversal)).toEqual([`paypal:${reversal} -250`]);
  });

  describe('the payer who agrees', () => {
    it('comes back with PayPal’s own ids, by which the payment is approved and paid', async () => {
      const made = await make({ return_url: 'https://shop.example/api/return/?cart=7' });
      expect(made.providerId).toMatch(/^PAYID-/);
      expect(new URL(made.checkoutUrl).searchParams.get('token')).toMatch(/^EC-/);
      const { location } = await pressOnPayPage(made.checkoutUrl, 'pay');
      expect(location).toMatch(
        /^https:\/\/shop\.example\/api\/return\/\?cart=7&paymentId=PAYID-\w+&token=EC-\w+&PayerID=\w+$/,
      );
      const back = new URL(location ?? '').searchParams;
      const body = { payment_id: back.get('paymentId'), payer_id: back.get('PayerID') };
      expect(await approve(body)).toMatchObject({
        status: 200,
        body: {
          id: made.id,
          state: 'paid',
          captured_amount: 1000,
          provider_payment_id: made.providerId,
          payer_id: body.payer_id,
          conflict: null,
        },
      });
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toEqual([
        expect.objectContaining({ kind: 'capture', amount: '10.00', currency: 'EUR' }),
      ]);
    });

    it.each<[string, (back: Return) => object]>([
      ['all of them', (back) => back],
      ['the payment id', ({ payment_id }) => ({ payment_id })],
      ['the token', ({ token }) => ({ token })],
      ['the token and the payer', ({ token, payer_id }) => ({ token, payer_id })],
    ])('is enough known by %s', async (_what, bodyOf) => {
      const made = await make();
      const back = await agree(made);
      expect(await approve(bodyOf(back))).toMatchObject({
        status: 200,
        body: { id: made.id, state: 'paid' },
      });
    });

    it('pays once, however often and from however many tabs it is approved', async () => {
      const made = await make();
      const back = await agree(made);
      const answers = await Promise.all([1, 2, 3].map(() => approve(back)));
      answers.push(await approve(back));
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 200, body: { state: 'paid' } });
      }
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toHaveLength(1);
    });

    it('is compared with who comes back', async () => {
      const made = await make();
      const back = await agree(made);
      const wrong = await approve({ ...back, payer_id: 'AAAAAAAAAAAAA' });
      payments.expectProblem(wrong, 422, 'payer_mismatch');
      expect(wrong.body).toMatchObject({ errors: [{ pointer: '/payer_id' }] });
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toEqual([]);
      expect(await approve(back)).toMatchObject({ status: 200, body: { state: 'paid' } });
    });

    it('brings no money for another payment', async () => {
      const cheap = await make({ amount: 100 });
      const dear = await make({ amount: 100_000 });
      const back = await agree(cheap);
      const other = new URL(dear.checkoutUrl).searchParams.get('token');
      const refused = await approve({ ...back, token: other });
      payments.expectProblem(refused, 422, 'invalid_request');
      const wrong = await payments.command(app, cheap.id, 'approve', { body: { token: other } });
      payments.expectProblem(wrong, 422, 'payer_mismatch');
      expect(await sandboxOf(app).ledgerOf(cheap.providerId)).toEqual([]);
      expect(await sandboxOf(app).ledgerOf(dear.providerId)).toEqual([]);
    });

    it('may try again after a decline', async () => {
      const made = await make();
      await pressOnPayPage(made.checkoutUrl, 'decline');
      const declined = await approve({ payment_id: made.providerId });
      payments.expectProblem(declined, 409, 'payment_declined');
      expect(declined.body).toMatchObject({
        state: 'open',
        checkout_url: made.checkoutUrl,
        provider: { name: 'paypal', code: 'INSTRUMENT_DECLINED' },
      });
      expect(await approve(await agree(made))).toMatchObject({
        status: 200,
        body: { state: 'paid' },
      });
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toHaveLength(1);
    });

    it('and never comes back pays all the same, where that was asked for', async () => {
      await listen(app);
      const made = await make({ auto_approve: true });
      await pressOnPayPage(made.checkoutUrl, 'pay_no_return');
      await eventually(
        () => payments.show(app, made.id),
        ({ text }) => text.includes('"state":"paid"'),
      );
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toHaveLength(1);
    });
  });

  describe('the payer who does not agree', () => {
    it('is sent back to PayPal, and nothing is executed', async () => {
      const made = await make();
      await sandboxOf(app).clearCalls();
      const refused = await approve({ payment_id: made.providerId, payer_id: '7E7MGXCWTTKK2' });
      payments.expectProblem(refused, 409, 'payment_not_approved');
      expect(refused.body).toMatchObject({ state: 'open', checkout_url: made.checkoutUrl });
      expect(await callsTo('/execute')).toEqual([]);
    });

    it('comes back with the token alone, which cancels the payment for good', async () => {
      const made = await make({ cancel_url: 'https://shop.example/stop' });
      const { location } = await pressOnPayPage(made.checkoutUrl, 'cancel');
      const token = new URL(location ?? '').searchParams.get('token');
      expect(location).toBe(`https://shop.example/stop?token=${token}`);
      const sent = { key: app.keys.user, body: { token } };
      expect(await call(app, 'POST', '/api/payments/cancel', sent)).toMatchObject({
        status: 200,
        body: { id: made.id, state: 'canceled', canceled_via: 'local', checkout_url: null },
      });
      const late = await approve(await agree(made));
      payments.expectProblem(late, 409, 'invalid_state');
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toEqual([]);
    });
  });

  describe('an answer that gets lost', () => {
    it('on the way back from the execute is 202, and settled by reading', async () => {
      const made = await make();
      const back = await agree(made);
      await sandboxOf(app).clearCalls();
      await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: EXECUTE });
      expect(await approve(back)).toMatchObject({
        status: 202,
        body: { state: 'open', operation: { kind: 'capture', state: 'unsettled' } },
      });
      const done = await payments.settled(app, made.id);
      expect(done.body).toMatchObject({ state: 'paid', captured_amount: 1000, conflict: null });
      expect(await callsTo('/execute')).toHaveLength(1);
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toHaveLength(1);
    });

    it('on the way there is settled by the same execute again', async () => {
      const made = await make();
      const back = await agree(made);
      await sandboxOf(app).clearCalls();
      await sandboxOf(app).fault('paypal', { kind: 'drop_before', match: EXECUTE });
      payments.expectStatus(await approve(back), 202);
      expect((await payments.settled(app, made.id)).body).toMatchObject({ state: 'paid' });
      const keys = await callsTo('/execute');
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size).toBe(1);
      expect(await sandboxOf(app).ledgerOf(made.providerId)).toHaveLength(1);
    });

    it('of a create is never asked for again, because PayPal would make a second payment', async () => {
      await sandboxOf(app).clearCalls();
      await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: CREATE });
      const lost = await payments.create(app, { provider: 'paypal' });
      payments.expectStatus(lost, 202);
      const id = textOf(lost.body, 'id');
      for (let looks = 0; looks < 3; looks++) await payments.endPauses(app);
      const refused = await payments.command(app, id, 'approve');
      expect(refused.status).toBeGreaterThanOrEqual(202);
      expect(await callsTo('/v1/payments/payment')).toHaveLength(1);
      expect(await payments.command(app, id, 'cancel')).toMatchObject({
        status: 200,
        body: { state: 'canceled', checkout_url: null },
      });
    });
  });

  it.each(['return_url', 'cancel_url'])(
    'needs a %s, and says so before anything is sent',
    async (name) => {
      await sandboxOf(app).clearCalls();
      const refused = await payments.create(app, { provider: 'paypal', [name]: null });
      payments.expectProblem(refused, 422, 'unsupported_by_provider');
      expect(refused.body).toMatchObject({ errors: [{ pointer: `/${name}`, code: 'required' }] });
      // Notifications of other payments are still read up on beside this; nothing else may be sent.
      const sent = (await sandboxOf(app).calls()).filter(({ method }) => method !== 'GET');
      expect(sent).toEqual([]);
      const elsewhere = await payments.create(app, { [name]: null });
      expect(elsewhere).toMatchObject({ status: 201, body: { provider: 'paypro' } });
    },
  );

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
