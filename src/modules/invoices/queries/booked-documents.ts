import { Injectable, type OnModuleInit } from '@nestjs/common';
import { statement } from '../../../platform/database/statement';
import { BOOKED_FOR_DOCUMENTS, BOOKED_FOR_PAYMENTS } from '../../customers/customers.facade';
import { LedgerCheck, type Misbooked, PAYMENTS_OF_SUBJECTS } from '../../payments/payments.facade';

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

/** What an invoice has of each of its payments, and of those that it should have. */
const unheard = statement<Misbooked>(
  'find-invoice-payments-booked-differently',
  `WITH paid AS (
     SELECT payment_id, coalesce(l.invoice_id, s.subject_id) AS invoice_id,
       coalesce(l.captured_minor - l.refunded_minor - l.charged_back_minor, 0)::numeric AS minor
     FROM invoices.payments l
     FULL JOIN (SELECT * FROM ${PAYMENTS_OF_SUBJECTS} o WHERE subject_kind = 'invoice') s USING (payment_id)
   ), booked AS (
     SELECT payment_id, currency, sum(amount_minor) AS minor
     FROM ${BOOKED_FOR_PAYMENTS} b WHERE account NOT LIKE 'provider:%' GROUP BY 1, 2
   )
   SELECT 'invoice_payment' AS code, p.payment_id, p.invoice_id, NULL::uuid AS transaction_id, i.currency,
     p.minor::text AS expected, coalesce(b.minor, 0)::text AS booked, count(*) OVER ()::int AS found
   FROM paid p JOIN invoices.invoices i ON i.id = p.invoice_id
   LEFT JOIN booked b ON b.payment_id = p.payment_id AND b.currency = i.currency
   WHERE p.minor <> coalesce(b.minor, 0) ORDER BY p.payment_id LIMIT $1`,
);

/**
 * Part of the check of the ledger: compares what is booked for invoices and credit notes with their totals, and what is
 * booked for payments with what their invoices have of them.
 */
@Injectable()
export class BookedDocuments implements OnModuleInit {
  constructor(private readonly check: LedgerCheck) {}

  onModuleInit(): void {
    this.check.cover({
      causeKinds: ['invoice', 'credit_note'],
      find: (on, limit) => on.query(differing, [limit]),
    });
    this.check.cover({ causeKinds: [], find: (on, limit) => on.query(unheard, [limit]) });
  }
}
