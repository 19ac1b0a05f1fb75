import { showId } from '../../src/shared/id';
import { type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as world from '../support/integration-lost';
import { moveOperation, uuidOf } from '../support/integration-parts';
import { type ScriptedProxy } from '../support/integration-proxy';
import { listen } from '../support/notifications';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { numberOf, objectOf, textOf } from '../support/read';
import * as reviews from '../support/reviews';
import { sandboxOf } from '../support/sandbox';

const CLIENTS = 5;
const VOID = { method: 'POST', path: /\/void$/ };

/** A refusal that no list of PayPal's names. */
const A_NEW_NO = { status: 422, body: { name: 'X', details: [{ issue: 'HOLD_ON_HOLD' }] } };

describe('the events of a payment', () => {
  let lossy: world.LossyWorld;
  let app: TestApp;
  let proxy: ScriptedProxy;
  beforeAll(async () => {
    lossy = await world.startLossyWorld();
    ({ app, proxy } = lossy);
  });
  afterAll(() => lossy?.close());
  afterEach(async () => {
    proxy.forget();
    await sandboxOf(app).dropFaults();
  });

  async function eventsOf(id: string) {
    const rows = await app.query(
      `SELECT type, subject_seq, data FROM platform.events WHERE subject_id = $1 ORDER BY subject_seq, id`,
      [uuidOf(id)],
    );
    return rows.map((row) => ({
      type: textOf(row, 'type'),
      sequence: numberOf(row, 'subject_seq'),
      data: objectOf(row, 'data'),
    }));
  }

  /** Each event as `payment.paid test-user`. */
  async function told(id: string): Promise<readonly string[]> {
    return (await eventsOf(id)).map(({ type, data }) => `${type} ${textOf(data, 'actor')}`);
  }

  /** The events that tell of a failure; they say why, and never stand before what was told earlier. */
  async function failures(id: string) {
    const events = await eventsOf(id);
    for (const [at, event] of events.entries()) {
      const isFailure = event.type.endsWith('failed');
      expect({ ...event, isFailure }).toMatchObject({ isFailure: 'reason' in event.data });
      const before = events[at - 1];
      if (before) expect(event.sequence).toBeGreaterThanOrEqual(before.sequence);
    }
    return events.filter(({ data }) => 'reason' in data);
  }

  const as = (key: string, id: string, verb: string) =>
    call(app, 'POST', `/api/payments/${id}/${verb}`, { key });

  /** PayPal took the money, and its answer got lost. */
  async function lostApproval(): Promise<string> {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await world.failNext(app, 'paypal', { kind: 'drop_after', match: world.CAPTURE });
    return world.lost(app, await payments.command(app, id, 'approve'));
  }

  it('name who asked: for it, and for its end', async () => {
    const paid = await payments.makePressed(app, 'paypal', 'pay');
    payments.expectStatus(await as(app.keys.staff, paid.id, 'approve'), 200);
    expect(await told(paid.id)).toEqual([
      'payment.created test-user',
      'payment.open test-user',
      'payment.approvable test-staff',
      'payment.paid test-staff',
    ]);
    const [created] = await eventsOf(paid.id);
    expect(created?.data).toMatchObject({ state: 'initialized', customer: app.customers.user });
    const canceled = await payments.makePayment(app, 'paypro');
    payments.expectStatus(await as(app.keys.staff, canceled.id, 'cancel'), 200);
    expect((await told(canceled.id)).at(-1)).toBe('payment.canceled test-staff');
  });

  it('tell that the provider refused to create it, and why', async () => {
    const match = { method: 'POST', path_contains: '/payments' };
    await world.failNext(app, 'paypro', { kind: 'unauthorized', match });
    payments.expectStatus(await payments.create(app, { provider: 'paypro' }), 502);
    const [row] = await app.query(
      'SELECT id FROM payments.payments ORDER BY created_at DESC LIMIT 1',
    );
    const id = showId('pay', textOf(row, 'id'));
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.failed',
        data: {
          id,
          state: 'failed',
          customer: app.customers.user,
          actor: 'test-user',
          reason: { operation: 'create' },
        },
      },
    ]);
  });

  it('tell that it failed at the provider', async () => {
    const { id } = await payments.makePressed(app, 'paypro', 'decline');
    await payments.command(app, id, 'refresh');
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.failed',
        data: { state: 'failed', reason: { operation: null, code: 'failed' } },
      },
    ]);
  });

  it('tell once that an approval was declined, however many asked for it', async () => {
    const { id, checkoutUrl } = await payments.makePressed(app, 'paypal', 'decline');
    const delay = { kind: 'delay', match: world.CAPTURE, delay_ms: 1_000 };
    await sandboxOf(app).fault('paypal', delay);
    const clients = Array.from({ length: CLIENTS }, () => payments.command(app, id, 'approve'));
    for (const answer of await Promise.all(clients)) payments.expectStatus(answer, 409);
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.approval_failed',
        data: {
          id,
          state: 'open',
          customer: app.customers.user,
          actor: 'test-user',
          reason: { operation: 'capture', code: 'INSTRUMENT_DECLINED' },
        },
      },
    ]);
    await pressOnPayPage(checkoutUrl, 'pay');
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    expect((await told(id)).at(-1)).toBe('payment.paid test-user');
  });

  it('do not call it a failure that the payer has not agreed yet', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const early = await payments.command(app, id, 'approve');
    payments.expectProblem(early, 409, 'payment_not_approved');
    expect(await failures(id)).toEqual([]);
  });

  it('tell once that an approval waits for a person, and then what became of it', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    proxy.keepBack(world.AT_PROXY.capture);
    await world.lost(app, await payments.command(app, id, 'approve'));
    expect(await failures(id)).toEqual([]);
    await reviews.windowOver(app, id);
    const waiting = [
      {
        type: 'payment.approval_failed',
        data: {
          state: 'open',
          actor: 'test-user',
          reason: { operation: 'capture', code: 'repeat_window_over' },
        },
      },
    ];
    expect(await failures(id)).toMatchObject(waiting);
    payments.expectStatus(await reviews.resolve(app, id, { decision: 'failed' }), 200);
    expect(await failures(id)).toMatchObject(waiting);
  });

  it('tell that an approval was answered with another payment', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    await world.failNext(app, 'paypal', { kind: 'wrong_amount', match: world.CAPTURE });
    payments.expectStatus(await payments.command(app, id, 'approve'), 202);
    expect(await failures(id)).toMatchObject([
      { type: 'payment.approval_failed', data: { reason: { code: 'amount_mismatch' } } },
    ]);
    expect(await told(id)).toContain('payment.conflict test-user');
  });

  it('tell that a part of held money was not captured', async () => {
    const { id } = await payments.makeHeld(app, {}, 'decline');
    const declined = await payments.command(app, id, 'capture', { body: { amount: 400 } });
    payments.expectProblem(declined, 409, 'hold_refused');
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.capture_failed',
        data: { state: 'authorized', reason: { operation: 'capture', code: 'CAPTURE_DECLINED' } },
      },
    ]);
  });

  /** Without a notification nobody knows before the cancel is sent. */
  it('tell that a payment was not canceled, because the payer was faster', async () => {
    const { id } = await payments.makePayment(app, 'paypro');
    const { body } = await payments.show(app, id);
    await sandboxOf(app).setPayproState(textOf(body, 'provider_payment_id'), 'paid');
    payments.expectProblem(await payments.command(app, id, 'cancel'), 409, 'invalid_state');
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.cancellation_failed',
        data: { state: 'paid', actor: 'test-user', reason: { operation: 'cancel' } },
      },
    ]);
  });

  it('name who asked, also where somebody else learnt what became of it', async () => {
    const id = await lostApproval();
    payments.expectStatus(await as(app.keys.staff, id, 'refresh'), 200);
    expect((await told(id)).at(-1)).toBe('payment.paid test-user');
    const history = await app.query(
      `SELECT actor FROM payments.state_changes WHERE payment_id = $1 AND to_state = 'paid'`,
      [uuidOf(id)],
    );
    expect(history).toEqual([{ actor: 'test-user' }]);
  });

  it('tell that a hold was not set free, once, when a person has to look', async () => {
    const { id } = await payments.makeHeld(app);
    proxy.answer(VOID, A_NEW_NO, 2);
    await world.lost(app, await payments.command(app, id, 'cancel'));
    await moveOperation(app, id, `first_sent_at = first_sent_at - interval '20 hours'`);
    await reviews.windowOver(app, id);
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.cancellation_failed',
        data: {
          state: 'authorized',
          actor: 'test-user',
          reason: { operation: 'void', code: 'not_voided' },
        },
      },
    ]);
  });

  it('tell that a hold was over before it could be set free', async () => {
    const { id } = await payments.makeHeld(app);
    proxy.answer(VOID, A_NEW_NO);
    await world.lost(app, await payments.command(app, id, 'cancel'));
    await app.query(
      `UPDATE payments.payments SET authorization_expires_at = now() - interval '25 hours' WHERE id = $1`,
      [uuidOf(id)],
    );
    proxy.answer(world.AT_PROXY.read, world.ORDER_GONE);
    payments.expectStatus(await as(app.keys.staff, id, 'refresh'), 200);
    expect(await failures(id)).toMatchObject([
      {
        type: 'payment.cancellation_failed',
        data: { actor: 'test-user', reason: { operation: 'void', code: 'hold_over' } },
      },
    ]);
    expect((await told(id)).at(-1)).toBe('payment.expired test-staff');
  });

  describe('by a notification', () => {
    beforeAll(() => listen(app));

    it('name kassa where nobody asked', async () => {
      const { id, checkoutUrl } = await payments.makePayment(app, 'paypro');
      await pressOnPayPage(checkoutUrl, 'pay');
      expect(await paidLine(id)).toBe('payment.paid kassa');
    });

    it('name who asked, although no answer came', async () => {
      expect(await paidLine(await lostApproval())).toBe('payment.paid test-user');
    });

    async function paidLine(id: string): Promise<string | undefined> {
      const lines = await eventually(
        () => told(id),
        (seen) => seen.some((line) => line.startsWith('payment.paid')),
      );
      return lines.at(-1);
    }
  });
});
