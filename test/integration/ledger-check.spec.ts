import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { BookWhatWasMissed1763900000000 } from '../../src/migrations/1763900000000-book-what-was-missed';
import { Ledger, readCustomerId } from '../../src/modules/customers/customers.facade';
import { RefreshChargeback } from '../../src/modules/payments/actions/refresh-chargeback';
import { Database } from '../../src/platform/database/database';
import { newId, showId } from '../../src/shared/id';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import { chargebackIs, takersOf } from '../support/chargebacks';
import { openParts, uuidOf } from '../support/integration-parts';
import {
  bookedOf,
  checkLedger,
  forget,
  newCustomer,
  tamper,
  transactionsOf,
} from '../support/ledger';
import { listen } from '../support/notifications';
import * as payments from '../support/payments';
import { listOf, numberOf, objectOf, textOf } from '../support/read';
import { refundedAtPaypro } from '../support/refunds';

/** More than the check shows of one kind. */
const MANY = 60;

describe('the check of the ledger', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  beforeAll(async () => {
    app = await startTestApp();
    await listen(app);
    parts = await openParts(app);
  });
  /** Whatever a test did to the books: they can be written anew from what was recorded. */
  afterEach(async () => {
    await tamper(
      app,
      'DELETE FROM customers.ledger_entries',
      'DELETE FROM customers.ledger_transactions',
    );
    await bookWhatWasMissed();
    expect(await problems()).toEqual([]);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  /** Runs the migration's statements as the start of a program does. */
  async function bookWhatWasMissed(): Promise<void> {
    const runner = parts.get(DataSource).createQueryRunner();
    try {
      await runner.startTransaction();
      await new BookWhatWasMissed1763900000000().up(runner);
      await runner.commitTransaction();
    } finally {
      await runner.release();
    }
  }

  async function problems(): Promise<readonly unknown[]> {
    const { body } = await checkLedger(app);
    const found = listOf(body, 'problems');
    expect(body).toMatchObject({ ok: found.length === 0, problem_count: found.length });
    return found;
  }

  /** A payment with a capture, a refund, and a chargeback whose money came back. */
  async function eventful(): Promise<string> {
    const customer = await newCustomer(app);
    const { id, providerId } = await payments.makePressed(app, 'paypro', 'pay', { customer });
    payments.expectStatus(await payments.command(app, id, 'approve'), 200);
    await refundedAtPaypro(app, id, 300);
    const takers = takersOf(app);
    const chargeback = await takers.chargeBack(providerId, { amount: 200 });
    await chargebackIs(app, chargeback, 'lost');
    await takers.moveChargeback(chargeback, 'reversed');
    const there = { account: 'paypro', chargebackId: chargeback };
    await parts.get(RefreshChargeback).execute({ ...there, cause: 'watch', actor: 'kassa' });
    return id;
  }

  const post = (paymentId: string, changes: object = {}) =>
    parts.get(Database).inTransaction((tx) =>
      parts.get(Ledger).post(tx, {
        causeKind: 'capture',
        causeId: newId(),
        paymentId,
        customerId: null,
        providerAccount: 'paypal',
        amount: Money.of(500n, 'EUR'),
        ...changes,
      }),
    );

  it('finds nothing in a ledger that no payment was made for', async () => {
    const { body } = await checkLedger(app);
    expect(body).toMatchObject({ ok: true, totals: [], checked: { transactions: 0, payments: 0 } });
  });

  it('names what is missing of a payment, until it is booked after all, once', async () => {
    const id = await eventful();
    expect(await problems()).toEqual([]);
    const booked = await bookedOf(app, id);
    expect(booked).toHaveLength(8);
    await forget(app, id);
    const missing = { payment: id, entry: null, currency: 'EUR', booked: 0 };
    expect(await problems()).toEqual([
      { ...missing, code: 'captured_amount', expected: 1000 },
      { ...missing, code: 'refunded_amount', expected: 300 },
    ]);
    await bookWhatWasMissed();
    expect(await bookedOf(app, id)).toEqual(booked);
    await bookWhatWasMissed();
    expect(await bookedOf(app, id)).toEqual(booked);
    expect(await problems()).toEqual([]);
  });

  it('names money that a chargeback took without being booked', async () => {
    const { id, providerId } = await payments.makePaid(app, 'paypro');
    const chargeback = await takersOf(app).chargeBack(providerId, { amount: 200 });
    await chargebackIs(app, chargeback, 'lost');
    const booked = await bookedOf(app, id);
    await tamper(
      app,
      `DELETE FROM customers.ledger_entries WHERE transaction_id IN (
         SELECT id FROM customers.ledger_transactions WHERE cause_kind = 'chargeback')`,
      `DELETE FROM customers.ledger_transactions WHERE cause_kind = 'chargeback'`,
    );
    expect(await problems()).toMatchObject([
      { code: 'charged_back_amount', payment: id, expected: 200, booked: 0 },
    ]);
    await bookWhatWasMissed();
    expect(await bookedOf(app, id)).toEqual(booked);
  });

  it('names entries of another customer, and of another provider', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    const entry = (line: number) => `line = ${line} AND transaction_id IN (${transactionsOf(id)})`;
    await tamper(
      app,
      `UPDATE customers.ledger_entries SET account = 'unassigned', customer_id = NULL WHERE ${entry(1)}`,
      `UPDATE customers.ledger_entries SET account = 'provider:paypro' WHERE ${entry(2)}`,
    );
    expect(await problems()).toMatchObject([
      { code: 'other_customer', payment: id, expected: 0, booked: 1000 },
      { code: 'other_provider', payment: id, expected: 0, booked: -1000 },
    ]);
  });

  it('names entries of payments that do not exist, and counts those it does not show', async () => {
    const nowhere = Array.from({ length: MANY }, () => newId());
    for (const paymentId of nowhere) await post(paymentId);
    const { body } = await checkLedger(app);
    expect(body).toMatchObject({ ok: false, problem_count: MANY });
    const shown = listOf(body, 'problems').map((one) => textOf(one, 'payment'));
    expect(shown).toHaveLength(50);
    expect(nowhere.map((one) => showId('pay', one))).toEqual(expect.arrayContaining(shown));
    const [euros] = listOf(body, 'totals');
    expect(euros).toMatchObject({ currency: 'EUR', sum: 0 });
    const unassigned = { account: 'unassigned', amount: 500 * MANY, amount_decimal: '300.00' };
    expect(listOf(euros, 'accounts')).toContainEqual(unassigned);
  });

  it('names money that is booked for a payment without being shown by it', async () => {
    const { id } = await payments.makePayment(app, 'paypal', { customer: app.customers.user });
    const customerId = readCustomerId(app.customers.user);
    await post(uuidOf(id), { customerId, amount: Money.of(700n, 'USD') });
    expect(await problems()).toEqual([
      {
        code: 'captured_amount',
        payment: id,
        entry: null,
        currency: 'USD',
        expected: 0,
        booked: 700,
      },
    ]);
  });

  it('names a transaction that does not balance, and what the currency adds up to', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    await tamper(
      app,
      `UPDATE customers.ledger_entries SET amount_minor = -999
       WHERE line = 2 AND transaction_id IN (${transactionsOf(id)})`,
    );
    const { body } = await checkLedger(app);
    const [problem] = listOf(body, 'problems');
    expect(problem).toMatchObject({
      code: 'unbalanced_transaction',
      payment: id,
      expected: 0,
      booked: 1,
    });
    expect(textOf(problem, 'entry')).toMatch(/^bal_/);
    expect(numberOf(objectOf(listOf(body, 'totals')[0]), 'sum')).toBe(1);
    expect(body).toMatchObject({ ok: false });
  });
});
