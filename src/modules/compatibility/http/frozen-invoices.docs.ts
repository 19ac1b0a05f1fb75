import { exampleUuids } from '../../../shared/example-ids';
import { hexId } from '../../../shared/id';
import { customerUrl, invoiceUrl } from '../domain/frozen-links';
import { type FrozenAnswer, type FrozenDocumentation } from './documented-frozen';
import { FrozenInvoiceResponse } from './frozen-invoice.response';
import { list as listPayments } from './frozen-payments.docs';

const BASE = 'http://localhost:3000';
const uuid = exampleUuids.paidInvoice;
const customer = exampleUuids.customer;

const example: FrozenInvoiceResponse = {
  url: invoiceUrl(BASE, { uuid }),
  uuid: hexId(uuid),
  total_amount: '121.00',
  pdf: `${invoiceUrl(BASE, { uuid })}pdf/`,
  start_date: null,
  end_date: null,
  items: [
    { amount: '121.00', description: 'Premium-abonnement', created_at: '2026-11-20T09:00:00.000Z' },
  ],
  customer: customerUrl(BASE, { uuid: customer }),
  customer_uuid: hexId(customer),
  customer_name: 'Walter Lebowski',
};

export const uuidParam = {
  name: 'uuid',
  description: 'Id of the invoice: 32 hexadecimal digits, a UUID, or `inv_…`.',
  example: hexId(uuid),
};

const one: FrozenAnswer = {
  status: 200,
  description: 'The invoice.',
  type: FrozenInvoiceResponse,
  example,
};

export const list: FrozenDocumentation = {
  operationId: 'listFrozenInvoices',
  summary: 'List invoices (older API)',
  description:
    'A bare list of issued invoices in COMPAT_CURRENCY, newest first, without drafts and credit notes. Pages and ' +
    '`customer` are those of the payments.',
  queries: listPayments.queries ?? [],
  answers: [
    {
      ...one,
      description: 'One page of invoices.',
      isList: true,
      example: [example],
      headers: {
        'X-Result-Count': 'How many invoices all pages have together.',
        Link: 'Addresses of other pages: `first`, `prev`, `next`, `last`.',
      },
    },
  ],
  errors: listPayments.errors,
};

const notFound = (...details: readonly string[]) => ({
  status: 404,
  description: 'There is no such invoice, or it is somebody else’s.',
  details,
});

export const find: FrozenDocumentation = {
  operationId: 'getFrozenInvoice',
  summary: 'Show an invoice (older API)',
  description: 'As it was issued.',
  answers: [one],
  errors: [notFound('Not found.')],
};

export const pdfNotFound = notFound('Not found.', "There's no PDF for this invoice.");
