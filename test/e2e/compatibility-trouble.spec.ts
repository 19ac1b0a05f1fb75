import { PAYPAL, startTestApp, type TestApp } from '../support/app';
import * as compat from '../support/compatibility';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const {
  agree,
  agreed,
  approve,
  APPROVED,
  APPROVE_FAILED,
  booked,
  cancel,
  captured,
  expectDetail,
  expectShown,
  FAILURES_MAX,
  hexOf,
  show,
} = compat;

const NO_APPROVE = compat.INVALID_APPROVE.detail;
const NO_CANCEL = compat.INVALID_CANCEL.detail;
const SERVER_ERROR = compat.SERVER_ERROR.detail;

const CREATE_FAILED = expect.stringMatching(
  /^Unable to create payment because of backend error \S/,
) as string;
const CANCEL_FAILED = expect.stringMatching(
  /^Unable to cancel payment because of backend error \S/,
) as string;

const ORDERS = { method: 'POST', path_contains: '/v2/checkout/orders' };
const CAPTURE = { method: 'POST', path_contains: '/capture' };

describe('trouble behind the frozen routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  /** Nobody but the caller settles what is unsettled now. */
  async function holdSweeper(uuid: string): Promise<void> {
    await app.query(
      `UPDATE payments.operations SET next_attempt_at = now() + interval '1 hour'
       WHERE payment_id = $1 AND state = 'unsettled'`,
      [uuid],
    );
  }

  describe('after no answer from the gateway', () => {
    it.each(['drop_before', 'drop_after', 'error_before', 'error_after', 'garbage'])(
      'to the capture (%s) is asked for again, and taken once',
      async (kind) => {
        const { uuid, back } = await agreed(app);
        await sandboxOf(app).fault('paypal', { kind, match: CAPTURE });
        expectDetail(await approve(app, back), 500, APPROVE_FAILED);
        await holdSweeper(uuid);
        await expectShown(app, uuid, { state: 'Created', error: APPROVE_FAILED });
        expectDetail(await cancel(app, { token: back.token }), 409, NO_CANCEL);
        const retried = await approve(app, back);
        // The refused cancel looks for what became of the capture, too.
        payments.expectStatus(retried, 200, 409);
        await expectShown(app, uuid, { state: 'Approved' });
        expect(await captured(app, uuid)).toBe(1);
        expect(await booked(app, uuid)).toBe(1);
      },
    );

    it('is taken by the retry that succeeds', async () => {
      const { uuid, back } = await agreed(app);
      await sandboxOf(app).fault('paypal', { kind: 'drop_before', match: CAPTURE, times: 2 });
      expectDetail(await approve(app, back), 500, APPROVE_FAILED);
      await holdSweeper(uuid);
      expectDetail(await approve(app, back), 500, APPROVE_FAILED);
      await holdSweeper(uuid);
      await expectShown(app, uuid, { state: 'Created', error: APPROVE_FAILED });
      expectDetail(await approve(app, back), 200, APPROVED);
      await expectShown(app, uuid, { state: 'Approved' });
      expect(await captured(app, uuid)).toBe(1);
    });

    it('is taken by itself, should the client not ask again', async () => {
      const { uuid, back } = await agreed(app);
      await sandboxOf(app).fault('paypal', { kind: 'drop_before', match: CAPTURE });
      expectDetail(await approve(app, back), 500, APPROVE_FAILED);
      expect((await payments.settled(app, uuid)).body).toMatchObject({ state: 'paid' });
      await expectShown(app, uuid, { state: 'Approved' });
      expectDetail(await approve(app, back), 409, NO_APPROVE);
    });

    it('to the first question is a backend error, and nothing is taken', async () => {
      const { uuid, back } = await agreed(app);
      const read = { method: 'GET', path_contains: back.token };
      await sandboxOf(app).fault('paypal', { kind: 'error_before', match: read, times: 3 });
      const failed = await approve(app, back);
      expectDetail(failed, 500, APPROVE_FAILED);
      expect(Number(failed.headers['retry-after'])).toBeGreaterThan(0);
      await sandboxOf(app).dropFaults();
      // It tells of commands that were sent; a question that failed is told to who asked.
      await expectShown(app, uuid, { state: 'Created' });
      expect(await captured(app, uuid)).toBe(0);
      expectDetail(await approve(app, back), 200, APPROVED);
    });

    it('to the release of held money, is a backend error of the cancel', async () => {
      const { id } = await payments.makeHeld(app);
      const release = { method: 'POST', path_contains: '/void' };
      await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: release });
      expectDetail(await cancel(app, { payment_id: id }), 500, CANCEL_FAILED);
      expect((await payments.settled(app, id)).body).toMatchObject({ state: 'canceled' });
      await expectShown(app, hexOf(id), { state: 'Cancelled' });
    });
  });

  describe('that is held', () => {
    /** As somebody does it who works with PayPal's own pages. */
    async function captureAtPaypal(id: string, value: string): Promise<void> {
      const paypal = { url: app.sandboxUrl };
      const basic = Buffer.from(`${PAYPAL.clientId}:${PAYPAL.secret}`).toString('base64');
      const token = await call(paypal, 'POST', '/paypal/v1/oauth2/token', {
        raw: 'grant_type=client_credentials',
        headers: {
          authorization: `Basic ${basic}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
      const hold = textOf((await payments.show(app, id)).body, 'authorization', 'id');
      const path = `/paypal/v2/payments/authorizations/${hold}/capture`;
      const taken = await call(paypal, 'POST', path, {
        key: textOf(token.body, 'access_token'),
        body: { amount: { currency_code: 'EUR', value }, final_capture: false },
      });
      payments.expectStatus(taken, 201);
    }

    it('is not cancelled where a part turns out to be taken: it is approved, of that part', async () => {
      const { id } = await payments.makeHeld(app);
      await captureAtPaypal(id, '4.00');
      expectDetail(await cancel(app, { payment_id: id }), 409, NO_CANCEL);
      await payments.command(app, id, 'cancel');
      const seen = await show(app, id);
      expect(seen.body).toMatchObject({ state: 'Approved', amount: '4.00', error_message: '' });
    });

    it('is not asked for by these routes', async () => {
      const made = await payments.makePayment(app, 'paypal', { capture_method: 'manual' });
      const back = await agree({ uuid: hexOf(made.id), approvalUrl: made.checkoutUrl });
      await sandboxOf(app).clearCalls();
      expectDetail(await approve(app, back), 409, NO_APPROVE);
      const asked = (await sandboxOf(app).calls()).filter(({ method }) => method === 'POST');
      expect(asked).toEqual([]);
      await expectShown(app, hexOf(made.id), { state: 'Created' });
    });
  });

  describe('that was never asked for', () => {
    const stateOf = (one: unknown): string => textOf(one, 'state');

    it('because the gateway refused the create: the row stays, and says why', async () => {
      await sandboxOf(app).fault('paypal', { kind: 'unauthorized', match: ORDERS, times: 2 });
      const refused = await compat.create(app, { amount: '7.77' });
      expectDetail(refused, 500, SERVER_ERROR);
      const row = await compat.newest(app);
      expect(row).toMatchObject({
        state: 'Erred',
        amount: '7.77',
        approval_url: '',
        error_message: CREATE_FAILED,
      });
      const payment_id = textOf(row, 'uuid');
      expectDetail(await approve(app, { payment_id, payer_id: 'X' }), 409, NO_APPROVE);
      expectDetail(await cancel(app, { payment_id }), 409, NO_CANCEL);
    });

    it('and was canceled before it was found: nobody is sent to pay it, then or later', async () => {
      await sandboxOf(app).fault('paypal', { kind: 'drop_after', match: ORDERS });
      const headers = { 'idempotency-key': 'frozen-unknown-canceled' };
      expectDetail(await compat.create(app, { amount: '6.66' }, headers), 500, SERVER_ERROR);
      const uuid = textOf(await compat.newest(app), 'uuid');
      const lease = (until: string) =>
        app.query(
          `UPDATE payments.operations SET lease_until = now() + $2::interval
           WHERE payment_id = $1 AND state = 'unsettled'`,
          [uuid, until],
        );
      await lease('1 hour');
      payments.expectStatus(await payments.command(app, uuid, 'cancel'), 200);
      await lease('0 s');
      await payments.settled(app, uuid);
      const [found] = await app.query('SELECT checkout_url FROM payments.payments WHERE id = $1', [
        uuid,
      ]);
      expect(found).toEqual({ checkout_url: expect.stringContaining('token=') as string });
      const nowhere = { state: 'Cancelled', amount: '6.66', approval_url: '' };
      expect((await show(app, uuid)).body).toMatchObject(nowhere);
      const again = await compat.create(app, { amount: '6.66' }, headers);
      expect(again).toMatchObject({ status: 201, body: { uuid, ...nowhere } });
      expect(again.headers['idempotent-replayed']).toBe('true');
    });

    it.each(['drop_before', 'drop_after', 'error_after', 'garbage'])(
      'as far as anybody knows (%s): it is Initial, then Created and payable',
      async (kind) => {
        await sandboxOf(app).fault('paypal', { kind, match: ORDERS });
        const headers = { 'idempotency-key': `frozen-unknown-${kind}` };
        const lost = await compat.create(app, { amount: '8.88' }, headers);
        expectDetail(lost, 500, SERVER_ERROR);
        const row = await compat.newest(app);
        const uuid = textOf(row, 'uuid');
        expect(row).toMatchObject({ amount: '8.88' });
        expect(['Initial', 'Created']).toContain(stateOf(row));
        await payments.settled(app, uuid);
        const seen = await show(app, uuid);
        expect(seen.body).toMatchObject({ state: 'Created', error_message: '' });
        const again = await compat.create(app, { amount: '8.88' }, headers);
        payments.expectStatus(again, 201);
        expect(textOf(again.body, 'uuid')).toBe(uuid);
        const back = await agree({ uuid, approvalUrl: textOf(seen.body, 'approval_url') });
        expectDetail(await approve(app, back), 200, APPROVED);
        expect(await captured(app, uuid)).toBe(1);
      },
    );
  });

  it('can wait while PayPal is given a pause: every verb says when to come back', async () => {
    const { uuid, back } = await agreed(app);
    const { id: held } = await payments.makeHeld(app);
    await sandboxOf(app).fault('paypal', { kind: 'error_before', times: 1_000 });
    let approved = await approve(app, back);
    for (let tries = 0; tries < FAILURES_MAX && approved.status !== 503; tries++) {
      expectDetail(approved, 500, APPROVE_FAILED);
      approved = await approve(app, back);
    }
    const rows = () => app.query('SELECT id FROM payments.payments');
    const before = await rows();
    const created = await compat.create(app);
    const canceled = await cancel(app, { payment_id: held });
    for (const answer of [approved, created, canceled]) {
      expectDetail(answer, 503, expect.stringMatching(/\. Nothing was \w+; try again/));
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(await rows()).toHaveLength(before.length);
    await expectShown(app, uuid, { state: 'Created' });
    await expectShown(app, hexOf(held), { state: 'Created' });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
