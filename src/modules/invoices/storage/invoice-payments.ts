import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** What a payment brought and what of it went again, in minor units. */
export interface PaymentMoney {
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly chargedBack: bigint;
}

const findInvoice = statement<{ invoice_id: string }>(
  'find-invoice-of-payment',
  'SELECT invoice_id FROM invoices.payments WHERE payment_id = $1',
);

const listPayments = statement<{ payment_id: string }>(
  'list-payments-of-invoice',
  'SELECT payment_id FROM invoices.payments WHERE invoice_id = $1 ORDER BY payment_id',
);

const put = statement<never>(
  'put-invoice-payment',
  `INSERT INTO invoices.payments (payment_id, invoice_id, captured_minor, refunded_minor, charged_back_minor)
   VALUES ($1, $2, $3::bigint, $4::bigint, $5::bigint)
   ON CONFLICT (payment_id) DO UPDATE SET captured_minor = excluded.captured_minor,
     refunded_minor = excluded.refunded_minor, charged_back_minor = excluded.charged_back_minor, updated_at = now()`,
);

const sum = statement<{ captured: string; refunded: string; charged_back: string }>(
  'sum-invoice-payments',
  `SELECT coalesce(sum(captured_minor), 0)::text AS captured, coalesce(sum(refunded_minor), 0)::text AS refunded,
     coalesce(sum(charged_back_minor), 0)::text AS charged_back
   FROM invoices.payments WHERE invoice_id = $1`,
);

/** Which payments are for an invoice, and their money. Written under the lock of the invoice. */
export class InvoicePayments {
  /** Null for a payment that is for no invoice, as far as money of it was seen. */
  async invoiceOf(tx: Tx, paymentId: string): Promise<string | null> {
    const [row] = await tx.query(findInvoice, [paymentId]);
    return row?.invoice_id ?? null;
  }

  /** Those that brought money; of a draft the one that it was made from. */
  async paymentsOf(tx: Tx, invoiceId: string): Promise<readonly string[]> {
    const rows = await tx.query(listPayments, [invoiceId]);
    return rows.map(({ payment_id }) => payment_id);
  }

  async put(
    tx: Tx,
    link: { readonly invoiceId: string; readonly paymentId: string },
    money: PaymentMoney,
  ): Promise<void> {
    const { captured, refunded, chargedBack } = money;
    const amounts = [captured, refunded, chargedBack].map(String);
    await tx.query(put, [link.paymentId, link.invoiceId, ...amounts]);
  }

  /** Of all payments for the invoice. */
  async sum(tx: Tx, invoiceId: string): Promise<PaymentMoney> {
    const [row] = await tx.query(sum, [invoiceId]);
    return {
      captured: BigInt(row?.captured ?? 0),
      refunded: BigInt(row?.refunded ?? 0),
      chargedBack: BigInt(row?.charged_back ?? 0),
    };
  }
}
