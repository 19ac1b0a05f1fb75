import { Injectable, type OnModuleInit } from '@nestjs/common';
import { statement } from '../../../platform/database/statement';
import { BOOKED_FOR_DOCUMENTS } from '../../customers/customers.facade';
import { LedgerCheck, type Misbooked } from '../../payments/payments.facade';

/** An invoice is owed by its customer, a credit note is what is owed no longer. */
const differing = statement<Misbooked>(
  'find-documents-booked-differently',
  `WITH issued AS (
     SELECT id AS invoice_id, id::text AS cause_id, kind AS cause_kind, customer_id, currency,
       CASE kind WHEN 'invoice' THEN -total_minor ELSE total_minor END::numeric AS minor
     FROM invoices.invoices WHERE state <> 'draft'
   ), booked AS (
     SELECT cause_id, cause_kind, customer_id, currency, sum(amount_minor) AS minor,
       (array_agg(id))[1] AS transaction_id
     FROM ${BOOKED_FOR_DOCUMENTS} b WHERE account <> 'revenue' GROUP BY 1, 2, 3, 4
   )
   SELECT 'invoice_total' AS code, NULL::uuid AS payment_id, i.invoice_id, b.transaction_id, currency,
     coalesce(i.minor, 0)::text AS expected, coalesce(b.minor, 0)::text AS booked, count(*) OVER ()::int AS found
   FROM issued i FULL JOIN booked b USING (cause_id, cause_kind, customer_id, currency)
   WHERE coalesce(i.minor, 0) <> coalesce(b.minor, 0) ORDER BY cause_id, currency LIMIT $1`,
);

/** Compares what is booked for invoices and credit notes with their totals, as part of the check of the ledger. */
@Injectable()
export class BookedDocuments implements OnModuleInit {
  constructor(private readonly check: LedgerCheck) {}

  onModuleInit(): void {
    this.check.cover({
      causeKinds: ['invoice', 'credit_note'],
      find: (on, limit) => on.query(differing, [limit]),
    });
  }
}
