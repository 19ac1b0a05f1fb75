import { type Documentation, type DocumentedAnswer } from '../../../platform/http/documented';
import { forbidden, invalidRequest } from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import { customerUnknown } from '../../payments/payments.facade';
import { draftOfPayment, invoiceNotFound } from '../invoices.errors';
import { invoiceExamples } from './invoice.examples';
import { InvoiceResponse, InvoiceSummaryResponse } from './invoice.response';
import { NumbersResponse } from './numbers.response';
import { draftIsGone, issuedAlready } from './told-errors.docs';

export const InvoiceList = listResponseOf(InvoiceSummaryResponse, 'InvoiceList');

export const idParam = {
  name: 'id',
  description: 'Id of the invoice or credit note; the plain UUID is accepted too.',
  example: exampleIds.paidInvoice,
};

export const draftIdParam = { ...idParam, example: exampleIds.draftInvoice };

const draft = (status: number, description: string): DocumentedAnswer => ({
  status,
  description,
  type: InvoiceResponse,
  example: invoiceExamples.draft,
});

export const create: Documentation = {
  operationId: 'createInvoice',
  summary: 'Draft an invoice',
  description:
    'A draft has no number and is owed by nobody: change it, look at its `preview`, then `issue` it. Staff only. ' +
    'VAT is computed once per category and rate, as EN 16931 has it.',
  answers: [
    {
      ...draft(201, 'The draft.'),
      more: { shop: invoiceExamples.shopPrices, reverseCharge: invoiceExamples.reverseCharge },
    },
  ],
  errors: [forbidden, draftIsGone, customerUnknown],
  idempotent: true,
};

export const list: Documentation = {
  operationId: 'listInvoices',
  summary: 'List invoices and credit notes',
  description:
    'Newest first, without their lines. A user sees what was issued to the customers it owns; staff see all, drafts too. ' +
    '`overdue=true`, `overpaid=true` and `returned=true` are what a person should look at.',
  answers: [
    {
      status: 200,
      description: 'One page of invoices.',
      type: InvoiceList,
      example: invoiceExamples.list,
    },
  ],
  errors: [invalidRequest],
};

export const find: Documentation = {
  operationId: 'getInvoice',
  summary: 'Show an invoice or credit note',
  description: 'With its lines, its VAT and what happened to its money.',
  answers: [
    {
      status: 200,
      description: 'The invoice.',
      type: InvoiceResponse,
      example: invoiceExamples.paid,
    },
  ],
  errors: [invoiceNotFound],
};

export const update: Documentation = {
  operationId: 'updateInvoice',
  summary: 'Change a draft',
  description:
    'Fields that are left out stay as they are; `lines` are replaced as a whole. A draft made from a payment keeps its ' +
    'customer and currency. Staff only.',
  answers: [
    {
      ...draft(200, 'The changed draft.'),
      example: invoiceExamples.dueDraft,
      more: { lines: invoiceExamples.twoMonths },
    },
  ],
  errors: [
    forbidden,
    invoiceNotFound,
    issuedAlready('Only a draft is changed: credit it, and make a new one.'),
    draftOfPayment,
    customerUnknown,
  ],
  hasBody: true,
};

export const remove: Documentation = {
  operationId: 'deleteInvoice',
  summary: 'Delete a draft',
  description: 'Only drafts: what is issued is corrected by a credit note. Staff only.',
  answers: [draft(200, 'The draft as it was.')],
  errors: [
    forbidden,
    invoiceNotFound,
    issuedAlready('Only a draft is deleted: credit it instead.'),
  ],
};

export const numbers: Documentation = {
  operationId: 'reportInvoiceNumbers',
  summary: 'Prove that no number is missing',
  description:
    'Counters and documents, compared: every series and year from 1 to its last number. Staff only.',
  answers: [
    {
      status: 200,
      description: 'One entry per series and year.',
      type: NumbersResponse,
      example: invoiceExamples.numbers,
    },
  ],
  errors: [forbidden, invalidRequest],
};
