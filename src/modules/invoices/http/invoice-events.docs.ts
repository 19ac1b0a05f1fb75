import {
  describeEvents,
  type DocumentedEvents,
  member,
} from '../../../platform/events/documented-events';
import { exampleIds } from '../../../shared/example-ids';
import { type JsonObject } from '../../../shared/json';
import { INVOICE_KINDS, INVOICE_STATES } from '../domain/invoice-lifecycle';
import { type InvoiceEventType } from '../invoices.events';

const ABOUT: Readonly<Record<InvoiceEventType, string>> = {
  'invoice.issued': 'It has a number and is owed; of a credit note: it takes effect.',
  'invoice.paid': 'Nothing of it is open any more.',
  'invoice.credited': 'A credit note took some or all of it back; `state` says which.',
  'invoice.overpaid': 'More was paid than is owed; it stays on the balance of the customer.',
  'invoice.payment_returned': 'Money that was paid for it went back to the payer.',
};

const issued: JsonObject = {
  id: exampleIds.paidInvoice,
  kind: 'invoice',
  number: '2026-0001',
  state: 'issued',
  customer: exampleIds.customer,
  currency: 'EUR',
  total_amount: 12100,
  open_amount: 12100,
  credited_amount: 0,
  captured_amount: 0,
  refunded_amount: 0,
  charged_back_amount: 0,
  overpaid_amount: 0,
  issue_date: '2026-11-20',
  due_date: '2026-12-04',
  credits: null,
  credit_note: null,
};

const paid = { ...issued, state: 'paid', open_amount: 0, captured_amount: 12100 };

const EXAMPLES: Readonly<Record<InvoiceEventType, JsonObject>> = {
  'invoice.issued': issued,
  'invoice.paid': paid,
  'invoice.credited': {
    ...issued,
    state: 'credited',
    open_amount: 0,
    credited_amount: 12100,
    credit_note: exampleIds.creditNote,
  },
  'invoice.overpaid': { ...paid, captured_amount: 12600, overpaid_amount: 500 },
  'invoice.payment_returned': {
    ...paid,
    refunded_amount: 12100,
    returned_amount: 12100,
    _links: { credit: `/api/invoices/${exampleIds.paidInvoice}/credit` },
  },
};

/** Events of invoices, as webhooks and GET /api/events tell them. */
export const invoiceEvents: DocumentedEvents = {
  tag: 'Invoices',
  schema: 'InvoiceEventData',
  members: {
    id: member.text('The invoice or credit note.'),
    kind: member.oneOf('Which of the two.', INVOICE_KINDS),
    number: member.optionalText('Its number.'),
    state: member.oneOf('Its state now.', INVOICE_STATES),
    customer: member.text('Who owes it.'),
    currency: member.text('ISO 4217 code.'),
    total_amount: member.amount('With VAT'),
    open_amount: member.amount('What is still owed'),
    credited_amount: member.amount('What credit notes took back'),
    captured_amount: member.amount('What was paid for it'),
    refunded_amount: member.amount('What of that was given back'),
    charged_back_amount: member.amount('What of that was taken back'),
    overpaid_amount: member.amount('What was paid beyond what is owed'),
    issue_date: member.day('The day of its issue.'),
    due_date: member.day('When it is due.'),
    credits: member.optionalText('Of a credit note: the invoice.'),
    credit_note: member.optionalText('The credit note that just took from it.'),
    returned_amount: member.amount('What went back to the payer just now'),
    _links: member.object('Where to go from here.', {
      credit: member.optionalText('POST here to credit it; null where nothing is left.'),
    }),
  },
  optional: ['returned_amount', '_links'],
  events: describeEvents({ about: ABOUT, example: (type) => EXAMPLES[type] }),
};
