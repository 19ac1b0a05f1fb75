import { blaming, defineError, type ErrorExample } from '../../shared/app-error';
import { exampleIds } from '../../shared/example-ids';

/** Parts of the address of a customer. */
function missing(...parts: readonly string[]): ErrorExample {
  const detail = `Send it to PATCH /api/customers/${exampleIds.customer}: an invoice has the full address of the customer.`;
  const errors = parts.map((part) => ({ pointer: `/customer/${part}`, code: 'required', detail }));
  const more = `(and ${parts.length - 1} more, see errors)`;
  return { detail: `/customer/${parts[0]}: ${detail} ${more}`, errors };
}

export const invoiceNotFound = defineError('invoice_not_found', {
  status: 404,
  title: 'No such invoice',
  cure: 'Use the id of an invoice that your key may see; list them at GET /api/invoices. Drafts are shown to staff only.',
  example: { detail: 'There is no invoice with this id, or it is not yours.' },
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
  example: missing('address', 'postal', 'city', 'country'),
});

export const eInvoiceIncomplete = defineError('e_invoice_incomplete', {
  status: 422,
  title: 'The invoice lacks what an e-invoice needs',
  cure: 'The invoice stands and its PDF is valid. Send the PDF; or, where it has to be an e-invoice, complete what `errors` names at the customer or in the settings, credit the invoice and issue a new one.',
  example: {
    detail: 'This invoice cannot be written as an e-invoice; see `errors`.',
    errors: [
      {
        pointer: '',
        code: 'BR-CO-09',
        detail: 'The VAT number 123456789B01 does not begin with the two letters of its country.',
      },
    ],
  },
});

export const invoiceUnprintable = defineError('invoice_unprintable', {
  status: 422,
  title: 'The invoice cannot be printed',
  cure: 'Asking again does not help. Shorten the texts of a draft. What is issued stands, and its e-invoice is at …/ubl: send that, or credit the invoice and issue it anew with shorter texts.',
  example: { detail: 'This invoice cannot be printed: its texts are too long.' },
});

export const creditTooHigh = defineError('credit_too_high', {
  status: 422,
  title: 'More than is left of the invoice',
  cure: 'Credit at most what `errors` says is left of each line, or leave `lines` out to credit all that is left.',
  example: blaming({
    pointer: '/lines/0/quantity',
    code: 'more_than_left',
    detail: 'Only 1 of this line is left to credit.',
  }),
});

export const paymentHasInvoice = defineError('payment_has_invoice', {
  status: 409,
  title: 'The payment has an invoice',
  cure: 'Use the invoice in `invoice`.',
  example: {
    detail: `The payment is for invoice ${exampleIds.paidInvoice}.`,
    members: { invoice: exampleIds.paidInvoice },
  },
});

export const paymentNotPaid = defineError('payment_not_paid', {
  status: 409,
  title: 'The payment brought no money',
  cure: 'Make the invoice while the payment is `paid` and not all of it went back, or make one with POST /api/invoices and have it paid.',
  example: { detail: 'The payment is open: there is no money to invoice.' },
});

export const draftOfPayment = defineError('draft_of_payment', {
  status: 409,
  title: 'The draft is the invoice of a payment',
  cure: 'Customer and currency are those of the payment: leave them out. To invoice somebody else, delete the draft and send POST /api/invoices.',
  example: {
    detail:
      `Customer and currency of ${exampleIds.draftInvoice} are those of payment ${exampleIds.paidPaypal}, which paid it. ` +
      'Leave them as they are, or delete the draft.',
    members: { payment: exampleIds.paidPaypal },
  },
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
