import { exampleIds } from '../../../shared/example-ids';
import { operationExamples } from './operation.examples';

const base = 'http://localhost:3000/api';

const pending = {
  id: exampleIds.refund,
  type: 'refund',
  payment: exampleIds.paidPaypal,
  provider: 'paypal',
  state: 'pending',
  amount: 500,
  amount_decimal: '5.00',
  currency: 'EUR',
  description: 'One mug was broken',
  reason: 'Broken on arrival',
  origin: 'api',
  provider_refund_id: null,
  provider_state: null,
  error: null,
  operation: {
    id: operationExamples.id,
    kind: 'refund',
    state: 'unsettled',
  },
  refunded_at: null,
  created_at: '2026-11-20T10:00:00.000Z',
  updated_at: '2026-11-20T10:00:00.000Z',
  _links: {
    self: `${base}/refunds/${exampleIds.refund}`,
    payment: `${base}/payments/${exampleIds.paidPaypal}`,
    cancel: `${base}/refunds/${exampleIds.refund}/cancel`,
  },
};

const refunded = {
  ...pending,
  state: 'refunded',
  provider_refund_id: '1JU08902781691411',
  provider_state: 'COMPLETED',
  operation: null,
  refunded_at: '2026-11-20T10:00:01.000Z',
  updated_at: '2026-11-20T10:00:01.000Z',
  _links: { ...pending._links, cancel: null },
};

const unexplained = { description: null, reason: null };

/** It takes its time there, and can be called off as long. */
const atPaypro = {
  ...pending,
  id: exampleIds.pendingRefund,
  payment: exampleIds.paidPaypro,
  provider: 'paypro',
  amount: 250,
  amount_decimal: '2.50',
  provider_refund_id: 'PRX2MHM7WT9M8A',
  provider_state: 'open',
  operation: null,
  _links: {
    self: `${base}/refunds/${exampleIds.pendingRefund}`,
    payment: `${base}/payments/${exampleIds.paidPaypro}`,
    cancel: `${base}/refunds/${exampleIds.pendingRefund}/cancel`,
  },
};

export const refundExamples = {
  unsettled: { ...pending, ...unexplained, amount: 4999, amount_decimal: '49.99' },
  unsettledCancel: { ...atPaypro, operation: { ...pending.operation, kind: 'cancel_refund' } },
  refunded,
  rest: { ...refunded, ...unexplained, amount: 4499, amount_decimal: '44.99' },
  bancontact: { ...atPaypro, ...unexplained, amount: 500, amount_decimal: '5.00' },
  canceled: {
    ...atPaypro,
    state: 'canceled',
    provider_state: 'canceled',
    _links: { ...atPaypro._links, cancel: null },
  },
  list: {
    type: 'list',
    data: [refunded],
    count: 1,
    _links: { self: `${base}/refunds` },
  },
};
