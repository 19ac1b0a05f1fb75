import { type Documentation, type DocumentedAnswer } from '../../../platform/http/documented';
import { forbidden } from '../../../platform/http/http.errors';
import { exampleIds } from '../../../shared/example-ids';
import {
  createDocumentation,
  customerRequired,
  customerUnknown,
  mandateNotApproved,
  mandateUnknown,
  paymentExamples,
  paymentInProgress,
  PaymentResponse,
} from '../../payments/payments.facade';
import * as errors from '../invoices.errors';
import { invoiceExamples } from './invoice.examples';
import { InvoiceResponse } from './invoice.response';
import { draftIdParam as draft, idParam } from './invoices.docs';
import {
  draftIsGone,
  issuedAlready,
  noSuchPayment,
  oldRate,
  paidByNobody,
  stillDraft,
} from './told-errors.docs';

export const draftIdParam = draft;
export const creditIdParam = { ...idParam, example: exampleIds.partlyCreditedInvoice };
export const payIdParam = { ...idParam, example: exampleIds.overdueInvoice };
export const paymentParam = {
  name: 'payment',
  description: 'Id of a paid payment without an invoice; the plain UUID is accepted too.',
  example: exampleIds.paidPaypal,
};

const answer = (status: number, description: string, example: unknown): DocumentedAnswer => ({
  status,
  description,
  type: InvoiceResponse,
  example,
});

export const issue: Documentation = {
  operationId: 'issueInvoice',
  summary: 'Number and freeze a draft',
  description:
    'Draws the next number, freezes what the invoice says with its SHA-256, and debits the customer, all at once. What ' +
    'the law asks for and is missing is named, each with where to fill it in; then nothing happened. Staff only.',
  answers: [answer(200, 'The issued invoice.', invoiceExamples.issued)],
  errors: [
    forbidden,
    errors.invoiceNotFound,
    issuedAlready('It is issued once: read its number.'),
    errors.invoiceIncomplete,
    errors.draftOfPayment,
  ],
  idempotent: true,
};

export const credit: Documentation = {
  operationId: 'creditInvoice',
  summary: 'Take an invoice back',
  description:
    'Issues a credit note with a number of its own, for lines and quantities or for all that is left; then the invoice ' +
    'is `credited`. Money that was paid stays on the balance of the customer until it is refunded. Staff only.',
  answers: [
    {
      ...answer(201, 'The credit note.', invoiceExamples.creditNote),
      more: { everything: invoiceExamples.creditNoteOfAll },
    },
  ],
  errors: [
    forbidden,
    errors.invoiceNotFound,
    stillDraft('Only an issued or paid invoice is credited, until nothing of it is left.'),
    oldRate,
    errors.creditTooHigh,
    paymentInProgress,
  ],
  idempotent: true,
};

const payment = (status: number, description: string, example: unknown): DocumentedAnswer => ({
  status,
  description,
  type: PaymentResponse,
  example,
});

/** Whose invoice it is, is known; nobody charges a mandate for it. */
const NEVER_PAYING = [customerRequired, customerUnknown, mandateUnknown, mandateNotApproved];

export const pay: Documentation = {
  operationId: 'payInvoice',
  summary: 'Have the open amount paid',
  description:
    'Starts a payment of `open_amount` for the customer of the invoice: send the payer to its `checkout_url`. One payment ' +
    'can be live at a time: the same request of the same caller gets it again (200), any other is 409 ' +
    '`payment_in_progress`. Once it is paid, so is the invoice.',
  answers: [
    {
      ...payment(201, 'The payment can be paid.', paymentExamples.forInvoice),
      more: { paypal: paymentExamples.forInvoiceAtPaypal },
    },
    payment(200, 'The live payment that the same request made before.', paymentExamples.forInvoice),
    payment(202, 'Nobody knows yet what the provider did.', paymentExamples.unsettledForInvoice),
  ],
  errors: [
    errors.invoiceNotFound,
    stillDraft('Only an issued invoice with an open amount is paid.'),
    paymentInProgress,
    ...(createDocumentation.errors ?? []).filter((kind) => !NEVER_PAYING.includes(kind)),
  ],
  idempotent: true,
};

export const fromPayment: Documentation = {
  operationId: 'createInvoiceFromPayment',
  summary: 'Draft the invoice of a payment',
  description:
    'For a paid payment that was made without one: a draft of a single line over all that it brought, VAT included. Once ' +
    'issued it is paid at once. Of what went back since, it shows the sum (`refunded_amount`, `charged_back_amount`): ' +
    '`credit` that part; where all went back there is nothing to invoice (409 `payment_not_paid`). Customer and currency ' +
    'of the draft stay those of the payment. Staff only.',
  answers: [
    {
      ...answer(201, 'The draft.', invoiceExamples.ofPayment),
      more: { export: invoiceExamples.exportOfPayment },
    },
  ],
  errors: [
    forbidden,
    noSuchPayment,
    draftIsGone,
    paidByNobody,
    errors.paymentHasInvoice,
    errors.paymentNotPaid,
  ],
  idempotent: true,
};
