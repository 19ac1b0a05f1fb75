import { type InvoiceDocument } from './invoice-document';

/**
 * BT-72, when the supply was completed. A credit note without dates takes back a supply that was there when its invoice
 * was issued, not one of its own day.
 */
export function dayOfSupply({
  start_date: start,
  end_date: end,
  issue_date: issued,
  credits,
}: Pick<InvoiceDocument, 'start_date' | 'end_date' | 'issue_date' | 'credits'>): string {
  return end ?? start ?? credits?.issue_date ?? issued;
}
