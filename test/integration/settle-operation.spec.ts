import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { OperationsRepository } from '../../src/modules/payments/storage/operations.repository';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call, eventually } from '../support/http';
import {
  inReview,
  moveOperation,
  newestOperation,
  openParts,
  uuidOf,
} from '../support/integration-parts';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { textOf } from '../support/read';
import { type Fault, type Gateway, sandboxOf } from '../support/sandbox';

const CREATE = {
  paypal: { method: 'POST', path_contains: '/v2/checkout/orders' },
  paypro: { method: 'POST', path_contains: '/payments' },
} as const;
const CAPTURE = { method: 'POST', path_contains: '/capture' };
const DELETE = { method: 'DELETE' };
const NEVER_SENT = 'drop_before';
const EXECUTED = 'drop_after';

type Verb = 'approve' | 'cancel' | 'refresh';

describe('an operation that nobody finished', () => {
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

  const fault = (gateway: Gateway, kind: string, match: Fault['match'], times = 1) =>
    sandboxOf(app).fault(gateway, { kind, times, ...(match ? { match } : {}) });

  /** Out of the sweeper's sight, as in the seconds before its turn. */
  const HIDDEN = `next_attempt_at = now() + interval '1 hour', lease_until = now() - interval '1 second'`;
  const OLD = (hours: number) => `first_sent_at = first_sent_at - interval '${hours} hours'`;

  async function lose(answer: Answer): Promise<string> {
    payments.expectStatus(answer, 202);
    const id = textOf(answer.body, 'id');
    await moveOperation(app, id, HIDDEN);
    return id;
  }

  async function lostCreate(gateway: Gateway, kind: string): Promise<string> {
    await fault(gateway, kind, CREATE[gateway]);
    return lose(await payments.create(app, { provider: gateway }));
  }

  async function lostCapture(kind: string, action: 'pay' | 'decline' = 'pay'): Promise<string> {
    const { id } = await payments.makePressed(app, 'paypal', action);
    await fault('paypal', kind, CAPTURE);
    return lose(await payments.command(app, id, 'approve'));
  }

  async function lostCancel(kind: string): Promise<payments.Made> {
    const made = await payments.makePayment(app, 'paypro');
    await fault('paypro', kind, DELETE);
    await lose(await payments.command(app, made.id, 'cancel'));
    return made;
  }

  /** Lets the sweeper, or else a caller, find it; the payment once nothing is unsettled any more. */
  async function settle(by: 'the sweeper' | Verb, id: string): Promise<unknown> {
    if (by !== 'the sweeper') await payments.command(app, id, by);
    return (by === 'the sweeper' ? await payments.settled(app, id) : await payments.show(app, id))
      .body;
  }

  const callsTo = async (match: { method: string; path: RegExp }) =>
    (await sandboxOf(app).calls()).filter(
      ({ method, path }) => method === match.method && match.path.test(path),
    );
  const orders = () => callsTo({ method: 'POST', path: /\/orders$/ });
  const captures = () => callsTo({ method: 'POST', path: /\/capture$/ });
  const deletes = () => callsTo({ method: 'DELETE', path: /./ });
  const creates = () => callsTo({ method: 'POST', path: /^\/payments$/ });

  const booked = (id: string) =>
    app.query('SELECT cause_id FROM customers.ledger_transactions WHERE payment_id = $1', [
      uuidOf(id),
    ]);

  describe.each(['the sweeper', 'approve'] as const)('is settled by %s', (by) => {
    it.each([NEVER_SENT, EXECUTED])('as a create at PayPal after %s', async (kind) => {
      const id = await lostCreate('paypal', kind);
      expect(await settle(by, id)).toMatchObject({
        state: 'open',
        conflict: null,
        operation: null,
      });
      const sent = await orders();
      expect(sent).toHaveLength(2);
      expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(1);
    });

    it('as a create at PayPal only once the account is let in again', async () => {
      const id = await lostCreate('paypal', EXECUTED);
      // The token and its one renewal are refused: that says nothing about the create that was sent before.
      await fault('paypal', 'unauthorized', CREATE.paypal, 2);
      if (by === 'approve') expect(await settle(by, id)).toMatchObject({ state: 'initialized' });
      expect(await settle(by, id)).toMatchObject({ state: 'open', operation: null });
      expect(new Set((await orders()).map(({ requestId }) => requestId)).size).toBe(1);
    });

    it('as a create at PayPro that was carried out, without making a second one', async () => {
      const id = await lostCreate('paypro', EXECUTED);
      expect(await settle(by, id)).toMatchObject({
        state: 'open',
        conflict: null,
        operation: null,
      });
      expect(await creates()).toHaveLength(1);
    });

    it.each([NEVER_SENT, EXECUTED])('as a capture after %s, taken once', async (kind) => {
      const id = await lostCapture(kind);
      expect(await settle(by, id)).toMatchObject({
        state: 'paid',
        captured_amount: 1000,
        conflict: null,
        operation: null,
      });
      expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
      expect(await booked(id)).toHaveLength(1);
      expect(await captures()).toHaveLength(kind === EXECUTED ? 1 : 2);
    });

    it('as a capture that is declined when it is repeated, and may be tried anew', async () => {
      const id = await lostCapture(EXECUTED, 'decline');
      expect(await settle(by, id)).toMatchObject({ state: 'open', operation: null });
      expect(await newestOperation(app, id)).toMatchObject({ state: 'refused', refusal: 'payer' });
      const { body } = await payments.show(app, id);
      await pressOnPayPage(textOf(body, 'checkout_url'), 'pay');
      payments.expectStatus(await payments.command(app, id, 'approve'), 200);
      expect(await newestOperation(app, id)).toMatchObject({ slot: 2, state: 'succeeded' });
    });
  });

  describe.each(['the sweeper', 'cancel'] as const)('is settled by %s', (by) => {
    it.each([NEVER_SENT, EXECUTED])('as a cancel at PayPro after %s', async (kind) => {
      const { id } = await lostCancel(kind);
      expect(await settle(by, id)).toMatchObject({
        state: 'canceled',
        canceled_via: 'provider',
        operation: null,
      });
      expect(await deletes()).toHaveLength(2);
    });

    it('as a cancel at PayPro that the payer was faster than', async () => {
      const { id, checkoutUrl } = await lostCancel(NEVER_SENT);
      await pressOnPayPage(checkoutUrl, 'pay');
      await settle(by, id);
      // Its refusal is recorded first; only then is PayPro asked what it holds instead.
      const { body } = await eventually(
        () => payments.show(app, id),
        (seen) => textOf(seen.body, 'state') === 'paid',
      );
      expect(body).toMatchObject({ conflict: null, operation: null });
      expect(await booked(id)).toHaveLength(1);
    });
  });

  it('is looked for and not sent again while PayPro does not show it, for a day', async () => {
    const id = await lostCreate('paypro', NEVER_SENT);
    await moveOperation(app, id, `${OLD(23)}, next_attempt_at = now()`);
    await eventually(
      () => newestOperation(app, id),
      (operation) => Number(operation?.['attempts']) > 1 && operation?.['is_leased'] === false,
    );
    expect(await newestOperation(app, id)).toMatchObject({ state: 'unsettled' });
    await moveOperation(app, id, `${OLD(2)}, next_attempt_at = now()`);
    expect((await payments.settled(app, id)).body).toMatchObject({
      state: 'failed',
      error: { code: 'never_arrived' },
    });
    expect(await creates()).toHaveLength(1);
  });

  it('is never a capture that is sent after PayPal forgot its key', async () => {
    const id = await lostCapture(NEVER_SENT);
    await moveOperation(app, id, `${OLD(6)}, next_attempt_at = now()`);
    await inReview(app, id);
    expect((await payments.show(app, id)).body).toMatchObject({
      state: 'open',
      operation: { kind: 'capture', state: 'needs_review' },
    });
    expect(await captures()).toHaveLength(1);
    const other = await payments.command(app, id, 'cancel');
    payments.expectProblem(other, 409, 'operation_in_progress');
    expect(await sandboxOf(app).ledgerOf(id)).toEqual([]);
  });

  it('is found as paid even after PayPal forgot its key', async () => {
    const id = await lostCapture(EXECUTED);
    await moveOperation(app, id, OLD(6));
    expect(await settle('the sweeper', id)).toMatchObject({ state: 'paid', operation: null });
    expect(await captures()).toHaveLength(1);
  });

  it('is asked about less and less often while the provider is silent', async () => {
    const id = await lostCreate('paypal', NEVER_SENT);
    await fault('paypal', 'error_before', CREATE.paypal, 3);
    for (const [attempts, pauseS] of [
      [2, 10],
      [3, 30],
      [4, 120],
    ] as const) {
      await moveOperation(app, id, 'next_attempt_at = now()');
      const seen = await eventually(
        () => newestOperation(app, id),
        (operation) => operation?.['attempts'] === attempts && operation['is_leased'] === false,
      );
      expect(seen).toMatchObject({ state: 'unsettled' });
      expect(Math.abs(Number(seen?.['pause_s']) - pauseS)).toBeLessThan(3);
    }
    expect((await payments.show(app, id)).body).toMatchObject({ state: 'initialized' });
  });

  it('is left to who works on it', async () => {
    const id = await lostCapture(NEVER_SENT);
    const held = `lease_until = now() + interval '1 hour', next_attempt_at = now()`;
    await moveOperation(app, id, held);
    const other = await payments.command(app, id, 'cancel');
    payments.expectProblem(other, 409, 'operation_in_progress');
    expect(await parts.get(OperationsRepository).takeDue(10)).toEqual([]);
    expect(await newestOperation(app, id)).toMatchObject({ attempts: 1, state: 'unsettled' });
    expect(await captures()).toHaveLength(1);
  });

  it.each(['take', 'takeDue'] as const)('goes to exactly one of 20 that %s it', async (how) => {
    const id = await lostCapture(NEVER_SENT);
    const [row] = await app.query(
      `SELECT id FROM payments.operations WHERE payment_id = $1 AND state = 'unsettled'`,
      [uuidOf(id)],
    );
    // The app's own sweeper is one more taker of those that are due.
    if (how === 'takeDue') await moveOperation(app, id, 'next_attempt_at = now()');
    const operations = parts.get(OperationsRepository);
    const taken = await Promise.all(
      Array.from({ length: 20 }, async () =>
        how === 'take' ? operations.take(textOf(row, 'id')) : (await operations.takeDue(1))[0],
      ),
    );
    const winners = taken.filter((one) => one !== null && one !== undefined);
    expect(winners.length).toBeLessThan(2);
    if (how === 'take') expect(winners).toHaveLength(1);
    expect(await newestOperation(app, id)).toMatchObject({ attempts: 2 });
    await moveOperation(app, id, HIDDEN);
    await payments.settled(app, id);
  });

  it('settles once although 20 callers and the sweeper find it at the same time', async () => {
    const id = await lostCapture(EXECUTED);
    await moveOperation(app, id, 'next_attempt_at = now()');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => payments.command(app, id, 'approve')),
    );
    for (const answer of answers) expect(answer).toMatchObject({ status: 200 });
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
    expect(await booked(id)).toHaveLength(1);
    expect(await newestOperation(app, id)).toMatchObject({ attempts: 2, slot: 1 });
  });

  describe('or an order that PayPal does not know', () => {
    it('is lost and stays open while the payer could still agree', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'expire');
      const lost = await payments.command(app, id, 'approve');
      payments.expectProblem(lost, 409, 'payment_lost');
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'open' });
    });

    it('is expired when the time to agree is over', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'expire');
      await app.query(
        `UPDATE payments.payments SET created_at = created_at - interval '4 hours' WHERE id = $1`,
        [uuidOf(id)],
      );
      const seen = await call(app, 'POST', `/api/payments/${id}/refresh`, { key: app.keys.user });
      expect(seen).toMatchObject({ status: 200, body: { state: 'expired' } });
    });
  });
});
