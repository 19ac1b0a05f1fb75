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

const canceled = {
  ...refunded,
  provider: 'paypro',
  state: 'canceled',
  provider_refund_id: 'PRX2MHM7WT9M8A',
  provider_state: 'canceled',
  refunded_at: null,
};

const unexplained = { description: null, reason: null };

export const refundExamples = {
  unsettled: { ...pending, ...unexplained, amount: 4999, amount_decimal: '49.99' },
  unsettledCancel: {
    ...pending,
    payment: exampleIds.paidPaypro,
    provider: 'paypro',
    provider_refund_id: 'PRX2MHM7WT9M8A',
    provider_state: 'open',
    operation: { ...pending.operation, kind: 'cancel_refund' },
    _links: { ...pending._links, payment: `${base}/payments/${exampleIds.paidPaypro}` },
  },
  refunded,
  rest: { ...refunded, ...unexplained, amount: 4499, amount_decimal: '44.99' },
  bancontact: {
    ...pending,
    payment: exampleIds.paidPaypro,
    provider: 'paypro',
    ...unexplained,
    provider_refund_id: 'PRX2MHM7WT9M8A',
    provider_state: 'open',
    operation: null,
    _links: { ...pending._links, payment: `${base}/payments/${exampleIds.paidPaypro}` },
  },
  canceled,
  list: {
    type: 'list',
    data: [refunded],
    count: 1,
    _links: { self: `${base}/refunds` },
  },
};
