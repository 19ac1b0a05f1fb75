import { defineError } from '../../shared/app-error';

export const invoiceNotFound = defineError('invoice_not_found', {
  status: 404,
  title: 'No such invoice',
  cure: 'Use the id of an invoice that your key may see; list them at GET /api/invoices. Drafts are shown to staff only.',
});

export const invoiceState = defineError('invoice_state', {
  status: 409,
  title: 'Not possible in this state of the invoice',
  cure: 'Read `state`: a draft is changed, issued or deleted; what is issued is paid and corrected by credit notes.',
});

export const invoiceIncomplete = defineError('invoice_incomplete', {
  status: 422,
  title: 'The invoice lacks what the law asks for',
  cure: 'Fill in everything that `errors` names (each entry says where), then issue it again. No number was used.',
});

export const eInvoiceIncomplete = defineError('e_invoice_incomplete', {
  status: 422,
  title: 'The invoice lacks what an e-invoice needs',
  cure: 'The invoice stands and its PDF is valid. Complete what `errors` names at the customer or in the settings, credit the invoice and issue a new one, or send the PDF.',
});

export const invoiceUnprintable = defineError('invoice_unprintable', {
  status: 422,
  title: 'The invoice cannot be printed',
  cure: 'Asking again does not help. Shorten the texts of a draft. What is issued stands, and its e-invoice is at …/ubl: send that, or credit the invoice and issue it anew with shorter texts.',
});

export const creditTooHigh = defineError('credit_too_high', {
  status: 422,
  title: 'More than is left of the invoice',
  cure: 'Credit at most what `errors` says is left of each line, or leave `lines` out to credit all that is left.',
});

export const paymentHasInvoice = defineError('payment_has_invoice', {
  status: 409,
  title: 'The payment has an invoice',
  cure: 'Use the invoice in `invoice`.',
});

export const paymentNotPaid = defineError('payment_not_paid', {
  status: 409,
  title: 'The payment brought no money',
  cure: 'Make the invoice while the payment is `paid` and not all of it went back, or make one with POST /api/invoices and have it paid.',
});

export const draftOfPayment = defineError('draft_of_payment', {
  status: 409,
  title: 'The draft is the invoice of a payment',
  cure: 'Customer and currency are those of the payment: leave them out. To invoice somebody else, delete the draft and send POST /api/invoices.',
});

export const invoicesErrors = [
  invoiceNotFound,
  invoiceState,
  invoiceIncomplete,
  eInvoiceIncomplete,
  invoiceUnprintable,
  creditTooHigh,
  paymentHasInvoice,
  paymentNotPaid,
  draftOfPayment,
];
