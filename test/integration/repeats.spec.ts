import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SettleRefused } from '../../src/modules/payments/actions/settle-refused';
import { OperationsRepository } from '../../src/modules/payments/storage/operations.repository';
import { type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import * as world from '../support/integration-lost';
import { moveOperation, newestOperation, openParts, uuidOf } from '../support/integration-parts';
import { type ScriptedProxy } from '../support/integration-proxy';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { type Gateway, sandboxOf } from '../support/sandbox';

const DELETE = { method: 'DELETE' };
const OLD = `first_sent_at = first_sent_at - interval '2 hours'`;

describe('a repeat', () => {
  let lossy: world.LossyWorld;
  let app: TestApp;
  let proxy: ScriptedProxy;
  let parts: NestFastifyApplication;
  beforeAll(async () => {
    lossy = await world.startLossyWorld();
    ({ app, proxy } = lossy);
    parts = await openParts(app);
  });
  afterAll(async () => {
    await parts?.close();
    await lossy?.close();
  });
  beforeEach(() => sandboxOf(app).clearCalls());
  afterEach(async () => {
    proxy.forget();
    await proxy.listen();
    await sandboxOf(app).dropFaults();
  });

  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

  async function sentTo(path: RegExp): Promise<readonly (string | null)[]> {
    const calls = await sandboxOf(app).calls();
    return calls
      .filter((one) => one.method === 'POST' && path.test(one.path))
      .map(({ requestId }) => requestId);
  }

  const failPaypal = (kind: string, match: object, times: number) =>
    world.failNext(app, 'paypal', { kind, match, times });

  /** How the repeat of a capture gets nowhere, and the code that is kept of it. */
  const TROUBLES: Readonly<Record<string, { begin: () => unknown; code: RegExp }>> = {
    'is told to slow down': {
      begin: () => failPaypal('rate_limit', world.CAPTURE, 1),
      code: /RATE_LIMIT/,
    },
    'is not let in, with a new token neither': {
      begin: () => failPaypal('unauthorized', world.CAPTURE, 2),
      code: /AUTH|invalid_token|401/i,
    },
    'finds nobody who listens': {
      begin: () => proxy.leaveAfter(world.AT_PROXY.read),
      code: /^ECONNREFUSED$/,
    },
    'finds no such order': {
      begin: () => proxy.answer(world.AT_PROXY.capture, world.ORDER_GONE),
      code: /INVALID_RESOURCE_ID/,
    },
    'cannot read the order, which is not there': {
      begin: () => proxy.answer(world.AT_PROXY.read, world.ORDER_GONE),
      code: /INVALID_RESOURCE_ID/,
    },
  };

  describe.each(Object.entries(TROUBLES))('of a capture that %s', (_, trouble) => {
    it.each(['arrives late', 'never arrives'])('says nothing: the first try %s', async (fate) => {
      const { id } = await payments.makePressed(app, 'paypal', 'pay');
      proxy.keepBack(world.AT_PROXY.capture);
      await world.lost(app, await payments.command(app, id, 'approve'));
      await trouble.begin();
      const canceled = await payments.command(app, id, 'cancel');
      payments.expectProblem(canceled, 409, 'operation_in_progress');
      const kept = await newestOperation(app, id);
      expect(kept).toMatchObject({ kind: 'capture', state: 'unsettled', attempts: 2 });
      expect(textOf(kept, 'error_code')).toMatch(trouble.code);
      expect((await payments.show(app, id)).body).toMatchObject({
        state: 'open',
        operation: { kind: 'capture', state: 'unsettled' },
      });
      await proxy.listen();
      if (fate === 'arrives late') await proxy.deliver();
      expect((await payments.settled(app, id)).body).toMatchObject({
        state: 'paid',
        captured_amount: 1000,
        conflict: null,
      });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
      expect(new Set(await sentTo(/\/capture$/)).size).toBe(1);
    });
  });

  it.each([
    ['paypal', 'rate_limit', world.CREATE, 1],
    ['paypal', 'unauthorized', world.CREATE, 2],
    ['paypro', 'rate_limit', { method: 'GET' }, 1],
    ['paypro', 'unauthorized', { method: 'GET' }, 1],
  ] as const)('of a create at %s is no failure after %s', async (gateway, kind, match, times) => {
    const asked = { provider: gateway, description: `create ${gateway} ${kind}` };
    const { headers } = keyed(asked.description.replaceAll(' ', '-'));
    const post = { paypal: world.CREATE, paypro: { method: 'POST', path_contains: '/payments' } }[
      gateway
    ];
    await world.failNext(app, gateway, { kind: 'drop_after', match: post });
    const id = await world.lost(app, await payments.create(app, asked, headers));
    await world.failNext(app, gateway, { kind, match, times });
    expect(await world.sweptTo(app, id, 2)).toMatchObject({ state: 'unsettled' });
    const during = await payments.create(app, asked, headers);
    expect(during).toMatchObject({ status: 202, body: { id, state: 'initialized' } });
    expect((await payments.settled(app, id)).body).toMatchObject({ state: 'open', error: null });
    const after = await payments.create(app, asked, headers);
    expect(after).toMatchObject({ status: 201, body: { id, state: 'open' } });
    expect(after.headers['idempotent-replayed']).toBe('true');
    const made = 'SELECT id FROM payments.payments WHERE description = $1';
    expect(await app.query(made, [asked.description])).toHaveLength(1);
    const sent = await sentTo(gateway === 'paypal' ? /\/orders$/ : /\/payments$/);
    if (gateway === 'paypal') expect(new Set(sent).size).toBe(1);
    else expect(sent).toHaveLength(1);
  });

  describe('of a cancel that the payer was faster than', () => {
    it('with the same key answers like the first', async () => {
      const { id } = await payments.makePressed(app, 'paypro', 'pay');
      for (let at = 0; at < 2; at++) {
        const refused = await payments.command(app, id, 'cancel', keyed('cancel-paid'));
        payments.expectProblem(refused, 409, 'invalid_state');
        expect(refused.body).toMatchObject({ state: 'paid' });
      }
      expect((await payments.show(app, id)).body).toMatchObject({ state: 'paid', conflict: null });
    });

    it('at the same time answers like the first', async () => {
      const { id } = await payments.makePressed(app, 'paypro', 'pay');
      // Long enough for whoever waits to see the refusal before PayPro says what it holds instead.
      const slow = { kind: 'delay', match: { method: 'GET' }, times: 2, delay_ms: 600 };
      await sandboxOf(app).fault('paypro', slow);
      const cancels = [1, 2].map(() => payments.command(app, id, 'cancel'));
      for (const refused of await Promise.all(cancels)) {
        payments.expectProblem(refused, 409, 'invalid_state');
        expect(refused.body).toMatchObject({ state: 'paid' });
      }
    });
  });

  describe('as an approve that finds a cancel which nobody finished', () => {
    async function lostCancel(kind: string): Promise<payments.Made> {
      const made = await payments.makePayment(app, 'paypro');
      await world.failNext(app, 'paypro', { kind, match: DELETE });
      await world.lost(app, await payments.command(app, made.id, 'cancel'));
      return made;
    }

    it('says paid where the payer was faster', async () => {
      const { id, checkoutUrl } = await lostCancel('drop_before');
      await pressOnPayPage(checkoutUrl, 'pay');
      const approved = await payments.command(app, id, 'approve');
      expect(approved).toMatchObject({ status: 200, body: { state: 'paid', operation: null } });
      expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
    });

    it('says that a canceled payment cannot be approved', async () => {
      const { id } = await lostCancel('drop_after');
      const refused = await payments.command(app, id, 'approve');
      payments.expectProblem(refused, 409, 'invalid_state');
      expect(textOf(refused.body, 'detail')).toMatch(/canceled cannot be approved/);
    });

    it('waits while nobody knows', async () => {
      const { id } = await lostCancel('drop_before');
      await world.failNext(app, 'paypro', { kind: 'rate_limit', match: DELETE });
      const refused = await payments.command(app, id, 'approve');
      payments.expectProblem(refused, 409, 'operation_in_progress');
      expect((await payments.settled(app, id)).body).toMatchObject({ state: 'canceled' });
    });
  });

  it('as often as callers like does not push the next look away', async () => {
    const id = await world.lostCapture(app);
    await failPaypal('rate_limit', world.READ, 100);
    for (let attempts = 2; attempts <= 13; attempts++) {
      expect((await payments.command(app, id, 'approve')).status).toBe(202);
      const seen = await newestOperation(app, id);
      expect(seen).toMatchObject({ state: 'unsettled' });
      // Where all of this takes long, the program looked by itself meanwhile.
      expect(Number(seen?.['attempts'])).toBeGreaterThanOrEqual(attempts);
      expect(Number(seen?.['pause_s'])).toBeLessThanOrEqual(120);
    }
    await moveOperation(app, id, OLD);
    expect((await payments.command(app, id, 'approve')).status).toBe(202);
    expect(Number((await newestOperation(app, id))?.['pause_s'])).toBeGreaterThan(600);
    await sandboxOf(app).dropFaults();
    expect((await payments.settled(app, id)).body).toMatchObject({ state: 'paid' });
  });

  describe('that overtook an older attempt', () => {
    const TROUBLE = { code: 'late', message: 'From the older attempt.', reference: null };

    async function overtaken(gateway: Gateway, key: string) {
      const match = { method: 'POST' };
      await world.failNext(app, gateway, { kind: 'drop_before', match });
      const asked = { provider: gateway };
      const id = await world.lost(app, await payments.create(app, asked, keyed(key).headers));
      const operations = parts.get(OperationsRepository);
      const [row] = await app.query('SELECT id FROM payments.operations WHERE payment_id = $1', [
        uuidOf(id),
      ]);
      const older = await operations.find(textOf(row, 'id'));
      const newer = await operations.take(textOf(row, 'id'));
      if (!older || !newer) throw new Error('the operation was not taken');
      return { id, asked, operations, older, newer };
    }

    const held = (id: string) =>
      app.query(
        `SELECT state, attempts, refusal, error_code, lease_until, next_attempt_at
         FROM payments.operations WHERE payment_id = $1`,
        [uuidOf(id)],
      );

    it('is not disturbed by what that one says', async () => {
      const { id, operations, older } = await overtaken('paypal', 'overtaken-1');
      const before = await held(id);
      const refused = { state: 'refused', refusal: 'not_sent', trouble: TROUBLE } as const;
      const settlement = { ...refused, attempt: older.attempts };
      expect(await operations.settleNow(older.id, settlement)).toBe(false);
      await operations.postpone(older, TROUBLE);
      await operations.renew(older);
      expect(await held(id)).toEqual(before);
    });

    it('may say all of it itself', async () => {
      const { id, operations, newer } = await overtaken('paypal', 'overtaken-2');
      await operations.postpone(newer, TROUBLE);
      expect(await newestOperation(app, id)).toMatchObject({ error_code: 'late', attempts: 2 });
      const settlement = { state: 'refused', refusal: 'request', attempt: newer.attempts } as const;
      expect(await operations.settleNow(newer.id, settlement)).toBe(true);
    });

    it('keeps the payment and its key when that one was refused', async () => {
      const { id, asked, older } = await overtaken('paypal', 'overtaken-3');
      const result = { outcome: 'not_sent', trouble: TROUBLE, retryAfterS: 1 } as const;
      const late = { operation: older, result, trigger: 'fail', cause: 'api', actor: 'x' } as const;
      expect(await parts.get(SettleRefused).execute(late)).toMatchObject({ state: 'initialized' });
      await world.hide(app, id);
      expect((await payments.settled(app, id)).body).toMatchObject({ state: 'open', error: null });
      const again = await payments.create(app, asked, keyed('overtaken-3').headers);
      expect(again).toMatchObject({ status: 201, body: { id } });
    });
  });

  describe('with the Idempotency-Key', () => {
    it('shows of the operation its id, kind and state', async () => {
      const { id } = await payments.makePressed(app, 'paypal', 'pay');
      await failPaypal('drop_before', world.CAPTURE, 1);
      const first = await payments.command(app, id, 'approve', keyed('shown'));
      await world.lost(app, first);
      const second = await payments.command(app, id, 'approve', keyed('shown'));
      for (const { status, body } of [first, second]) {
        expect(status).toBe(202);
        expect(body).toHaveProperty('operation', {
          id: textOf(body, 'operation', 'id'),
          kind: 'capture',
          state: 'unsettled',
        });
      }
      await payments.settled(app, id);
    });

    it('finds nothing after the customer was taken away', async () => {
      const { user, staff } = app.keys;
      const named = { key: user, body: { name: 'Donny' } };
      const customer = textOf((await call(app, 'POST', '/api/customers', named)).body, 'id');
      const create = () => payments.create(app, { customer }, keyed('taken-away').headers);
      const made = await create();
      payments.expectStatus(made, 201);
      const id = textOf(made.body, 'id');
      await payments.command(app, id, 'cancel', keyed('taken-away-cancel'));
      const path = `/api/customers/${customer}`;
      const moved = { key: staff, body: { owners: ['test-other'] } };
      payments.expectStatus(await call(app, 'PATCH', path, moved), 200);
      const canceled = await payments.command(app, id, 'cancel', keyed('taken-away-cancel'));
      payments.expectProblem(canceled, 404, 'payment_not_found');
      payments.expectProblem(await create(), 404, 'payment_not_found');
    });

    it('is not what a foreign customer used up', async () => {
      const { headers } = keyed('foreign');
      const foreign = await payments.create(app, { customer: app.customers.other }, headers);
      payments.expectProblem(foreign, 403, 'customer_forbidden');
      const own = await payments.create(app, {}, headers);
      expect(own).toMatchObject({ status: 201, body: { customer: app.customers.user } });
    });

    it('is one payment for 30 creates at the same time', async () => {
      const asked = { provider: 'paypal', description: 'thirty' };
      const { headers } = keyed('thirty');
      const sent = Array.from({ length: 30 }, () => payments.create(app, asked, headers));
      const answers = await Promise.all(sent);
      const made = answers.filter(({ status }) => status === 201);
      const others = answers.filter(({ status }) => status !== 201);
      for (const one of others) payments.expectProblem(one, 409, 'idempotency_key_in_flight');
      expect(new Set(made.map(({ body }) => textOf(body, 'id'))).size).toBe(1);
      const sql = `SELECT id FROM payments.payments WHERE description = 'thirty'`;
      expect(await app.query(sql)).toHaveLength(1);
      expect(await sentTo(/\/orders$/)).toHaveLength(1);
    });

    it.each([{ token: 'EC-SOMEBODYELSE' }, { payer_id: 'SOMEBODYELSE1' }])(
      'stands for nothing when an approve joins another one with %j',
      async (wrong) => {
        const { id } = await payments.makePressed(app, 'paypal', 'pay');
        const slow = { kind: 'delay', match: world.CAPTURE, delay_ms: 700 };
        await sandboxOf(app).fault('paypal', slow);
        const first = payments.command(app, id, 'approve');
        await eventually(
          () => newestOperation(app, id),
          (seen) => seen?.['kind'] === 'capture',
        );
        // As whoever read the payment before PayPal told who pays and what the token is.
        const sql = `UPDATE payments.payments SET payer_id = NULL WHERE id = $1`;
        await app.query(sql, [uuidOf(id)]);
        const joined = keyed(`joined-${Object.keys(wrong).join()}`);
        const refused = await payments.command(app, id, 'approve', { ...joined, body: wrong });
        payments.expectProblem(refused, 422, 'payer_mismatch');
        expect(await first).toMatchObject({ status: 200, body: { state: 'paid' } });
        expect(await payments.command(app, id, 'approve', joined)).toMatchObject({
          status: 200,
          body: { state: 'paid' },
        });
        expect(await world.moneyOf(app, id)).toEqual(world.ONCE);
      },
    );
  });

  // The last one: for some seconds nobody else is served either.
  it('of a capture and of a create is kept back while PayPal is given a pause', async () => {
    const { id: silent } = await payments.makePayment(app, 'paypal');
    const capture = await world.lostCapture(app);
    await failPaypal('drop_after', world.CREATE, 1);
    const create = await world.lost(app, await payments.create(app, { provider: 'paypal' }));
    await failPaypal('error_before', world.READ, 10);
    for (let at = 0; at < 10; at++) {
      payments.expectStatus(await payments.command(app, silent, 'refresh'), 503);
    }
    await sandboxOf(app).dropFaults();
    const canceled = await payments.command(app, capture, 'cancel');
    payments.expectProblem(canceled, 409, 'operation_in_progress');
    for (const [id, kind] of [
      [create, 'create'],
      [capture, 'capture'],
    ] as const) {
      const attempts = kind === 'create' ? 2 : 3;
      expect(await world.sweptTo(app, id, attempts)).toMatchObject({
        kind,
        state: 'unsettled',
        error_code: 'circuit_open',
      });
    }
    expect((await payments.settled(app, create)).body).toMatchObject({ state: 'open' });
    expect((await payments.settled(app, capture)).body).toMatchObject({ state: 'paid' });
    expect(await world.moneyOf(app, capture)).toEqual(world.ONCE);
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
