import { startTestApp, type TestApp } from '../support/app';
import * as compat from '../support/compatibility';
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
  CANCELLED,
  captured,
  expectDetail,
  expectShown,
  order,
  show,
} = compat;

const NO_APPROVE = compat.INVALID_APPROVE.detail;
const NO_CANCEL = compat.INVALID_CANCEL.detail;
const IN_PROCESS = 'Payment is being processed.';

/** As many as impatient people, tabs and retrying clients make at once. */
const AT_ONCE = 50;

describe('money behind the frozen routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  afterEach(() => sandboxOf(app).dropFaults());

  describe('is taken', () => {
    it('when the payer comes back, with the ids that the browser brings', async () => {
      const { uuid, back } = await agreed(app);
      expect(back.payment_id).toMatch(/^pay_/);
      expectDetail(await approve(app, back), 200, APPROVED);
      await expectShown(app, uuid, { state: 'Approved' });
      expect(await captured(app, uuid)).toBe(1);
      expect(await booked(app, uuid)).toBe(1);
      expectDetail(await approve(app, back), 409, NO_APPROVE);
      expectDetail(await cancel(app, { token: back.token }), 409, NO_CANCEL);
      await expectShown(app, uuid, { state: 'Approved' });
      expect(await captured(app, uuid)).toBe(1);
    });

    it.each<[string, (uuid: string, back: compat.Back) => object]>([
      ['our id in the new spelling', (_, { payment_id }) => ({ payment_id })],
      ['our id in 32 digits', (uuid) => ({ payment_id: uuid })],
      ['our id in capitals', (uuid) => ({ payment_id: uuid.toUpperCase() })],
      [
        'our id with dashes',
        (uuid) => ({ payment_id: uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') }),
      ],
      ["the gateway's id", (_, { token }) => ({ payment_id: token })],
      ["the gateway's id twice", (_, { token }) => ({ payment_id: token, token })],
      ['both', (uuid, { token }) => ({ payment_id: uuid, token })],
    ])('by %s', async (_, idsOf) => {
      const { uuid, back } = await agreed(app);
      const body = { ...idsOf(uuid, back), payer_id: back.payer_id };
      expectDetail(await approve(app, body), 200, APPROVED);
      await expectShown(app, uuid, { state: 'Approved' });
    });

    it('for the payer who agreed, and for nobody else', async () => {
      const { uuid, back } = await agreed(app);
      const wrong = await approve(app, { ...back, payer_id: 'AAAAAAAAAAAAA' });
      compat.expectFields(wrong, { payer_id: [expect.any(String)] });
      await expectShown(app, uuid, { state: 'Created' });
      expect(await captured(app, uuid)).toBe(0);
      expectDetail(await approve(app, back), 200, APPROVED);
    });

    it('once for two tabs', async () => {
      const { uuid, back } = await agreed(app);
      const answers = await Promise.all([approve(app, back), approve(app, back)]);
      for (const answer of answers) payments.expectStatus(answer, 200, 409);
      expect(answers.map(({ status }) => status)).toContain(200);
      expect(await captured(app, uuid)).toBe(1);
      await expectShown(app, uuid, { state: 'Approved' });
    });

    it('once for 50 clients, and is booked once', async () => {
      const { uuid, back } = await agreed(app, { amount: '12.34' });
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => approve(app, back)));
      for (const answer of answers) {
        payments.expectStatus(answer, 200, 409);
        expectDetail(answer, answer.status, answer.status === 200 ? APPROVED : NO_APPROVE);
      }
      expect(answers.map(({ status }) => status)).toContain(200);
      const { body } = await payments.show(app, uuid);
      expect(body).toMatchObject({ state: 'paid', captured_amount: 1234, conflict: null });
      expect(await sandboxOf(app).ledgerOf(textOf(body, 'id'))).toEqual([
        expect.objectContaining({ kind: 'capture', amount: '12.34', currency: 'EUR' }),
      ]);
      expect(await booked(app, uuid)).toBe(1);
    });

    it('or given up, when approve and cancel meet, and never both', async () => {
      for (let round = 0; round < 6; round++) {
        const { uuid, back } = await agreed(app);
        const verbs = round % 2 === 0 ? [approve, cancel] : [cancel, approve];
        const answers = await Promise.all(verbs.map((verb) => verb(app, back)));
        const state = textOf((await show(app, uuid)).body, 'state');
        const isApproved = state === 'Approved';
        expect([state, await captured(app, uuid)]).toEqual(
          isApproved ? ['Approved', 1] : ['Cancelled', 0],
        );
        for (const [index, verb] of verbs.entries()) {
          const answer = answers[index];
          const isDone = (verb === approve) === isApproved;
          expect([state, answer?.status, answer?.body]).toEqual([
            state,
            isDone ? 200 : 409,
            {
              detail:
                verb === approve
                  ? isDone
                    ? APPROVED
                    : NO_APPROVE
                  : isDone
                    ? CANCELLED
                    : NO_CANCEL,
            },
          ]);
        }
      }
    });

    it('once under an Idempotency-Key, whose answer is given again', async () => {
      const { uuid, back } = await agreed(app);
      const sent = {
        key: app.keys.user,
        body: back,
        headers: { 'idempotency-key': `frozen-approve-${uuid}` },
      };
      expectDetail(await compat.ask(app, 'POST', compat.APPROVE, sent), 200, APPROVED);
      const again = await compat.ask(app, 'POST', compat.APPROVE, sent);
      expectDetail(again, 200, APPROVED);
      expect(again.headers['idempotent-replayed']).toBe('true');
    });

    it('later, while PayPal waits for it', async () => {
      const { uuid, back } = await agreed(app, {}, 'pending');
      expectDetail(await approve(app, back), 202, IN_PROCESS);
      expectDetail(await approve(app, back), 202, IN_PROCESS);
      expectDetail(await cancel(app, { token: back.token }), 409, NO_CANCEL);
      await expectShown(app, uuid, { state: 'Created' });
      const capture = await payments.captureIdOf(app, uuid);
      await sandboxOf(app).settleCapture(capture, 'COMPLETED');
      await payments.command(app, uuid, 'refresh');
      await expectShown(app, uuid, { state: 'Approved' });
      expectDetail(await approve(app, back), 409, NO_APPROVE);
      expect(await captured(app, uuid)).toBe(1);
    });
  });

  describe('is not taken', () => {
    it.each<[string, (small: compat.Back, big: compat.Back) => object]>([
      ['the big one’s token', (small, big) => ({ ...small, token: big.token })],
      ['the big one’s id', (small, big) => ({ ...small, payment_id: big.payment_id })],
      ['the gateway’s id of the big one', (small, big) => ({ ...small, payment_id: big.token })],
      ['the small one’s token', (small, big) => ({ ...big, token: small.token })],
      ['the small one’s id', (small, big) => ({ ...big, payment_id: small.payment_id })],
    ])('for one payment with %s', async (_, mix) => {
      const small = await agreed(app, { amount: '1.00' });
      const big = await agreed(app, { amount: '1000.00' });
      const body = mix(small.back, big.back);
      const { token } = { token: '', ...body };
      expectDetail(await approve(app, body), 404, `Payment with token ${token} does not exist`);
      expectDetail(await cancel(app, body), 404, `Payment with token ${token} does not exist`);
      for (const { uuid } of [small, big]) {
        await expectShown(app, uuid, { state: 'Created' });
        expect(await captured(app, uuid)).toBe(0);
      }
    });

    it('for a payment and a token of somebody else', async () => {
      const mine = await agreed(app);
      const { body } = await compat.ask(app, 'POST', compat.PAYMENTS, {
        key: app.keys.other,
        body: compat.orderOf(app, {
          customer: compat.customerUrl(app, app.customers.other),
        }),
      });
      const theirs = { uuid: textOf(body, 'uuid'), approvalUrl: textOf(body, 'approval_url') };
      const back = await agree(theirs);
      const none = `Payment with token ${back.token} does not exist`;
      expectDetail(await approve(app, { ...mine.back, token: back.token }), 404, none);
      expectDetail(await approve(app, back), 404, none);
      expect(await captured(app, theirs.uuid).catch(() => 0)).toBe(0);
      expectDetail(await approve(app, back, app.keys.other), 200, APPROVED);
    });

    it('before the payer has agreed', async () => {
      const made = await order(app);
      const body = { payment_id: made.uuid, payer_id: '7E7MGXCWTTKK2' };
      expectDetail(await approve(app, body), 409, NO_APPROVE);
      await expectShown(app, made.uuid, { state: 'Created' });
      const back = await agree(made);
      expectDetail(await approve(app, back), 200, APPROVED);
      await expectShown(app, made.uuid, { state: 'Approved' });
    });

    it('after the payment was cancelled, and PayPal is not even asked', async () => {
      const { uuid, back } = await agreed(app);
      expectDetail(await cancel(app, { token: back.token }), 200, CANCELLED);
      await expectShown(app, uuid, { state: 'Cancelled' });
      await sandboxOf(app).clearCalls();
      expectDetail(await approve(app, back), 409, NO_APPROVE);
      expectDetail(await cancel(app, { payment_id: uuid }), 409, NO_CANCEL);
      const asked = (await sandboxOf(app).calls()).filter(({ path }) => path.includes(back.token));
      expect(asked).toEqual([]);
      await expectShown(app, uuid, { state: 'Cancelled' });
      expect(await captured(app, uuid)).toBe(0);
    });

    it('when the payer has another means of payment to try', async () => {
      const { uuid, back, approvalUrl } = await agreed(app, {}, 'decline');
      expectDetail(await approve(app, back), 500, APPROVE_FAILED);
      await expectShown(app, uuid, { state: 'Created', error: APPROVE_FAILED });
      expect(await captured(app, uuid)).toBe(0);
      const again = await agree({ uuid, approvalUrl });
      expectDetail(await approve(app, again), 200, APPROVED);
      await expectShown(app, uuid, { state: 'Approved' });
      expect(await captured(app, uuid)).toBe(1);
    });
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
