import { exampleUuids } from '../../../shared/example-ids';
import { type PaymentRow } from '../storage/payment.row';

/** What a create makes; the other examples are what becomes of it. */
export const open: PaymentRow = {
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
export const waiting: PaymentRow = {
  ...open,
  description: 'Order 1001: waits for the payer',
  locale: 'en',
  metadata: {},
};

const later = '2026-11-20T09:05:00.000+00:00';

/** The payer came back to the shop: approving takes the money now. */
export const agreed: PaymentRow = {
  ...waiting,
  id: exampleUuids.agreedPaypal,
  amount_minor: '750',
  description: 'Order 1005: agreed, approve takes the money',
  provider_state: 'APPROVED',
  payer_id: '7E7MGXCWTTKK2',
  payer_agreed_at: later,
  updated_at: later,
};

export const paid: PaymentRow = {
  ...agreed,
  state: 'paid',
  captured_minor: '750',
  provider_state: 'COMPLETED',
  paid_at: later,
};

export const canceled: PaymentRow = {
  ...open,
  state: 'canceled',
  canceled_via: 'local',
  updated_at: later,
};

export const authorized: PaymentRow = {
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

export const capturedInPart: PaymentRow = {
  ...authorized,
  captured_minor: '400',
  capturable_minor: '600',
  provider_state: 'PARTIALLY_CAPTURED',
};

export const capturedWhole: PaymentRow = {
  ...capturedInPart,
  state: 'paid',
  captured_minor: '1000',
  capturable_minor: '0',
  provider_state: 'CAPTURED',
  paid_at: later,
};
