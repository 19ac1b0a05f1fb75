import { showing } from '../../../shared/app-error';
import { exampleIds } from '../../../shared/example-ids';
import { customerRequired, paymentNotFound } from '../../payments/payments.facade';
import { invoiceIncomplete, invoiceNotFound, invoiceState } from '../invoices.errors';

const ISSUED = { invoice: exampleIds.paidInvoice, number: 'INV-2026-0001' };

/** What is told where the invoice is issued; `cure` ends the sentence. */
export function issuedAlready(cure: string) {
  const { invoice, number } = ISSUED;
  const members = { invoice, state: 'issued' };
  return showing(invoiceState, { detail: `The invoice ${number} is issued. ${cure}`, members });
}

/** The same of a draft, which has no number. */
export function stillDraft(cure: string) {
  const invoice = exampleIds.draftInvoice;
  const members = { invoice, state: 'draft' };
  return showing(invoiceState, { detail: `The invoice ${invoice} is draft. ${cure}`, members });
}

export const hasNoFiles = showing(invoiceState, {
  detail: 'This is a draft: look at its `preview`, or issue it to get its files.',
});

export const draftIsGone = showing(invoiceNotFound, {
  detail: 'The draft of this Idempotency-Key was deleted. Send a new key to make another one.',
});

const OLD_RATE = '20 % was no rate in NL on 2026-11-22. Send one of 21 %, 9 %.';

/** Of an invoice that was issued by other tables of rates. */
export const oldRate = showing(invoiceIncomplete, {
  detail: `/lines/0/vat_rate: ${OLD_RATE}`,
  errors: [{ pointer: '/lines/0/vat_rate', code: 'vat_rate', detail: OLD_RATE }],
});

export const noSuchPayment = showing(paymentNotFound, {
  detail: 'There is no payment with this id.',
});

export const paidByNobody = showing(customerRequired, {
  detail:
    'The payment names no customer, and an invoice is made out to one. Send `customer` when a payment is created; ' +
    'what this one brought can be refunded, and then be paid with POST /api/invoices/{id}/pay.',
});
