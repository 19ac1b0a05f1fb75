import { type TestApp } from './app';
import { type Answer, call } from './http';
import { uuidOf } from './integration-parts';
import { expectStatus } from './payments';
import { listOf, numberOf, textOf } from './read';

/** A new customer of the test's user. */
export async function newCustomer(app: TestApp, name = 'Maude'): Promise<string> {
  const made = await call(app, 'POST', '/api/customers', { key: app.keys.user, body: { name } });
  expectStatus(made, 201);
  return textOf(made.body, 'id');
}

/** `GET /api/customers/{id}/balance-entries`, as its owner unless told otherwise. */
export function entriesOf(
  app: TestApp,
  customer: string,
  { query = '', key = app.keys.user }: { readonly query?: string; readonly key?: string } = {},
): Promise<Answer> {
  return call(app, 'GET', `/api/customers/${customer}/balance-entries${query}`, { key });
}

/** Each entry of a page as `capture 1000 EUR → 1000`. */
export function linesOn(page: Answer): readonly string[] {
  expectStatus(page, 200);
  return listOf(page.body, 'data').map((one) => {
    const [amount, after] = [numberOf(one, 'amount'), numberOf(one, 'balance_amount')];
    return `${textOf(one, 'cause', 'kind')} ${amount} ${textOf(one, 'currency')} → ${after}`;
  });
}

export function checkLedger(app: TestApp, key = app.keys.staff): Promise<Answer> {
  return call(app, 'GET', '/api/ledger/check', { key });
}

/** What is booked for a payment: kind, cause, account and amount of every line, in order. */
export async function bookedOf(app: TestApp, payment: string): Promise<readonly string[]> {
  const rows = await app.query(
    `SELECT concat_ws(' ', t.cause_kind, t.cause_id, e.account, e.customer_id, e.amount_minor, e.currency) AS line
     FROM customers.ledger_entries e JOIN customers.ledger_transactions t ON t.id = e.transaction_id
     WHERE t.payment_id = $1 ORDER BY t.created_at, t.id, e.line`,
    [uuidOf(payment)],
  );
  return rows.map(({ line }) => String(line));
}

/** What no program can do: the owner of the tables switches their guards off, and on again. */
export async function tamper(app: TestApp, ...statements: readonly string[]): Promise<void> {
  const tables = ['customers.ledger_entries', 'customers.ledger_transactions'];
  const guards = (verb: string) =>
    tables.map((table) => `ALTER TABLE ${table} ${verb} TRIGGER USER`);
  // Sent together, they are one transaction.
  await app.query([...guards('DISABLE'), ...statements, ...guards('ENABLE')].join('; '));
}

/** SQL of the ids of what is booked for a payment. */
export function transactionsOf(payment: string): string {
  return `SELECT id FROM customers.ledger_transactions WHERE payment_id = '${uuidOf(payment)}'`;
}

/** Removes what is booked for a payment, as if it had never been. */
export function forget(app: TestApp, payment: string): Promise<void> {
  return tamper(
    app,
    `DELETE FROM customers.ledger_entries WHERE transaction_id IN (${transactionsOf(payment)})`,
    `DELETE FROM customers.ledger_transactions WHERE payment_id = '${uuidOf(payment)}'`,
  );
}
