import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource, type MigrationInterface } from 'typeorm';
import { BookWhatWasMissed1763900000000 } from '../../src/migrations/1763900000000-book-what-was-missed';
import { KnowEveryCause1764000005000 } from '../../src/migrations/1764000005000-know-every-cause';
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
  entriesOf,
  forget,
  newCustomer,
  tamper,
  transactionsOf,
} from '../support/ledger';
import { call } from '../support/http';
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

  const bookWhatWasMissed = () => migrate(new BookWhatWasMissed1763900000000());

  /** Runs a migration's statements as the start of a program does. */
  async function migrate(migration: MigrationInterface): Promise<void> {
    const runner = parts.get(DataSource).createQueryRunner();
    try {
      await runner.startTransaction();
      await migration.up(runner);
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
    const missing = { payment: id, invoice: null, entry: null, currency: 'EUR', booked: 0 };
    expect(await problems()).toMatchObject([
      { ...missing, code: 'captured_amount', expected: 1000, expected_decimal: '10.00' },
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
    expect(await problems()).toMatchObject([
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

  it('names a transaction of which only the side of the provider is left', async () => {
    const paymentId = newId();
    await post(paymentId);
    await tamper(
      app,
      `DELETE FROM customers.ledger_entries WHERE line = 1 AND transaction_id IN (
         SELECT id FROM customers.ledger_transactions WHERE payment_id = '${paymentId}')`,
    );
    const found = await problems();
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'unknown_payment', payment: showId('pay', paymentId) }),
    );
    expect(found).toHaveLength(2);
  });

  it('names transactions of causes that nobody compares, and those without entries', async () => {
    const id = newId();
    await app.query('ALTER TABLE customers.ledger_transactions DROP CONSTRAINT cause_is_known');
    try {
      await app.query(
        `INSERT INTO customers.ledger_transactions (id, cause_kind, cause_id) VALUES ($1, 'gift', 'g1')`,
        [id],
      );
      const about = { payment: null, invoice: null, entry: showId('bal', id), currency: null };
      expect(await problems()).toMatchObject([
        { code: 'no_entries', ...about },
        { code: 'unknown_cause', ...about },
      ]);
    } finally {
      await tamper(app, `DELETE FROM customers.ledger_transactions WHERE id = '${id}'`);
      await migrate(new KnowEveryCause1764000005000());
    }
    const refused = app.query(
      `INSERT INTO customers.ledger_transactions (id, cause_kind, cause_id) VALUES ($1, 'gift', 'g1')`,
      [id],
    );
    await expect(refused).rejects.toThrow('cause_is_known');
  });

  it('names what is booked for an invoice that was never issued', async () => {
    const causeId = newId();
    const customerId = readCustomerId(app.customers.user) ?? '';
    const amount = Money.of(-500n, 'EUR');
    await parts
      .get(Database)
      .inTransaction((tx) =>
        parts.get(Ledger).post(tx, { causeKind: 'invoice', causeId, customerId, amount }),
      );
    expect(await problems()).toMatchObject([
      { code: 'invoice_total', payment: null, invoice: null, expected: 0, booked: -500 },
    ]);
  });

  it('shows sums that no JSON reader holds as decimal texts, and so does the customer', async () => {
    const customer = await newCustomer(app);
    const customerId = readCustomerId(customer);
    const amount = Money.of(9_007_199_254_740_993n, 'CHF');
    await post(newId(), { customerId, amount });
    const { body } = await checkLedger(app);
    expect(listOf(body, 'problems')).toMatchObject([
      { code: 'unknown_payment', booked: null, booked_decimal: '90071992547409.93' },
    ]);
    const [francs] = listOf(body, 'totals').filter((one) => textOf(one, 'currency') === 'CHF');
    expect(listOf(francs, 'accounts')).toContainEqual({
      account: 'customers',
      amount: null,
      amount_decimal: '90071992547409.93',
    });
    const balance = { currency: 'CHF', amount: null, amount_decimal: '90071992547409.93' };
    const listed = await call(app, 'GET', '/api/customers', { key: app.keys.user });
    payments.expectStatus(listed, 200);
    expect(listOf(listed.body, 'data')).toContainEqual(
      expect.objectContaining({ id: customer, balances: [balance] }),
    );
    const entries = await entriesOf(app, customer);
    expect(entries.body).toMatchObject({ data: [{ amount: null, balance_amount: null }] });
  });

  it('books nothing of a capture that the provider showed for another payment', async () => {
    const { id } = await payments.makePaid(app, 'paypal');
    await app.query(
      `INSERT INTO payments.facts (account, kind, ref, state, payment_id, amount_minor, currency, source, problem, raw)
       SELECT account, kind, 'WRONG1', state, payment_id, amount_minor, currency, source, 'reference_mismatch', raw
       FROM payments.facts WHERE kind = 'capture' AND payment_id = $1`,
      [uuidOf(id)],
    );
    const booked = await bookedOf(app, id);
    expect(booked).toHaveLength(2);
    await bookWhatWasMissed();
    expect(await bookedOf(app, id)).toEqual(booked);
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
