import { asReplayed } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { type InvoiceAction, isAllowed } from '../domain/invoice-lifecycle';
import { draftOfPayment, invoiceNotFound, invoiceState } from '../invoices.errors';
import { type InvoiceRow } from '../storage/invoice.row';

export function noSuchInvoice() {
  return invoiceNotFound('There is no invoice with this id, or it is not yours.');
}

/** Its money is booked for the customer and in the currency of the payment. */
export function boundToPayment({ id }: InvoiceRow, paymentId: string) {
  const payment = showId('pay', paymentId);
  const detail =
    `Customer and currency of ${showId('inv', id)} are those of payment ${payment}, which paid it. ` +
    'Leave them as they are, or delete the draft.';
  return draftOfPayment(detail, { members: { payment } });
}

/** The key of a request that made a draft which is gone. */
export function replayedDraftIsGone() {
  return asReplayed(
    invoiceNotFound(
      'The draft of this Idempotency-Key was deleted. Send a new key to make another one.',
    ),
  );
}

const CURES: Readonly<Record<InvoiceAction, string>> = {
  edit: 'Only a draft is changed: credit it, and make a new one.',
  delete: 'Only a draft is deleted: credit it instead.',
  issue: 'It is issued once: read its number.',
  pay: 'Only an issued invoice with an open amount is paid.',
  credit: 'Only an issued or paid invoice is credited, until nothing of it is left.',
};

/** The invoice as it was found, when this may be done to it. Throws `invoice_not_found` (404) or `invoice_state` (409). */
export function allowedFor<Row extends InvoiceRow>(
  action: InvoiceAction,
  invoice: Row | null,
): Row {
  if (!invoice) throw noSuchInvoice();
  if (!isAllowed(action, invoice)) throw refusedIn(invoice, action);
  return invoice;
}

function refusedIn(invoice: InvoiceRow, action: InvoiceAction) {
  const kind = invoice.kind === 'invoice' ? 'invoice' : 'credit note';
  const detail = `The ${kind} ${invoice.number_text ?? showId('inv', invoice.id)} is ${invoice.state}. ${CURES[action]}`;
  const members = { invoice: showId('inv', invoice.id), state: invoice.state };
  return invoiceState(detail, { members });
}
