import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** What one kind of account holds in one currency. */
export interface LedgerSum {
  readonly currency: string;
  /** `customers`, all of them together; `unassigned`; `provider:paypal`, what that account of ours was given. */
  readonly account: string;
  /** Minor units as text; the accounts of a currency add up to nothing. */
  readonly minor: string;
}

const sums = statement<LedgerSum>(
  'sum-ledger-accounts',
  `SELECT currency, CASE account WHEN 'customer' THEN 'customers' ELSE account END AS account,
     sum(amount_minor)::text AS minor
   FROM customers.ledger_entries GROUP BY 1, 2 ORDER BY 1, 2`,
);

/** A transaction that does not add up to nothing in one currency. */
export interface UnbalancedTransaction {
  readonly id: string;
  readonly payment_id: string | null;
  readonly currency: string;
  /** Minor units as text. */
  readonly minor: string;
  /** How many there are, whatever the limit. */
  readonly found: number;
}

const unbalanced = statement<UnbalancedTransaction>(
  'find-unbalanced-transactions',
  `SELECT u.id, t.payment_id, u.currency, u.minor::text AS minor, u.found
   FROM (SELECT transaction_id AS id, currency, sum(amount_minor) AS minor, count(*) OVER ()::int AS found
         FROM customers.ledger_entries GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0
         ORDER BY transaction_id LIMIT $1) u
   JOIN customers.ledger_transactions t ON t.id = u.id ORDER BY u.id, u.currency`,
);

const count = statement<{ count: number }>(
  'count-ledger-transactions',
  'SELECT count(*)::int AS count FROM customers.ledger_transactions',
);

/** A transaction that no comparison looks at. */
export interface UncoveredTransaction {
  readonly code: 'unknown_cause' | 'no_entries';
  readonly id: string;
  readonly payment_id: string | null;
  /** How many there are of its code, whatever the limit. */
  readonly found: number;
}

const uncovered = statement<UncoveredTransaction>(
  'find-uncovered-transactions',
  `SELECT code, id, payment_id, found FROM (
     SELECT u.*, count(*) OVER (PARTITION BY code)::int AS found,
       row_number() OVER (PARTITION BY code ORDER BY id) AS nth
     FROM (
       SELECT 'unknown_cause' AS code, t.id, t.payment_id FROM customers.ledger_transactions t
       WHERE t.cause_kind <> ALL ($1::text[])
       UNION ALL
       SELECT 'no_entries', t.id, t.payment_id FROM customers.ledger_transactions t
       WHERE NOT EXISTS (SELECT FROM customers.ledger_entries e WHERE e.transaction_id = t.id)) u) n
   WHERE nth <= $2 ORDER BY code, id`,
);

/** Transactions of other causes than these, or without any entry; at most `limit` of each. */
export async function findUncovered(
  on: Queryable,
  { causeKinds, limit }: { readonly causeKinds: readonly string[]; readonly limit: number },
): Promise<readonly UncoveredTransaction[]> {
  return on.query(uncovered, [`{${causeKinds.join(',')}}`, limit]);
}

export async function sumLedger(on: Queryable): Promise<readonly LedgerSum[]> {
  return on.query(sums, []);
}

/** At most `limit` of them; a constraint refuses such a transaction, so one means that somebody went around it. */
export async function findUnbalanced(
  on: Queryable,
  limit: number,
): Promise<readonly UnbalancedTransaction[]> {
  return on.query(unbalanced, [limit]);
}

export async function countLedgerTransactions(on: Queryable): Promise<number> {
  const [row] = await on.query(count, []);
  return row?.count ?? 0;
}

/**
 * SQL of a table with what money of payments is booked to: (id, payment_id, cause_kind, account, customer_id,
 * currency, amount_minor), one row per entry. For statements of the payments module that compare the two.
 */
export const BOOKED_FOR_PAYMENTS = `(
  SELECT t.id, t.payment_id, t.cause_kind, e.account, e.customer_id, e.currency, e.amount_minor
  FROM customers.ledger_transactions t JOIN customers.ledger_entries e ON e.transaction_id = t.id
  WHERE t.cause_kind IN ('capture', 'refund', 'chargeback'))`;

/** The same of what is owed by invoices and credit notes, whose id is the cause: with `cause_id`, without a payment. */
export const BOOKED_FOR_DOCUMENTS = `(
  SELECT t.id, t.cause_kind, t.cause_id, e.account, e.customer_id, e.currency, e.amount_minor
  FROM customers.ledger_transactions t JOIN customers.ledger_entries e ON e.transaction_id = t.id
  WHERE t.cause_kind IN ('invoice', 'credit_note'))`;
