import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyChargeback } from '../../src/modules/payments/actions/apply-chargeback';
import { ApplyNews } from '../../src/modules/payments/actions/apply-news';
import { ApplyRefund } from '../../src/modules/payments/actions/apply-refund';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import { migrate } from '../../src/platform/database/migrate';
import { ProviderRegistry } from '../../src/providers/provider-registry';
import { newId } from '../../src/shared/id';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import { closeConflict, conflictsOf, lateConflict } from '../support/conflicts';
import { openParts, uuidOf } from '../support/integration-parts';
import { openSchema, paymentRow, type Schema } from '../support/integration-schema';
import * as payments from '../support/payments';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const OVERDRAWN = 'refunded_more_than_captured';
interface Known {
  readonly chargebackId?: string;
  readonly version?: number | null;
}

const euros = (minor: bigint) => Money.of(minor, 'EUR');

describe('conflicts of a payment', () => {
  let app: TestApp;
  let part: NestFastifyApplication;
  beforeAll(async () => {
    app = await startTestApp();
    part = await openParts(app);
  });
  afterAll(async () => {
    await part?.close();
    await app?.close();
  });

  const evidenceOf = async (payment: string) =>
    (await conflictsOf(app, payment)).map(({ evidence }) => evidence);

  it('are not found again by totals that a person looked into, but by others', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    const why = async () => {
      const payment = await part.get(PaymentQueries).get(uuidOf(id));
      return { payment, cause: 'watch', actor: 'kassa' };
    };
    const refundId = newId();
    const refund = async (state: 'pending' | 'refunded') => {
      const shown = {
        refundId,
        state,
        providerState: state,
        amount: euros(700n),
        reference: null,
        captureId: null,
        createdAt: null,
      } as const;
      return part.get(ApplyRefund).execute({ ...(await why()), refund: null, shown });
    };
    const takes = async (minor: bigint, { chargebackId = newId(), version = null }: Known = {}) => {
      const shown = {
        chargebackId,
        paymentId: null,
        captureIds: [],
        state: 'lost',
        providerState: 'LOST',
        amount: euros(400n),
        taken: euros(minor),
        reason: null,
        createdAt: null,
        raw: {},
      } as const;
      return part.get(ApplyChargeback).execute({ ...(await why()), shown, seenVersion: version });
    };
    // While a refund is under way it can still be called off.
    await refund('pending');
    const chargebackId = newId();
    await takes(400n, { chargebackId });
    const total = 'EUR 11.00 back of EUR 10.00, 1 refunds';
    const first = `${total}, 1 movements of chargebacks`;
    expect(await evidenceOf(id)).toEqual([first]);
    const [found] = await conflictsOf(app, id);
    const closed = await closeConflict(app, { payment: id, id: textOf(found, 'id') });
    payments.expectStatus(closed, 200);
    for (const state of ['pending', 'refunded', 'refunded'] as const) await refund(state);
    expect(await evidenceOf(id)).toEqual([first]);
    expect((await payments.show(app, id)).body).toMatchObject({ conflict: null });
    // It is won, and lost again.
    await takes(0n, { chargebackId, version: 1 });
    await takes(400n, { chargebackId, version: 2 });
    expect(await evidenceOf(id)).toEqual([`${total}, 3 movements of chargebacks`, first]);
    expect((await payments.show(app, id)).body).toMatchObject({ conflict: OVERDRAWN });
  });

  it('come back when the provider says again what it had taken back', async () => {
    const { id, providerId } = await payments.makePaid(app, 'paypro');
    const read = await part.get(ProviderRegistry).get('paypro').payments.read(providerId);
    if (read.outcome !== 'done') throw new Error(read.outcome);
    const shows = async (state: 'paid' | 'failed') => {
      const payment = await part.get(PaymentQueries).get(uuidOf(id));
      const changes = state === 'paid' ? {} : { state, providerState: state, captures: [] };
      const news = { payment, cause: 'watch', actor: 'kassa' };
      const shown = { ...read.value, ...changes };
      return (await part.get(ApplyNews).execute({ ...news, shown })).payment;
    };
    const gone = 'failed_after_paid';
    expect(await shows('failed')).toMatchObject({ state: 'paid', conflict: gone });
    const [found] = await conflictsOf(app, id);
    const closed = await closeConflict(app, { payment: id, id: textOf(found, 'id') });
    payments.expectStatus(closed, 200);
    expect(await shows('failed')).toMatchObject({ conflict: null });
    expect(await shows('paid')).toMatchObject({ conflict: null });
    expect(await shows('failed')).toMatchObject({ state: 'paid', conflict: gone });
    expect(await conflictsOf(app, id)).toHaveLength(2);
  });

  it('that only the payment tells of are kept at the next reading, and can be closed', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    const older = `UPDATE payments.payments SET conflict = 'refunded_twice' WHERE id = $1`;
    await app.query(older, [uuidOf(id)]);
    for (let reading = 0; reading < 2; reading++) await payments.command(app, id, 'refresh');
    const [kept, ...others] = await conflictsOf(app, id);
    expect([kept, others]).toMatchObject([{ code: 'refunded_twice', evidence: null }, []]);
    const closed = await closeConflict(app, { payment: id, id: textOf(kept, 'id') });
    payments.expectStatus(closed, 200);
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ conflict: null });
  });

  it('that the payment does not tell of any more keep money from being taken', async () => {
    const { id, providerId } = await payments.makePressed(app, 'paypal', 'pay');
    const readWrong = () => {
      const match = { method: 'GET', path_contains: providerId };
      return sandboxOf(app).fault('paypal', { kind: 'wrong_amount', match });
    };
    await readWrong();
    await payments.command(app, id, 'refresh');
    // As an older process leaves it after a right reading.
    await app.query('UPDATE payments.payments SET conflict = NULL WHERE id = $1', [uuidOf(id)]);
    await readWrong();
    const refused = await payments.command(app, id, 'approve');
    payments.expectProblem(refused, 409, 'payment_mismatch');
    expect(await conflictsOf(app, id)).toHaveLength(1);
    await sandboxOf(app).dropFaults();
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ conflict: null });
    const [ended] = await conflictsOf(app, id);
    expect(textOf(ended, 'closed_at')).toMatch(/^20/);
  });

  it('that only the payment tells of are not closed together with another', async () => {
    const late = await lateConflict(app);
    const older = `UPDATE payments.payments SET conflict = 'refunded_twice' WHERE id = $1`;
    await app.query(older, [uuidOf(late.payment)]);
    payments.expectStatus(await closeConflict(app, late), 200);
    const { body } = await payments.show(app, late.payment);
    expect(body).toMatchObject({ conflict: 'refunded_twice' });
    expect(await conflictsOf(app, late.payment)).toMatchObject([
      { code: 'refunded_twice', closed_at: null },
      { code: 'paid_after_canceled', note: 'Looked into.' },
    ]);
  });

  it('that only the payment tells of are over by a right reading as well', async () => {
    const { id } = await payments.makePayment(app, 'paypal');
    const older = `UPDATE payments.payments SET conflict = 'amount_mismatch' WHERE id = $1`;
    await app.query(older, [uuidOf(id)]);
    expect((await payments.command(app, id, 'refresh')).body).toMatchObject({ conflict: null });
    expect(await conflictsOf(app, id)).toEqual([]);
  });

  it('are closed by whoever comes before a reading, which finds what is new', async () => {
    const late = await lateConflict(app);
    const [closed] = await Promise.all([
      closeConflict(app, late),
      ...Array.from({ length: 5 }, () => payments.command(app, late.payment, 'refresh')),
    ]);
    payments.expectStatus(closed, 200);
    payments.expectStatus(await payments.command(app, late.payment, 'refresh'), 200);
    expect(await conflictsOf(app, late.payment)).toHaveLength(1);
    expect((await payments.show(app, late.payment)).body).toMatchObject({ conflict: null });
  });
});

