import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { BOOKED_FOR_PAYMENTS } from '../../customers/customers.facade';

/** Something booked that does not fit the payments; amounts are minor units as text. */
export interface Misbooked {
  readonly code:
    | 'captured_amount'
    | 'refunded_amount'
    | 'charged_back_amount'
    | 'unknown_payment'
    | 'other_customer'
    | 'other_provider'
    /** Of a module that uses payments, such as invoices. */
    | 'invoice_total'
    | 'invoice_payment';
  readonly payment_id: string | null;
  /** The invoice or credit note; left out or null where it is none. */
  readonly invoice_id?: string | null;
  /** The ledger transaction, where it is one that is wrong. */
  readonly transaction_id: string | null;
  readonly currency: string;
  readonly expected: string;
  readonly booked: string;
  /** How many there are of its kind, whatever the limit. */
  readonly found: number;
}

/** Refunds and chargebacks are negative in the books and positive where they are shown. */
const differing = statement<Misbooked>(
  'find-payments-booked-differently',
  `WITH expected AS (
     SELECT id AS payment_id, currency, 'capture' AS kind, captured_minor::numeric AS minor
     FROM payments.payments WHERE captured_minor <> 0
     UNION ALL
     SELECT id, currency, 'refund', refunded_minor FROM payments.payments WHERE refunded_minor <> 0
     UNION ALL
     SELECT payment_id, currency, 'chargeback', sum(taken_minor) FROM payments.chargebacks GROUP BY 1, 2
   ), booked AS (
     SELECT b.payment_id, b.currency, b.cause_kind AS kind,
       sum(CASE b.cause_kind WHEN 'capture' THEN b.amount_minor ELSE -b.amount_minor END) AS minor
     FROM ${BOOKED_FOR_PAYMENTS} b JOIN payments.payments p ON p.id = b.payment_id
     WHERE b.account NOT LIKE 'provider:%' GROUP BY 1, 2, 3
   )
   SELECT CASE kind WHEN 'capture' THEN 'captured_amount' WHEN 'refund' THEN 'refunded_amount'
       ELSE 'charged_back_amount' END AS code,
     payment_id, NULL::uuid AS transaction_id, currency, coalesce(e.minor, 0)::text AS expected,
     coalesce(b.minor, 0)::text AS booked, count(*) OVER ()::int AS found
   FROM expected e FULL JOIN booked b USING (payment_id, currency, kind)
   WHERE coalesce(e.minor, 0) <> coalesce(b.minor, 0) ORDER BY payment_id, kind, currency LIMIT $1`,
);

const misplaced = statement<Misbooked>(
  'find-entries-booked-elsewhere',
  `SELECT w.code, w.payment_id, w.id AS transaction_id, w.currency, 0::text AS expected,
     w.amount_minor::text AS booked, count(*) OVER ()::int AS found
   FROM (SELECT b.*, CASE
       WHEN p.id IS NULL THEN 'unknown_payment'
       WHEN b.account LIKE 'provider:%' THEN
         CASE WHEN b.account <> 'provider:' || p.account THEN 'other_provider' END
       WHEN b.customer_id IS DISTINCT FROM p.customer_id THEN 'other_customer' END AS code
     FROM ${BOOKED_FOR_PAYMENTS} b LEFT JOIN payments.payments p ON p.id = b.payment_id
     WHERE p.id IS NOT NULL OR b.account NOT LIKE 'provider:%' OR NOT EXISTS (
       SELECT FROM ${BOOKED_FOR_PAYMENTS} o WHERE o.id = b.id AND o.account NOT LIKE 'provider:%')) w
   WHERE w.code IS NOT NULL ORDER BY w.id, w.code LIMIT $1`,
);

/** What `BOOKED_FOR_PAYMENTS` holds. */
export const MONEY_KINDS = ['capture', 'refund', 'chargeback'] as const;

const count = statement<{ count: number }>(
  'count-payments',
  'SELECT count(*)::int AS count FROM payments.payments',
);

/**
 * Payments and currencies whose captures, refunds or chargebacks are booked with another amount than the payment
 * shows, or not at all; at most `limit`.
 */
export async function findDiffering(on: Queryable, limit: number): Promise<readonly Misbooked[]> {
  return on.query(differing, [limit]);
}

/** Entries of payments that do not exist, or that are of another customer or provider account; at most `limit`. */
export async function findMisplaced(on: Queryable, limit: number): Promise<readonly Misbooked[]> {
  return on.query(misplaced, [limit]);
}

export async function countPayments(on: Queryable): Promise<number> {
  const [row] = await on.query(count, []);
  return row?.count ?? 0;
}
