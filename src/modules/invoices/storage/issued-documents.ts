import { type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { parseDocument } from './issued-document.wire';
import { type InvoiceDocument } from '../domain/invoice-document';

const find = statement<{ document: string | null }>(
  'find-issued-document',
  'SELECT document FROM invoices.invoices WHERE id = $1',
);

/** What an invoice said on the day of its issue; null for a draft, or when there is no such invoice. */
export async function findIssuedDocument(
  on: Queryable,
  invoiceId: string,
): Promise<InvoiceDocument | null> {
  const [row] = await on.query(find, [invoiceId]);
  return row?.document ? parseDocument(row.document) : null;
}
