import { showId } from '../../../shared/id';
import { type InvoiceAction } from '../domain/invoice-lifecycle';
import { invoiceNotFound, invoiceState } from '../invoices.errors';
import { type InvoiceRow } from '../storage/invoice.row';

export function noSuchInvoice() {
  return invoiceNotFound('There is no invoice with this id, or it is not yours.');
}

const CURES: Readonly<Record<InvoiceAction, string>> = {
  edit: 'Only a draft is changed: credit it, and make a new one.',
  delete: 'Only a draft is deleted: credit it instead.',
  issue: 'It is issued once: read its number.',
  pay: 'Only an issued invoice with an open amount is paid.',
  credit: 'Only an issued or paid invoice is credited, until nothing of it is left.',
};

export function refusedIn(invoice: InvoiceRow, action: InvoiceAction) {
  const kind = invoice.kind === 'invoice' ? 'invoice' : 'credit note';
  const detail = `The ${kind} ${invoice.number_text ?? showId('inv', invoice.id)} is ${invoice.state}. ${CURES[action]}`;
  const members = { invoice: showId('inv', invoice.id), state: invoice.state };
  return invoiceState(detail, { members });
}
