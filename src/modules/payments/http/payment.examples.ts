import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { toPaymentResponse } from '../queries/payment.view';
import { type PaymentRow } from '../storage/payment.row';

const BASE = 'http://localhost:3000';

const open: PaymentRow = {
  id: exampleUuids.openPaypal,
  account: 'paypal',
  chosen_because: 'requested',
  customer_id: exampleUuids.customer,
  subject_kind: null,
  subject_id: null,
  state: 'open',
  amount_minor: '1000',
  currency: 'EUR',
  captured_minor: '0',
  refunded_minor: '0',
  capture_method: 'automatic',
  authorization_id: null,
  authorized_minor: null,
  capturable_minor: '0',
  authorization_honored_until: null,
  authorization_expires_at: null,
  description: 'Order 1234',
  return_url: 'https://shop.example.com/return',
  cancel_url: 'https://shop.example.com/cancel',
  pay_methods: [],
  setup_mandate: false,
  auto_approve: false,
  mandate: null,
  locale: null,
  metadata: { order: '1234' },
  provider_payment_id: '5O190127TN364715T',
  provider_token: null,
  provider_state: 'PAYER_ACTION_REQUIRED',
  provider_customer: null,
  subscription: null,
  installment_plan: null,
  checkout_url: 'https://www.paypal.com/checkoutnow?token=5O190127TN364715T',
  pay_method: 'paypal',
  payer_id: null,
  payer_agreed_at: null,
  paid_at: null,
  canceled_via: null,
  conflict: null,
  error_code: null,
  error_message: null,
  version: 2,
  created_by: 'demo-staff',
  created_at: '2026-11-20T09:00:00.000+00:00',
  updated_at: '2026-11-20T09:00:01.000+00:00',
};

/** As the demonstration has it. */
const waiting: PaymentRow = {
  ...open,
  description: 'Order 1001: waits for the payer',
  locale: 'en',
  metadata: {},
};

const later = '2026-11-20T09:05:00.000+00:00';

const paid: PaymentRow = {
  ...open,
  state: 'paid',
  captured_minor: '1000',
  provider_state: 'COMPLETED',
  pay_method: 'paypal',
  payer_id: '7E7MGXCWTTKK2',
  payer_agreed_at: later,
  paid_at: later,
  updated_at: later,
};

const canceled: PaymentRow = {
  ...open,
  state: 'canceled',
  canceled_via: 'local',
  updated_at: later,
};

const authorized: PaymentRow = {
  ...open,
  capture_method: 'manual',
  state: 'authorized',
  authorization_id: '0AW2184448108334S',
  authorized_minor: '1000',
  capturable_minor: '1000',
  authorization_honored_until: '2026-11-23T09:05:00.000+00:00',
  authorization_expires_at: '2026-12-19T09:05:00.000+00:00',
  provider_state: 'CREATED',
  pay_method: 'paypal',
  payer_id: '7E7MGXCWTTKK2',
  payer_agreed_at: later,
  updated_at: later,
};

const capturedInPart: PaymentRow = {
  ...authorized,
  captured_minor: '400',
  capturable_minor: '600',
  provider_state: 'PARTIALLY_CAPTURED',
};

const capturedWhole: PaymentRow = {
  ...capturedInPart,
  state: 'paid',
  captured_minor: '1000',
  capturable_minor: '0',
  provider_state: 'CAPTURED',
  paid_at: later,
};

/** Nobody knows whether the provider has it. */
const unknown = {
  state: 'initialized',
  provider_payment_id: null,
  provider_state: null,
  pay_method: null,
  checkout_url: null,
} as const;

const agreed: PaymentRow = {
  ...open,
  provider_state: 'APPROVED',
  payer_id: '7E7MGXCWTTKK2',
  payer_agreed_at: later,
  updated_at: later,
};

const ideal: PaymentRow = {
  ...open,
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
  hold: { ...open, capture_method: 'manual', description: 'Order 1237', metadata: {} },
  ideal,
  firstOfMany,
  mandate: charged,
  any: {
    ...open,
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
  ...open,
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
  open: show(open),
  waiting: show(waiting),
  paid: show(paid),
  canceled: show(canceled),
  authorized: show(authorized),
  created: Object.fromEntries(Object.entries(created).map(([key, one]) => [key, show(one)])),
  forInvoice: show(forInvoice),
  forInvoiceAtPaypal: show(forInvoiceAtPaypal),
  unsettledForInvoice: toPaymentResponse({ ...forInvoice, ...unknown }, operation('create'), BASE),
  capturedInPart: show(capturedInPart),
  capturedWhole: show(capturedWhole),
  capturedLast: show({ ...capturedWhole, captured_minor: '400' }),
  unsettledPart: toPaymentResponse(authorized, operation('capture'), BASE),
  unsettledRenewal: toPaymentResponse(authorized, operation('reauthorize'), BASE),
  unsettledCreate: toPaymentResponse({ ...open, ...unknown }, operation('create'), BASE),
  unsettledCapture: toPaymentResponse(agreed, operation('capture'), BASE),
  unsettledCancel: toPaymentResponse(authorized, operation('void'), BASE),
  list: {
    type: 'list',
    data: [show(waiting)],
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
