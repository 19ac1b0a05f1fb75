import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { toPaymentResponse } from '../queries/payment.view';
import { type PaymentRow } from '../storage/payment.row';
import * as payments from './example-payments';

const BASE = 'http://localhost:3000';

/** Nobody knows whether the provider has it. */
const unknown = {
  state: 'initialized',
  provider_payment_id: null,
  provider_state: null,
  pay_method: null,
  checkout_url: null,
} as const;

const ideal: PaymentRow = {
  ...payments.open,
  id: exampleUuids.openPaypro,
  account: 'paypro',
  amount_minor: '2500',
  description: 'Order 1235',
  pay_methods: ['ideal'],
  locale: 'nl',
  metadata: {},
  provider_payment_id: 'PPT2N0D6BD7H0A',
  provider_state: 'open',
  pay_method: 'ideal',
  checkout_url: 'https://www.paypro.nl/betalen/pay/PPT2N0D6BD7H0A',
};

const firstOfMany: PaymentRow = {
  ...ideal,
  amount_minor: '1000',
  description: 'Membership, first month',
  locale: null,
  setup_mandate: true,
};

const charged: PaymentRow = {
  ...firstOfMany,
  description: 'Membership, second month',
  pay_methods: [],
  setup_mandate: false,
  mandate: 'MD6ULYXJ4HP9RJ',
  state: 'processing',
  provider_state: 'processing',
  pay_method: 'direct-debit',
  return_url: null,
  cancel_url: null,
  checkout_url: null,
};

/** Answers to the request examples of a create, by their keys. */
const created: Readonly<Record<string, PaymentRow>> = {
  hold: { ...payments.open, capture_method: 'manual', description: 'Order 1237', metadata: {} },
  ideal,
  firstOfMany,
  mandate: charged,
  any: {
    ...payments.open,
    chosen_because: 'first_suitable',
    amount_minor: '1999',
    currency: 'USD',
    description: 'Order 1236',
    metadata: {},
  },
};

/** Of an invoice: what it is for stands in `subject`. */
const forInvoice: PaymentRow = {
  ...ideal,
  id: exampleUuids.invoicePayment,
  subject_kind: 'invoice',
  subject_id: exampleUuids.overdueInvoice,
  amount_minor: '12100',
  description: 'INV-2026-0001',
  metadata: { invoice: exampleIds.overdueInvoice, number: 'INV-2026-0001' },
};

const forInvoiceAtPaypal: PaymentRow = {
  ...payments.open,
  ...{ id: forInvoice.id, locale: forInvoice.locale, metadata: forInvoice.metadata },
  ...{ subject_kind: 'invoice', subject_id: forInvoice.subject_id },
  ...{ amount_minor: forInvoice.amount_minor, description: forInvoice.description },
};

const show = (payment: PaymentRow) => toPaymentResponse(payment, null, BASE);

const operation = (kind: string) => ({
  id: '019aa5c8-fc00-7000-8000-0000000000a0',
  kind,
  state: 'unsettled',
});

/** Whole payments for the API document, made by the same view that answers requests. */
export const paymentExamples = {
  open: show(payments.open),
  waiting: show(payments.waiting),
  paid: show(payments.paid),
  canceled: show(payments.canceled),
  authorized: show(payments.authorized),
  created: Object.fromEntries(Object.entries(created).map(([key, one]) => [key, show(one)])),
  forInvoice: show(forInvoice),
  forInvoiceAtPaypal: show(forInvoiceAtPaypal),
  unsettledForInvoice: toPaymentResponse({ ...forInvoice, ...unknown }, operation('create'), BASE),
  capturedInPart: show(payments.capturedInPart),
  capturedWhole: show(payments.capturedWhole),
  capturedLast: show({ ...payments.capturedWhole, captured_minor: '400' }),
  unsettledPart: toPaymentResponse(payments.authorized, operation('capture'), BASE),
  unsettledRenewal: toPaymentResponse(payments.authorized, operation('reauthorize'), BASE),
  unsettledCreate: toPaymentResponse({ ...payments.open, ...unknown }, operation('create'), BASE),
  unsettledCapture: toPaymentResponse(payments.agreed, operation('capture'), BASE),
  unsettledCancel: toPaymentResponse(payments.authorized, operation('void'), BASE),
  list: {
    type: 'list',
    data: [show(payments.waiting)],
    count: 1,
    _links: { self: `${BASE}/api/payments?customer=${exampleIds.customer}&limit=1` },
  },
  timeline: {
    type: 'list',
    data: [
      {
        at: '2026-11-20T09:00:00.000Z',
        kind: 'state',
        what: 'initialized',
        actor: 'demo-staff',
        details: { from: null, trigger: 'create', cause: 'api' },
      },
    ],
    count: 1,
  },
};
