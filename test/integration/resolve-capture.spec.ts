import { Client } from 'pg';
import { type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as world from '../support/integration-lost';
import { moveOperation, newestOperation, uuidOf } from '../support/integration-parts';
import { type ScriptedProxy } from '../support/integration-proxy';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, objectOf, textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';

const SETTLED = { operation: null, conflict: null };

describe('a capture that waits for a person', () => {
  let lossy: world.LossyWorld;
  let app: TestApp;
  let proxy: ScriptedProxy;
  beforeAll(async () => {
    lossy = await world.startLossyWorld();
    ({ app, proxy } = lossy);
  });
  afterAll(() => lossy?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(async () => {
    proxy.forget();
    await sandboxOf(app).dropFaults();
  });

  /** PayPal got nothing, unless the proxy delivers it after all. */
  async function overdue(): Promise<payments.Made> {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    proxy.keepBack(world.AT_PROXY.capture);
    await world.lost(app, await payments.command(app, made.id, 'approve'));
    await reviews.windowOver(app, made.id);
    return made;
  }

  /** PayPal took the money, and its answer showed another amount. */
  async function misread(): Promise<payments.Made> {
    const made = await payments.makePressed(app, 'paypal', 'pay');
    await world.failNext(app, 'paypal', { kind: 'wrong_amount', match: world.CAPTURE });
    payments.expectStatus(await payments.command(app, made.id, 'approve'), 202);
    return made;
  }

  async function captureKeys(): Promise<readonly (string | null)[]> {
    const calls = await sandboxOf(app).calls();
    return calls.filter(({ path }) => path.endsWith('/capture')).map(({ requestId }) => requestId);
  }

  const paid = { state: 'paid', captured_amount: 1000, ...SETTLED };

  describe('retried', () => {
    it('is sent again under its key, and the window counts from the decision', async () => {
      const { id } = await overdue();
      const resolved = await reviews.resolve(app, id, { decision: 'retry' });
      expect(resolved).toMatchObject({
        status: 200,
        body: { type: 'operation', kind: 'capture', state: 'succeeded', payment: id },
      });
      expect(resolved.body).toMatchObject({ payment_state: 'paid', error: null });
      expect((await payments.show(app, id)).body).toMatchObject(paid);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
      expect(new Set(await captureKeys()).size).toBe(1);
    });

    it('is asked about first, and not sent where the money was taken', async () => {
      const { id } = await overdue();
      await proxy.deliver();
      const before = (await captureKeys()).length;
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
      expect((await payments.show(app, id)).body).toMatchObject(paid);
      expect(await captureKeys()).toHaveLength(before);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('is settled by a right reading after a wrong one, without its conflict', async () => {
      const { id } = await misread();
      expect(await reviews.operationOf(app, id)).toMatchObject({
        state: 'needs_review',
        error: { code: 'amount_mismatch' },
        next_attempt_at: null,
        settled_at: null,
      });
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
      expect((await payments.show(app, id)).body).toMatchObject(paid);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('moves no money while the provider shows another amount', async () => {
      const { id } = await overdue();
      await world.failNext(app, 'paypal', { kind: 'wrong_amount', match: world.READ });
      const sent = (await captureKeys()).length;
      const resolved = await reviews.resolve(app, id, { decision: 'retry' });
      expect(resolved).toMatchObject({ status: 202, body: { state: 'needs_review' } });
      expect(await captureKeys()).toHaveLength(sent);
      expect((await payments.show(app, id)).body).toMatchObject({ conflict: 'amount_mismatch' });
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
      expect((await payments.show(app, id)).body).toMatchObject(paid);
      expect(await reviews.decisionsOn(app, id)).toEqual(['retry', 'retry']);
      expect(await reviews.reviewsTold(app, id)).toHaveLength(2);
    });

    it('is 202 while the provider says nothing, and settles by itself', async () => {
      const { id } = await overdue();
      await world.failNext(app, 'paypal', { kind: 'error_before', match: world.READ, times: 2 });
      const resolved = await reviews.resolve(app, id, { decision: 'retry' });
      expect(resolved).toMatchObject({ status: 202, body: { state: 'unsettled' } });
      const operation = textOf(resolved.body, 'id');
      expect(resolved.headers.location).toBe(`${app.url}/api/operations/${operation}`);
      expect(textOf(resolved.body, 'error', 'code')).not.toBe('repeat_window_over');
      expect((await payments.settled(app, id)).body).toMatchObject(paid);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
      expect(await reviews.operationOf(app, id)).toMatchObject({ state: 'succeeded', error: null });
    });

    it('is refused where the payer’s means of payment is declined by then', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'decline');
      proxy.keepBack(world.AT_PROXY.capture);
      await world.lost(app, await payments.command(app, id, 'approve'));
      await reviews.windowOver(app, id);
      const resolved = await reviews.resolve(app, id, { decision: 'retry' });
      expect(resolved).toMatchObject({ status: 200, body: { state: 'refused' } });
      expect(resolved.body).toMatchObject({ error: { code: 'INSTRUMENT_DECLINED' } });
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', ...SETTLED });
    });

    it('is left to the sweeper when the process dies after the decision', async () => {
      const { id } = await overdue();
      await app.query(
        `UPDATE payments.operations SET state = 'unsettled', review_decision = 'retry', reviewed_at = now(),
           next_attempt_at = now() WHERE payment_id = $1 AND state = 'needs_review'`,
        [uuidOf(id)],
      );
      expect((await payments.settled(app, id)).body).toMatchObject(paid);
    });
  });

  describe('called failed', () => {
    it('leaves the payment open for an approval in a new slot', async () => {
      const { id } = await overdue();
      const resolved = await reviews.resolve(app, id, { decision: 'failed' });
      expect(resolved).toMatchObject({
        status: 200,
        body: { state: 'refused', payment_state: 'open', error: { code: 'operation_given_up' } },
      });
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', ...SETTLED });
      payments.expectStatus(await payments.command(app, id, 'approve'), 200);
      expect(await newestOperation(app, id)).toMatchObject({ slot: 2, state: 'succeeded' });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('is refused while the provider shows the money', async () => {
      const { id, providerId } = await overdue();
      await proxy.deliver();
      const refused = await reviews.resolve(app, id, { decision: 'failed' });
      payments.expectProblem(refused, 409, 'provider_shows_it');
      expect(refused.body).toMatchObject({ provider_payment_id: providerId });
      expect(listOf(refused.body, 'captures')).toHaveLength(1);
      expect(await reviews.operationOf(app, id)).toMatchObject({
        state: 'needs_review',
        review: null,
      });
      expect(await reviews.decisionsOn(app, id)).toEqual([]);
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('changes nothing while the provider does not say', async () => {
      const { id } = await overdue();
      await world.failNext(app, 'paypal', { kind: 'error_before', match: world.READ, times: 2 });
      const before = await reviews.operationOf(app, id);
      const refused = await reviews.resolve(app, id, { decision: 'failed' });
      payments.expectProblem(refused, 503, 'provider_unavailable');
      expect(await reviews.operationOf(app, id)).toEqual(before);
      await sandboxOf(app).dropFaults();
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
    });

    it('ends a conflict by a wrong reading, so that the payment can be approved', async () => {
      const { id } = await overdue();
      await world.failNext(app, 'paypal', { kind: 'wrong_amount', match: world.READ });
      await payments.command(app, id, 'refresh');
      expect((await payments.show(app, id)).body).toMatchObject({ conflict: 'amount_mismatch' });
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'open', ...SETTLED });
      payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    });

    it('is what the approval’s own key answers from then on', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'pay');
      const headers = { 'idempotency-key': 'given-up' };
      proxy.keepBack(world.AT_PROXY.capture);
      await world.lost(app, await payments.command(app, id, 'approve', { headers }));
      await reviews.windowOver(app, id);
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
      const again = await payments.command(app, id, 'approve', { headers });
      payments.expectProblem(again, 409, 'operation_given_up');
    });
  });

  describe('linked', () => {
    it('takes over what the provider shows under the payment’s own id', async () => {
      const { id, providerId } = await overdue();
      await proxy.deliver();
      const link = { decision: 'link', provider_id: providerId };
      expect(await reviews.resolve(app, id, link)).toMatchObject({
        status: 200,
        body: { state: 'succeeded', payment_state: 'paid' },
      });
      expect((await payments.show(app, id)).body).toMatchObject(paid);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('is refused where the order is open: that tells nothing of a capture', async () => {
      const { id, providerId } = await overdue();
      const link = { decision: 'link', provider_id: providerId };
      const refused = await reviews.resolve(app, id, link);
      payments.expectProblem(refused, 422, 'link_mismatch');
      expect(refused.body).toMatchObject({ errors: [{ code: 'state' }] });
      expect(await reviews.decisionsOn(app, id)).toEqual([]);
    });
  });

  describe('of many people at once', () => {
    it.each([['retry'], ['failed']])('decides one: %s', async (decision) => {
      const { id } = await overdue();
      await sandboxOf(app).fault('paypal', { kind: 'delay', match: world.READ, delay_ms: 300 });
      const sent = Array.from({ length: 10 }, () => reviews.resolve(app, id, { decision }));
      const answers = await Promise.all(sent);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const one of answers.filter(({ status }) => status !== 200)) {
        expect(['operation_in_progress', 'operation_settled']).toContain(textOf(one.body, 'code'));
        expect(one.status).toBe(409);
      }
      expect(await reviews.decisionsOn(app, id)).toEqual([decision]);
    });

    it('decides one of retry and failed: the money moves once or not at all', async () => {
      for (let round = 0; round < 5; round++) {
        const { id } = await overdue();
        const both = ['retry', 'failed', 'retry', 'failed'];
        const sent = both.map((decision) => reviews.resolve(app, id, { decision }));
        const answers = await Promise.all(sent);
        for (const answer of answers) payments.expectStatus(answer, 200, 409);
        const [decision, ...others] = await reviews.decisionsOn(app, id);
        expect(others).toEqual([]);
        const count = decision === 'retry' ? 1 : 0;
        expect(await world.moneyOf(app, id)).toEqual({ booked: count, taken: count });
      }
    });
  });

  it('is left to the person who decides about it, until that one is gone', async () => {
    const { id } = await overdue();
    const lease = `UPDATE payments.operations SET lease_until = now() + $2::interval
      WHERE payment_id = $1 AND kind = 'capture'`;
    await app.query(lease, [uuidOf(id), '1 hour']);
    const refused = await reviews.resolve(app, id, { decision: 'retry' });
    payments.expectProblem(refused, 409, 'operation_in_progress');
    await app.query(lease, [uuidOf(id), '-1 second']);
    payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
  });

  it('is not decided about when it was settled while the provider was asked', async () => {
    const { id } = await overdue();
    const other = new Client(app.databaseUrl);
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query(
        `UPDATE payments.operations SET state = 'succeeded', settled_at = now()
         WHERE payment_id = $1 AND state = 'needs_review'`,
        [uuidOf(id)],
      );
      const resolving = reviews.resolve(app, id, { decision: 'failed' });
      const waiting = `SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await eventually(
        () => app.query(waiting),
        (rows) => rows.length > 0,
      );
      await other.query('COMMIT');
      payments.expectProblem(await resolving, 409, 'operation_in_progress');
    } finally {
      await other.end();
    }
    expect(await reviews.decisionsOn(app, id)).toEqual([]);
  });

  it('remembers who decided what, when and why', async () => {
    const { id } = await overdue();
    await reviews.resolve(app, id, { decision: 'retry' });
    const operation = await reviews.operationOf(app, id);
    expect(objectOf(operation, 'review')).toMatchObject({
      decision: 'retry',
      note: reviews.NOTE,
      by: 'test-staff',
    });
    const at = textOf(operation, 'review', 'at');
    expect(await reviews.reviewsTold(app, id)).toEqual([
      { at, kind: 'review', what: 'capture retry', actor: 'test-staff', details: { attempt: 3 } },
    ]);
    expect(app.log).toContainEqual({
      level: 'info',
      message: 'reviewed',
      operation: textOf(operation, 'id'),
      payment: id,
      kind: 'capture',
      decision: 'retry',
    });
  });

  it.each(['retry', 'failed'])('answers %s with the same key once more', async (decision) => {
    const { id } = await overdue();
    const headers = { 'idempotency-key': `twice-${decision}` };
    const first = await reviews.resolve(app, id, { decision }, headers);
    const again = await reviews.resolve(app, id, { decision }, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await reviews.decisionsOn(app, id)).toEqual([decision]);
    const other = await reviews.resolve(app, id, { decision, note: 'Another one.' }, headers);
    payments.expectProblem(other, 422, 'idempotency_key_reused');
  });

  it('is refused to people while it is being found out, and after it was settled', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await world.failNext(app, 'paypal', { kind: 'drop_before', match: world.CAPTURE });
    await world.lost(app, await payments.command(app, id, 'approve'));
    const early = await reviews.resolve(app, id, { decision: 'failed' });
    payments.expectProblem(early, 409, 'operation_in_progress');
    await moveOperation(app, id, 'next_attempt_at = now()');
    await payments.settled(app, id);
    const late = await reviews.resolve(app, id, { decision: 'failed' });
    payments.expectProblem(late, 409, 'operation_settled');
    expect(late.body).toMatchObject({ state: 'succeeded' });
    const path = `/api/operations/${await reviews.operationIdOf(app, id)}`;
    payments.expectStatus(await call(app, 'GET', path, { key: app.keys.staff }), 200);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
