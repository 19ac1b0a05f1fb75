import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { newId } from '../../../shared/id';
import { type Money } from '../../../shared/money/money';

/** One money fact, to be booked once: between a customer (or nobody in particular) and a provider account. */
export interface LedgerPosting {
  /** With `causeId` unique for ever: posting the same cause again changes nothing. */
  readonly causeKind: 'capture' | 'refund' | 'chargeback';
  readonly causeId: string;
  readonly paymentId: string;
  /** Null books to `unassigned`. */
  readonly customerId: string | null;
  readonly providerAccount: string;
  /** What the customer's balance changes by; positive for money that came in. */
  readonly amount: Money;
}

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
   SELECT id, 2, 'provider:' || $8, NULL, $6, -($7::bigint) FROM booked
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
      posting.paymentId,
      posting.customerId,
      posting.amount.currency,
      posting.amount.minor.toString(),
      posting.providerAccount,
    ]);
    return rows.length > 0;
  }
}
