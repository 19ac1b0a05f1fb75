import { startTestApp, type TestApp } from '../support/app';
import { type Answer } from '../support/http';
import * as world from '../support/integration-lost';
import { inReview, moveOperation, newestOperation } from '../support/integration-parts';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { type Fault, sandboxOf } from '../support/sandbox';
import { valueAt } from '../../src/shared/json';

const DAY_S = 86_400;
const SETTLED = { operation: null, conflict: null };

const AT = {
  authorize: { method: 'POST', path_contains: '/authorize' },
  capture: { method: 'POST', path_contains: '/capture' },
  reauthorize: { method: 'POST', path_contains: '/reauthorize' },
  void: { method: 'POST', path_contains: '/void' },
  read: { method: 'GET', path_contains: '/v2/checkout/orders' },
} satisfies Record<string, Fault['match']>;

/** Nothing was done; all was done and the answer got lost; all was done and the answer is an error. */
const FAULTS = ['drop_before', 'drop_after', 'error_after'] as const;

describe('a change of a hold that nobody finished', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(() => sandboxOf(app).dropFaults());

  type Verb = 'approve' | 'capture' | 'reauthorize' | 'cancel';
  const part = { amount: 400 };

  const send = (id: string, verb: Verb): Promise<Answer> =>
    payments.command(app, id, verb, { body: verb === 'capture' ? part : {} });

  async function lose(id: string, verb: Verb, fault: Pick<Fault, 'kind' | 'match'>) {
    const { kind, match } = fault;
    await world.failNext(app, 'paypal', { kind, match });
    return world.lost(app, await send(id, verb));
  }

  /** Lets the sweeper, or else a caller, find it; the payment once nothing is unsettled any more. */
  async function settle(by: 'the sweeper' | 'the same command', id: string, verb: Verb) {
    if (by === 'the same command') payments.expectStatus(await send(id, verb), 200);
    return (await payments.settled(app, id)).body;
  }

  const keysOf = async (path: RegExp) =>
    (await sandboxOf(app).calls())
      .filter((one) => one.method === 'POST' && path.test(one.path))
      .map(({ requestId }) => requestId);

  describe.each(['the sweeper', 'the same command'] as const)('is settled by %s', (by) => {
    it.each(FAULTS)('as an authorization after %s', async (kind) => {
      const { id } = await payments.makePressed(app, 'paypal', 'pay', { capture_method: 'manual' });
      await lose(id, 'approve', { kind, match: AT.authorize });
      expect(await settle(by, id, 'approve')).toMatchObject({
        state: 'authorized',
        authorization: { capturable_amount: 1000 },
        ...SETTLED,
      });
      expect(new Set(await keysOf(/\/authorize$/)).size).toBe(1);
      expect(await world.moneyOf(app, id)).toEqual({ booked: 0, taken: 0 });
    });

    it.each(FAULTS)('as a capture of a part after %s, taken once', async (kind) => {
      const { id } = await payments.makeHeld(app);
      await lose(id, 'capture', { kind, match: AT.capture });
      expect(await settle(by, id, 'capture')).toMatchObject({
        state: 'authorized',
        captured_amount: 400,
        authorization: { capturable_amount: 600 },
        ...SETTLED,
      });
      expect(new Set(await keysOf(/\/capture$/)).size).toBe(1);
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it.each(FAULTS)('as a second capture of the same amount after %s', async (kind) => {
      const { id } = await payments.makeHeld(app);
      payments.expectStatus(await send(id, 'capture'), 200);
      await lose(id, 'capture', { kind, match: AT.capture });
      expect(await settle(by, id, 'capture')).toMatchObject({
        state: 'authorized',
        captured_amount: 800,
        ...SETTLED,
      });
      expect(await world.moneyOf(app, id)).toEqual({ booked: 2, taken: 2 });
    });

    it.each(FAULTS)('as a void after %s', async (kind) => {
      const { id } = await payments.makeHeld(app);
      payments.expectStatus(await send(id, 'capture'), 200);
      await lose(id, 'cancel', { kind, match: AT.void });
      expect(await settle(by, id, 'cancel')).toMatchObject({
        state: 'paid',
        captured_amount: 400,
        canceled_via: 'void',
        ...SETTLED,
      });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it.each(FAULTS)('as a renewal after %s', async (kind) => {
      const { id } = await payments.makeHeld(app);
      await sandboxOf(app).advanceClock(4 * DAY_S);
      const before = textOf((await payments.show(app, id)).body, 'authorization', 'id');
      await lose(id, 'reauthorize', { kind, match: AT.reauthorize });
      const body = await settle(by, id, 'reauthorize');
      expect(body).toMatchObject({ state: 'authorized', ...SETTLED });
      expect(textOf(body, 'authorization', 'id')).not.toBe(before);
      expect(new Set(await keysOf(/\/reauthorize$/)).size).toBe(1);
    });
  });

  it('is settled by another command first, which then does its own', async () => {
    const { id } = await payments.makeHeld(app);
    await lose(id, 'capture', { kind: 'drop_after', match: AT.capture });
    const more = await payments.command(app, id, 'capture', { body: { amount: 300 } });
    expect(more).toMatchObject({ status: 200, body: { captured_amount: 700 } });
    expect(await world.moneyOf(app, id)).toEqual({ booked: 2, taken: 2 });
  });

  it('is settled by the same command with a key of its own first, which then does its own', async () => {
    const { id } = await payments.makeHeld(app);
    const keyed = (key: string) =>
      payments.command(app, id, 'capture', { body: part, headers: { 'idempotency-key': key } });
    await world.failNext(app, 'paypal', { kind: 'drop_after', match: AT.capture });
    await world.lost(app, await keyed(`${id}-a`));
    expect(await keyed(`${id}-b`)).toMatchObject({ status: 200, body: { captured_amount: 800 } });
    expect(await keyed(`${id}-a`)).toMatchObject({ status: 200, body: { captured_amount: 800 } });
    expect(await world.moneyOf(app, id)).toEqual({ booked: 2, taken: 2 });
  });

  it('is settled by a bell that shows the capture', async () => {
    const { id } = await payments.makeHeld(app);
    await lose(id, 'capture', { kind: 'drop_after', match: AT.capture });
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({
      captured_amount: 400,
      ...SETTLED,
    });
    expect(await newestOperation(app, id)).toMatchObject({ kind: 'capture', state: 'succeeded' });
  });

  it('is refused when the hold ended before PayPal got the capture', async () => {
    const { id } = await payments.makeHeld(app);
    await lose(id, 'capture', { kind: 'drop_before', match: AT.capture });
    await sandboxOf(app).advanceClock(29 * DAY_S);
    expect((await payments.settled(app, id)).body).toMatchObject({ state: 'expired', ...SETTLED });
    expect(await newestOperation(app, id)).toMatchObject({ kind: 'capture', state: 'refused' });
    expect(await world.moneyOf(app, id)).toEqual({ booked: 0, taken: 0 });
  });

  it('takes no money while PayPal shows another amount, and calls for a person', async () => {
    const { id } = await payments.makeHeld(app);
    await lose(id, 'capture', { kind: 'drop_before', match: AT.capture });
    await world.failNext(app, 'paypal', { kind: 'wrong_amount', match: AT.read });
    await moveOperation(app, id, 'next_attempt_at = now()');
    const waiting = await inReview(app, id);
    expect(waiting).toMatchObject({ kind: 'capture', error_code: 'amount_mismatch' });
    expect(await world.moneyOf(app, id)).toEqual({ booked: 0, taken: 0 });
    payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
    expect((await payments.show(app, id)).body).toMatchObject({ captured_amount: 400, ...SETTLED });
    expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
  });

  describe('and that PayPal would no longer recognise', () => {
    const OLD = `first_sent_at = first_sent_at - interval '45 days', next_attempt_at = now()`;

    async function overdue(): Promise<string> {
      const { id } = await payments.makeHeld(app);
      await lose(id, 'capture', { kind: 'drop_before', match: AT.capture });
      await moveOperation(app, id, OLD);
      await inReview(app, id);
      return id;
    }

    it('waits for a person and is never sent by itself', async () => {
      const id = await overdue();
      const refused = await payments.command(app, id, 'capture', { body: part });
      payments.expectStatus(refused, 202, 409);
      expect(await world.moneyOf(app, id)).toEqual({ booked: 0, taken: 0 });
    });

    it('is taken once when it is retried', async () => {
      const id = await overdue();
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'retry' }), 200);
      expect((await payments.show(app, id)).body).toMatchObject({
        captured_amount: 400,
        ...SETTLED,
      });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('can be called failed, and another capture is another one', async () => {
      const id = await overdue();
      payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
      expect((await payments.show(app, id)).body).toMatchObject({
        state: 'authorized',
        captured_amount: 0,
        ...SETTLED,
      });
      payments.expectStatus(await send(id, 'capture'), 200);
      expect(await newestOperation(app, id)).toMatchObject({ slot: 2, state: 'succeeded' });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });
  });

  it('cannot be called failed while PayPal shows the capture', async () => {
    const { id } = await payments.makeHeld(app);
    await world.failNext(app, 'paypal', { kind: 'drop_after', match: AT.capture });
    const answer = await send(id, 'capture');
    payments.expectStatus(answer, 202);
    expect(valueAt(answer.body, 'operation', 'kind')).toBe('capture');
    await app.query(
      `UPDATE payments.operations SET state = 'needs_review', lease_until = now() WHERE id = (
         SELECT id FROM payments.operations WHERE state = 'unsettled' ORDER BY created_at DESC LIMIT 1)`,
    );
    const refused = await reviews.resolve(app, id, { decision: 'failed' });
    payments.expectProblem(refused, 409, 'provider_shows_it');
    const providerId = textOf((await payments.show(app, id)).body, 'provider_payment_id');
    const linked = await reviews.resolve(app, id, { decision: 'link', provider_id: providerId });
    payments.expectStatus(linked, 200);
    expect((await payments.show(app, id)).body).toMatchObject({ captured_amount: 400, ...SETTLED });
    expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
