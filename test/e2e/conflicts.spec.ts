import { startTestApp, type TestApp } from '../support/app';
import { closeConflict, conflictsOf, lateConflict, paidLate } from '../support/conflicts';
import { call } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { listOf, textOf } from '../support/read';
import * as refunds from '../support/refunds';
import { sandboxOf } from '../support/sandbox';
import { readId } from '../../src/shared/id';

const LATE = 'paid_after_canceled';
const TWICE = 'refunded_twice';
const WRONG = 'amount_mismatch';

describe('conflicts', () => {
  let app: TestApp;
  let sandbox: ReturnType<typeof sandboxOf>;
  beforeAll(async () => {
    app = await startTestApp();
    sandbox = sandboxOf(app);
  });
  afterAll(() => app?.close());
  afterEach(() => sandbox.dropFaults());

  const refresh = async (id: string) => {
    const read = await payments.command(app, id, 'refresh');
    payments.expectStatus(read, 200);
    return read.body;
  };
  const open = async (payment: string) =>
    (await conflictsOf(app, payment)).filter((one) => one['closed_at'] === null);
  const codes = async (payment: string) =>
    (await open(payment)).map((one) => textOf(one, 'code')).reverse();
  const idOf = async (payment: string, code: string) => {
    const found = (await open(payment)).find((one) => one['code'] === code);
    return textOf(found, 'id');
  };
  const close = async (payment: string, code: string, note = 'Looked into.') => {
    const id = await idOf(payment, code);
    const closed = await closeConflict(app, { payment, id }, { body: { note } });
    payments.expectStatus(closed, 200);
    return id;
  };
  const shown = async (id: string) => textOf((await payments.show(app, id)).body, 'conflict');
  const showsNone = async (id: string) =>
    expect((await payments.show(app, id)).body).toMatchObject({ conflict: null });
  const told = async (id: string) => {
    const sql = `SELECT type, data ->> 'conflict' AS conflict FROM platform.events
      WHERE subject_id = $1 AND type LIKE 'payment.conflict%' ORDER BY subject_seq`;
    const rows = await app.query(sql, [readId('pay', id)]);
    return rows.map(({ type, conflict }) => [type, conflict]);
  };

  const readWrong = (gateway: payments.Provider, providerId: string, times = 1) => {
    const match = { method: 'GET', path_contains: providerId };
    return sandbox.fault(gateway, { kind: 'wrong_amount', match, times });
  };

  /** The provider makes a second one of a refund of ours. */
  async function refundTwice({ id, providerId }: payments.Made, amount: number) {
    const made = await refunds.refund(app, id, { body: { amount } });
    payments.expectStatus(made, 201);
    const at = `/paypro/payments/${providerId}/refunds`;
    await refunds.atGateway(app, at, { amount, reason: textOf(made.body, 'id') });
    await refresh(id);
  }

  it('tell what was seen, and are closed by a person who says why', async () => {
    const { id } = await paidLate(app);
    const [found, ...others] = await conflictsOf(app, id);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      code: LATE,
      payment: id,
      about: null,
      evidence: 'paid, captured EUR 10.00',
      closed_at: null,
      closed_by: null,
      note: null,
    });
    const conflict = textOf(found, 'id');
    const answer = await closeConflict(
      app,
      { payment: id, id: conflict },
      { body: { note: 'Kept: the customer wants it.' } },
    );
    const [closed] = await conflictsOf(app, id);
    expect(answer).toMatchObject({ status: 200, body: closed });
    const note = 'Kept: the customer wants it.';
    expect(closed).toEqual({
      ...found,
      closed_by: 'test-staff',
      note,
      closed_at: closed?.['closed_at'],
    });
    expect(textOf(closed, 'closed_at')).toMatch(/^20/);
    await showsNone(id);
    expect(await told(id)).toEqual([
      ['payment.conflict', LATE],
      ['payment.conflict_ended', null],
    ]);
    const lines = (await payments.story(app, id)).filter((line) => line.startsWith('conflict'));
    expect(lines).toEqual([`conflict: ${LATE} found`, `conflict: ${LATE} closed`]);
    const listed = await call(app, 'GET', '/api/payments?conflict=true&limit=100', {
      key: app.keys.staff,
    });
    expect(listOf(listed.body, 'data').map((one) => textOf(one, 'id'))).not.toContain(id);
  });

  it('are kept beside one another, and each is closed by itself', async () => {
    const made = await paidLate(app);
    await refundTwice(made, 300);
    expect(await codes(made.id)).toEqual([LATE, TWICE]);
    expect(await shown(made.id)).toBe(LATE);
    await close(made.id, LATE);
    expect(await shown(made.id)).toBe(TWICE);
    expect(await told(made.id)).toEqual([
      ['payment.conflict', LATE],
      ['payment.conflict', TWICE],
    ]);
    await close(made.id, TWICE);
    await showsNone(made.id);
    expect((await told(made.id)).at(-1)).toEqual(['payment.conflict_ended', null]);
  });

  it('by a wrong reading end by a right one, also beside one about money', async () => {
    const { id, providerId } = await paidLate(app);
    await readWrong('paypro', providerId);
    expect(await refresh(id)).toMatchObject({ conflict: LATE });
    expect(await codes(id)).toEqual([LATE, WRONG]);
    await refresh(id);
    expect(await codes(id)).toEqual([LATE]);
    const ended = (await conflictsOf(app, id)).find((one) => one['code'] === WRONG);
    expect(ended).toMatchObject({ closed_by: 'test-user', note: null });
    expect(await shown(id)).toBe(LATE);
  });

  it('by a wrong reading of a paid payment can be closed as well, and come back only otherwise', async () => {
    const { id, providerId } = await payments.makePaid(app, 'paypal');
    await readWrong('paypal', providerId, 2);
    expect(await refresh(id)).toMatchObject({ conflict: WRONG });
    await close(id, WRONG);
    expect(await refresh(id)).toMatchObject({ state: 'paid', conflict: null });
    expect(await conflictsOf(app, id)).toHaveLength(1);
  });

  it('by a wrong reading come back when money moves behind it', async () => {
    const { id, providerId } = await payments.makePayment(app, 'paypro');
    payments.expectStatus(await payments.command(app, id, 'cancel'), 200);
    await readWrong('paypro', providerId);
    expect(await refresh(id)).toMatchObject({ state: 'canceled', conflict: WRONG });
    await close(id, WRONG);
    await sandbox.setPayproState(providerId, 'paid');
    await readWrong('paypro', providerId);
    expect(await refresh(id)).toMatchObject({ state: 'canceled', conflict: WRONG });
    expect(await open(id)).toMatchObject([
      { code: WRONG, evidence: 'paid, captured EUR 10.01, amount EUR 10.01' },
    ]);
  });

  it('of a payment that may still take money are closed by nobody', async () => {
    const { id, providerId } = await payments.makePayment(app, 'paypal');
    await readWrong('paypal', providerId);
    expect(await refresh(id)).toMatchObject({ state: 'open', conflict: WRONG });
    const wrong = { payment: id, id: await idOf(id, WRONG) };
    payments.expectProblem(await closeConflict(app, wrong), 409, 'conflict_not_closable');
    expect(await codes(id)).toEqual([WRONG]);
    expect(await refresh(id)).toMatchObject({ state: 'open', conflict: null });
  });

  it('of a payment whose operation is not finished wait for that', async () => {
    const late = await lateConflict(app);
    const id = late.payment;
    const setOperation = (state: string) =>
      app.query(
        `UPDATE payments.operations SET state = $2, settled_at = CASE WHEN $2 = 'succeeded' THEN now() END
         WHERE payment_id = $1 AND kind = 'cancel'`,
        [readId('pay', id), state],
      );
    await setOperation('needs_review');
    payments.expectProblem(await closeConflict(app, late), 409, 'operation_in_progress');
    expect(await shown(id)).toBe(LATE);
    await setOperation('succeeded');
    payments.expectStatus(await closeConflict(app, late), 200);
  });

  it('are closed once, whoever is second reads what the first one wrote', async () => {
    const late = await lateConflict(app);
    const id = late.payment;
    const notes = ['one', 'two', 'three'].map((note) => ({ body: { note } }));
    const answers = await Promise.all(notes.map((asked) => closeConflict(app, late, asked)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = answers.find(({ status }) => status === 200);
    const again = await closeConflict(app, late);
    payments.expectProblem(again, 409, 'conflict_closed');
    expect(await conflictsOf(app, id)).toMatchObject([{ note: textOf(winner?.body, 'note') }]);
    expect(await told(id)).toHaveLength(2);
  });

  it('are closed by one request however often it is sent with its key', async () => {
    const late = await lateConflict(app);
    const id = late.payment;
    const headers = { 'idempotency-key': `close-${id}` };
    const first = await closeConflict(app, late, { headers });
    const second = await closeConflict(app, late, { headers });
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(second.headers['idempotent-replayed']).toBe('true');
    const third = await lateConflict(app);
    const atOnce = { headers: { 'idempotency-key': `close-${third.payment}` } };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => closeConflict(app, third, atOnce)),
    );
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      payments.expectProblem(answer, 409, 'idempotency_key_in_flight');
    }
    expect(answers.map(({ status }) => status)).toContain(200);
    const other = { headers, body: { note: 'Something else.' } };
    payments.expectProblem(await closeConflict(app, late, other), 422, 'idempotency_key_reused');
  });

  it('are for staff, and found at their own payment alone', async () => {
    const [{ id }, other] = [await paidLate(app), await paidLate(app)];
    const late = { payment: id, id: await idOf(id, LATE) };
    const path = `/api/payments/${id}/conflicts`;
    payments.expectProblem(await call(app, 'GET', path, { key: app.keys.user }), 403, 'forbidden');
    const byUser = await closeConflict(app, late, { key: app.keys.user });
    payments.expectProblem(byUser, 403, 'forbidden');
    for (const elsewhere of [
      { payment: other.id, id: late.id },
      { payment: id, id: 'con_01kajwhz00e0080000000000zz' },
      { payment: id, id: id },
      { payment: id, id: 'nonsense' },
    ]) {
      payments.expectProblem(await closeConflict(app, elsewhere), 404, 'conflict_not_found');
    }
    const nowhere = { payment: 'pay_01kajwhz00e0080000000000zz', id: late.id };
    payments.expectProblem(await closeConflict(app, nowhere), 404, 'payment_not_found');
    expect(await codes(id)).toEqual([LATE]);
  });

  it.each([[{}], [{ note: '' }], [{ note: ' ' }], [{ note: 7 }], [{ note: 'x'.repeat(1_001) }]])(
    'are not closed without a reason: %j',
    async (body) => {
      const late = await lateConflict(app);
      const id = late.payment;
      const refused = await closeConflict(app, late, { body });
      payments.expectProblem(refused, 422, 'invalid_request');
      const pointers = listOf(refused.body, 'errors').map((one) => textOf(one, 'pointer'));
      expect(new Set(pointers)).toEqual(new Set(['/note']));
      expect(await codes(id)).toEqual([LATE]);
    },
  );

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
