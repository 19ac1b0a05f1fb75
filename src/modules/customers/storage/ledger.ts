import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { newId } from '../../../shared/id';
import { type Money } from '../../../shared/money/money';

interface Posting {
  /** With the kind of the cause unique for ever: posting the same cause again changes nothing. */
  readonly causeId: string;
  /** What the customer's balance changes by; positive for money that came in. */
  readonly amount: Money;
}

/** Money that moved, between a customer (or nobody in particular) and a provider account. */
export interface MoneyPosting extends Posting {
  readonly causeKind: 'capture' | 'refund' | 'chargeback';
  readonly paymentId: string;
  /** Null books to `unassigned`. */
  readonly customerId: string | null;
  readonly providerAccount: string;
}

/** What a customer owes by an invoice, or no longer owes by a credit note, against `revenue` (VAT included). */
export interface DebtPosting extends Posting {
  readonly causeKind: 'invoice' | 'credit_note';
  /** The UUID of the document. */
  readonly causeId: string;
  readonly customerId: string;
}

/** One fact, to be booked once. */
export type LedgerPosting = MoneyPosting | DebtPosting;

const post = statement<{ id: string }>(
  'post-ledger',
  `WITH booked AS (
     INSERT INTO customers.ledger_transactions (id, cause_kind, cause_id, payment_id)
     VALUES ($1, $2, $3, $4) ON CONFLICT (cause_kind, cause_id) DO NOTHING RETURNING id
   )
   INSERT INTO customers.ledger_entries (transaction_id, line, account, customer_id, currency, amount_minor)
   SELECT id, 1, CASE WHEN $5::uuid IS NULL THEN 'unassigned' ELSE 'customer' END, $5::uuid, $6, $7::bigint
     FROM booked
   UNION ALL
   SELECT id, 2, $8, NULL, $6, -($7::bigint) FROM booked
   RETURNING transaction_id AS id`,
);

/** The books: append-only, two entries per fact, balanced by a constraint of the database. */
export class Ledger {
  /** Books the fact in the caller's transaction. Returns false when it was booked before. */
  async post(tx: Tx, posting: LedgerPosting): Promise<boolean> {
    const rows = await tx.query(post, [
      newId(),
      posting.causeKind,
      posting.causeId,
      isMoney(posting) ? posting.paymentId : null,
      posting.customerId,
      posting.amount.currency,
      posting.amount.minor.toString(),
      isMoney(posting) ? `provider:${posting.providerAccount}` : 'revenue',
    ]);
    return rows.length > 0;
  }
}

function isMoney(posting: LedgerPosting): posting is MoneyPosting {
  return 'providerAccount' in posting;
}