describe('the database as the last wall around conflicts', () => {
  const CHECK = '23514';
  const APPEND_ONLY = '42501';
  let db: Schema;
  beforeAll(async () => {
    db = await openSchema();
  });
  afterAll(() => db?.close());

  async function conflict(): Promise<unknown> {
    const payment = paymentRow();
    await db.insert('payments.payments', payment);
    const about = {
      code: 'refunded_twice',
      about: '',
      evidence: 'x',
      cause: 'watch',
      actor: 'kassa',
    };
    const id = newId();
    await db.insert('payments.conflicts', { id, payment_id: payment['id'], ...about });
    return id;
  }
  const refusalOf = (set: string, id: unknown) =>
    db.refusalOf(`UPDATE payments.conflicts SET ${set} WHERE id = $1`, [id]);
  const CLOSE = `closed_at = now(), closed_by = 'test-staff', note = 'Looked into.'`;

  it.each([
    [`code = 'amount_mismatch'`],
    [`evidence = 'y'`],
    [`about = 'ref_1'`],
    [`closed_at = now()`],
    [`closed_by = 'test-staff'`],
    [`note = 'Looked into.'`],
  ])('takes no change by %s', async (set) => {
    expect(await refusalOf(set, await conflict())).toBe(CHECK);
  });

  it('lets one be closed once, and keeps it for good', async () => {
    const id = await conflict();
    expect(await refusalOf(CLOSE, id)).toBeNull();
    for (const set of [
      CLOSE,
      `note = 'Something else.'`,
      'closed_at = NULL, closed_by = NULL, note = NULL',
    ]) {
      expect(await refusalOf(set, id)).toBe(CHECK);
    }
    expect(await db.refusalOf('DELETE FROM payments.conflicts WHERE id = $1', [id])).toBe(
      APPEND_ONLY,
    );
    expect(await db.refusalOf('TRUNCATE payments.conflicts')).toBe(APPEND_ONLY);
  });

  it('keeps what payments showed before there was a table', async () => {
    const before = await openSchema();
    try {
      await undoTo(before, 'payments.conflicts');
      const [odd, fine] = [paymentRow(), paymentRow()];
      await before.insert('payments.payments', { ...odd, conflict: 'paid_after_canceled' });
      await before.insert('payments.payments', fine);
      await migrate(before.dataSource);
      expect(
        await before.run('SELECT payment_id, code, evidence, closed_at FROM payments.conflicts'),
      ).toEqual([
        { payment_id: odd['id'], code: 'paid_after_canceled', evidence: null, closed_at: null },
      ]);
    } finally {
      await before.close();
    }
  });

  /** As it was before the table was made, also once there are newer migrations. */
  async function undoTo(schema: Schema, table: string): Promise<void> {
    const isThere = async () => {
      const [found] = await schema.run('SELECT to_regclass($1) IS NOT NULL AS yes', [table]);
      return found?.['yes'] === true;
    };
    while (await isThere()) await schema.dataSource.undoLastMigration();
  }
});
