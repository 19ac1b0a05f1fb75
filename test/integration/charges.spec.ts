import { valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, eventually } from '../support/http';
import { moneyOf, ONCE } from '../support/integration-lost';
import {
  ageOperation,
  inReview,
  moveOperation,
  newestOperation,
  uuidOf,
} from '../support/integration-parts';
import * as mandates from '../support/mandates';
import { listen, unlisten } from '../support/notifications';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';

const CHARGE = { method: 'POST', path_contains: '/payments' };
const LOOK = { method: 'GET', path_contains: '/payments' };
const LOST = ['drop_before', 'drop_after', 'error_after', 'garbage'] as const;
/** Of those, what PayPro carried out all the same. */
const MADE: readonly string[] = ['drop_after', 'error_after', 'garbage'];

describe('a charge whose outcome is unknown', () => {
  let app: TestApp;
  let owner: mandates.Charge;
  beforeAll(async () => {
    app = await startTestApp();
    const customer = await mandates.newCustomer(app);
    owner = { customer, mandate: await mandates.makeCardMandate(app, customer) };
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(async () => {
    await sandboxOf(app).dropFaults();
    // A charge that is to wait for a person would be settled by the notification of it.
    await unlisten(app);
  });

  const stateOf = async (id: string) => (await payments.show(app, id)).body;

  const resolve = (id: string, decision: string, provider_id?: string) =>
    reviews.resolve(app, id, { decision, ...(provider_id === undefined ? {} : { provider_id }) });

  async function sent(): Promise<number> {
    const calls = await sandboxOf(app).calls();
    return calls.filter(({ method, path }) => method === 'POST' && path === '/payments').length;
  }

  /** The only payment at PayPro that names ours. */
  async function heldAtPaypro(id: string): Promise<unknown> {
    const listed = await mandates.asPaypro(app, { method: 'GET', path: '/payments?limit=100' });
    return listOf(listed.body, 'data').find((one) => JSON.stringify(one).includes(id));
  }

  /** A charge of which no answer came; nobody looks for it before a test goes on. */
  async function lostCharge(
    kind: string,
    { headers = {}, on = owner }: { headers?: Record<string, string>; on?: mandates.Charge } = {},
  ): Promise<{ id: string; answer: Answer }> {
    await sandboxOf(app).fault('paypro', { kind, match: CHARGE });
    const answer = await mandates.charge(app, on, { headers });
    payments.expectStatus(answer, 202);
    const id = textOf(answer.body, 'id');
    await moveOperation(app, id, `next_attempt_at = now() + interval '1 hour'`);
    return { id, answer };
  }

  /** A charge that waits for a person. */
  async function parked(kind: string, on = owner, headers = {}): Promise<string> {
    const isMade = MADE.includes(kind);
    const silent = { kind: 'error_before', match: LOOK, times: 100 };
    if (isMade) await sandboxOf(app).fault('paypro', silent);
    const { id } = await lostCharge(kind, { on, headers });
    // PayPro does not show it for so long, and so often, that nobody looks any more.
    if (isMade) await moveOperation(app, id, 'attempts = 30');
    await ageOperation(app, id, isMade ? '25 hours' : '11 minutes');
    await inReview(app, id);
    await sandboxOf(app).dropFaults();
    return id;
  }

  it.each(LOST)('is 202 after %s, and says what is not settled', async (kind) => {
    const { id, answer } = await lostCharge(kind);
    expect(answer.headers.location).toBe(`${app.url}/api/payments/${id}`);
    expect(answer.body).toMatchObject({
      state: 'initialized',
      checkout_url: null,
      operation: { kind: 'charge', state: 'unsettled' },
    });
  });

  it.each(MADE)('is found by our reference after %s, and was sent once', async (kind) => {
    const { id } = await lostCharge(kind);
    expect((await payments.settled(app, id)).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      conflict: null,
    });
    expect(await sent()).toBe(1);
    expect(await moneyOf(app, id)).toEqual(ONCE);
  });

  it('is looked for, for ten minutes, and then waits for a person', async () => {
    const { id } = await lostCharge('drop_before');
    await ageOperation(app, id, '9 minutes');
    await eventually(
      () => newestOperation(app, id),
      (seen) => seen?.['attempts'] === 2 && seen['is_leased'] === false,
    );
    expect(await newestOperation(app, id)).toMatchObject({
      state: 'unsettled',
      error_code: 'charge_not_shown',
    });
    await ageOperation(app, id, '11 minutes');
    await inReview(app, id);
    expect(await stateOf(id)).toMatchObject({
      state: 'initialized',
      operation: { kind: 'charge', state: 'needs_review' },
    });
    expect(await sent()).toBe(1);
    const told = await app.query(
      `SELECT type, data -> 'reason' ->> 'operation' AS operation FROM platform.events
       WHERE subject_id = $1 ORDER BY subject_seq, id`,
      [uuidOf(id)],
    );
    expect(told.slice(1)).toEqual([{ type: 'payment.approval_failed', operation: 'charge' }]);
  });

  it('has not failed after two days', async () => {
    const { id } = await lostCharge('drop_before');
    await ageOperation(app, id, '2 days');
    await inReview(app, id);
    expect(await stateOf(id)).toMatchObject({ state: 'initialized', error: null });
  });

  it('is not taken for missing while PayPro does not say what it holds', async () => {
    const { id } = await lostCharge('drop_after');
    await sandboxOf(app).fault('paypro', { kind: 'error_before', match: LOOK, times: 1 });
    await ageOperation(app, id, '2 hours');
    await eventually(
      () => newestOperation(app, id),
      (seen) => seen?.['attempts'] === 2 && seen['is_leased'] === false,
    );
    expect(await newestOperation(app, id)).toMatchObject({ state: 'unsettled' });
    expect((await payments.settled(app, id)).body).toMatchObject({ state: 'paid' });
  });

  it('is not sent again by its Idempotency-Key, an approve, a cancel or a refresh', async () => {
    const headers = { 'idempotency-key': 'charge-lost' };
    const { id } = await lostCharge('drop_before', { headers });
    const again = await mandates.charge(app, owner, { headers });
    expect(again).toMatchObject({ status: 202, body: { id } });
    for (const verb of ['approve', 'cancel'] as const) {
      payments.expectProblem(await payments.command(app, id, verb), 409, 'operation_in_progress');
    }
    payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
    expect(await sent()).toBe(1);
    expect(await stateOf(id)).toMatchObject({ state: 'initialized' });
  });

  it('is settled by an approve that finds it', async () => {
    const { id } = await lostCharge('drop_after');
    expect(await payments.command(app, id, 'approve')).toMatchObject({
      status: 200,
      body: { state: 'paid', operation: null },
    });
    expect(await moneyOf(app, id)).toEqual(ONCE);
  });

  it('is failed at once where nothing was sent, and the key may be used again', async () => {
    const headers = { 'idempotency-key': 'charge-slow' };
    await sandboxOf(app).fault('paypro', { kind: 'rate_limit', match: CHARGE });
    const refused = await mandates.charge(app, owner, { headers });
    payments.expectProblem(refused, 503, 'provider_unavailable');
    expect(await stateOf(textOf(refused.body, 'payment'))).toMatchObject({ state: 'failed' });
    payments.expectStatus(await mandates.charge(app, owner, { headers }), 201);
  });

  it('waits for a person when PayPro shows another amount', async () => {
    await sandboxOf(app).fault('paypro', { kind: 'wrong_amount', match: CHARGE });
    const odd = await mandates.charge(app, owner);
    expect(odd.body).toMatchObject({
      conflict: 'amount_mismatch',
      operation: { kind: 'charge', state: 'needs_review' },
    });
    const id = textOf(odd.body, 'id');
    payments.expectStatus(await resolve(id, 'retry'), 200);
    expect(await stateOf(id)).toMatchObject({ state: 'paid', conflict: null, operation: null });
    expect(await sent()).toBe(1);
    expect(await moneyOf(app, id)).toEqual(ONCE);
  });

  describe('when a person decides', () => {
    it('to retry, is found and not sent again where PayPro shows it', async () => {
      const id = await parked('drop_after');
      payments.expectStatus(await resolve(id, 'retry'), 200);
      expect(await stateOf(id)).toMatchObject({ state: 'paid', operation: null });
      expect(await sent()).toBe(1);
      expect(await moneyOf(app, id)).toEqual(ONCE);
    });

    it('to retry, is sent once more where PayPro shows nothing', async () => {
      const id = await parked('drop_before');
      payments.expectStatus(await resolve(id, 'retry'), 200);
      expect(await stateOf(id)).toMatchObject({ state: 'paid', operation: null });
      expect(await sent()).toBe(2);
      expect(await moneyOf(app, id)).toEqual(ONCE);
    });

    it('to retry, is not sent while PayPro does not say what it holds', async () => {
      const id = await parked('drop_before');
      await sandboxOf(app).fault('paypro', { kind: 'error_before', match: LOOK });
      expect(await resolve(id, 'retry')).toMatchObject({
        status: 202,
        body: { state: 'unsettled', kind: 'charge' },
      });
      expect(await sent()).toBe(1);
    });

    it('to retry and gets no answer again, is looked for and never sent by itself', async () => {
      const id = await parked('drop_before');
      await sandboxOf(app).fault('paypro', { kind: 'drop_before', match: CHARGE });
      expect(await resolve(id, 'retry')).toMatchObject({ status: 202 });
      expect(await sent()).toBe(2);
      await app.query(
        `UPDATE payments.operations SET reviewed_at = now() - interval '11 minutes', next_attempt_at = now()
         WHERE payment_id = $1`,
        [uuidOf(id)],
      );
      await inReview(app, id);
      expect(await sent()).toBe(2);
      expect(await stateOf(id)).toMatchObject({ state: 'initialized' });
    });

    it.each(['unauthorized', 'rate_limit'])(
      'to retry and is refused with %s, says nothing of the first one',
      async (kind) => {
        const id = await parked('drop_before');
        await sandboxOf(app).fault('paypro', { kind, match: CHARGE });
        expect(await resolve(id, 'retry')).toMatchObject({
          status: 202,
          body: { state: 'unsettled' },
        });
        expect(await stateOf(id)).toMatchObject({ state: 'initialized' });
      },
    );

    it('to retry a mandate that PayPro takes no more, says nothing of the first one', async () => {
      const id = await parked('drop_before');
      await sandboxOf(app).setMandateState(owner.mandate, 'pending');
      expect(await resolve(id, 'retry')).toMatchObject({
        status: 202,
        body: { state: 'unsettled' },
      });
      expect(await stateOf(id)).toMatchObject({ state: 'initialized' });
      await sandboxOf(app).setMandateState(owner.mandate, 'approved');
    });

    it('to link it, takes over the payment that was found', async () => {
      const id = await parked('drop_after');
      const there = textOf(await heldAtPaypro(id), 'id');
      payments.expectStatus(await resolve(id, 'link', there), 200);
      expect(await stateOf(id)).toMatchObject({ state: 'paid', provider_payment_id: there });
      expect(await moneyOf(app, id)).toEqual(ONCE);
    });

    it('to link it, takes over no payment of another reference', async () => {
      const id = await parked('drop_before');
      const other = await mandates.charge(app, owner);
      const there = textOf(other.body, 'provider_payment_id');
      payments.expectProblem(await resolve(id, 'link', there), 409, 'provider_id_taken');
    });

    it('that it failed, is contradicted where PayPro shows it', async () => {
      const id = await parked('drop_after');
      payments.expectProblem(await resolve(id, 'failed'), 409, 'provider_shows_it');
      expect(await stateOf(id)).toMatchObject({ state: 'initialized' });
    });

    it('that it failed, has failed where PayPro shows nothing', async () => {
      const id = await parked('drop_before');
      payments.expectStatus(await resolve(id, 'failed'), 200);
      expect(await stateOf(id)).toMatchObject({
        state: 'failed',
        operation: null,
        error: { code: 'operation_given_up' },
      });
      expect(await payments.story(app, id)).toContain('review: charge failed');
    });
  });

  describe('that the lists of PayPro cannot show', () => {
    const word = { decision: 'failed', checked_at_provider: true };

    /** A charge that waits for a person, beside one that is listed without our reference. */
    async function unlisted(kind: string, on = owner, headers = {}): Promise<string> {
      payments.expectStatus(await mandates.charge(app, owner), 201);
      const id = await parked(kind, on, headers);
      await sandboxOf(app).fault('paypro', { kind: 'no_metadata', match: LOOK, times: 100 });
      return id;
    }

    it('has failed only by the word of somebody who looked elsewhere', async () => {
      const id = await unlisted('drop_before');
      const refused = await resolve(id, 'failed');
      payments.expectProblem(refused, 409, 'provider_cannot_tell');
      expect(textOf(refused.body, 'detail')).toContain('`checked_at_provider`');
      expect(await newestOperation(app, id)).toMatchObject({ state: 'needs_review' });
      payments.expectStatus(await reviews.resolve(app, id, word), 200);
      expect(await stateOf(id)).toMatchObject({ state: 'failed', operation: null, conflict: null });
    });

    it('is contradicted where the lists show it after all, whoever gives a word', async () => {
      const id = await unlisted('drop_after');
      await sandboxOf(app).dropFaults();
      payments.expectProblem(await reviews.resolve(app, id, word), 409, 'provider_shows_it');
    });

    it('does not fail by a word while PayPro does not answer', async () => {
      const id = await unlisted('drop_before');
      await sandboxOf(app).dropFaults();
      await sandboxOf(app).fault('paypro', { kind: 'error_before', match: LOOK });
      const refused = await reviews.resolve(app, id, word);
      payments.expectProblem(refused, 503, 'provider_unavailable');
      expect(textOf(refused.body, 'detail')).not.toContain('checked_at_provider');
    });

    it('is booked, and a conflict, where it appears after it was called failed', async () => {
      const { customer } = owner;
      const mandate = await mandates.makeMandate(app, customer);
      const key = { 'idempotency-key': 'given-up-and-paid' };
      const id = await unlisted('drop_after', { customer, mandate }, key);
      payments.expectStatus(await reviews.resolve(app, id, word), 200);
      await sandboxOf(app).dropFaults();
      const there = textOf(await heldAtPaypro(id), 'id');
      await listen(app);
      await sandboxOf(app).setPayproState(there, 'paid');
      const seen = await eventually(
        () => payments.show(app, id),
        ({ body }) => valueAt(body, 'conflict') !== null,
      );
      expect(seen.body).toMatchObject({ conflict: 'paid_after_failed', captured_amount: 1000 });
      // Whoever was told that it did not happen would ask for the money once more.
      const repeated = await mandates.charge(app, { customer, mandate }, { headers: key });
      expect(repeated.body).toMatchObject({ id, state: 'paid' });
      expect(await moneyOf(app, id)).toEqual(ONCE);
    });

    it.each(['retry', 'link'])('takes no such word with %s', async (decision) => {
      const id = await parked('drop_before');
      const provider_id = decision === 'link' ? 'PP1' : null;
      const told = { decision, provider_id, checked_at_provider: true };
      const refused = await reviews.resolve(app, id, told);
      payments.expectProblem(refused, 422, 'invalid_request');
      expect(valueAt(refused.body, 'errors', 0)).toMatchObject({
        pointer: '/checked_at_provider',
        code: 'excludes',
      });
    });
  });

  it('is settled by the notification of it, also while it waits for a person', async () => {
    const { customer } = owner;
    const mandate = await mandates.makeMandate(app, customer);
    const id = await parked('drop_after', { customer, mandate });
    const there = textOf(await heldAtPaypro(id), 'id');
    await listen(app);
    await sandboxOf(app).setPayproState(there, 'paid');
    const settled = await eventually(
      () => payments.show(app, id),
      ({ body }) => textOf(body, 'state') === 'paid',
    );
    expect(settled.body).toMatchObject({ operation: null, conflict: null });
    expect(await moneyOf(app, id)).toEqual(ONCE);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
