import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { type OperationView } from '../queries/operation-queries';
import { toOperationResponse } from '../queries/operation.view';

const at = (time: string) => `2026-11-20T${time}.000+00:00`;

const forPerson: OperationView = {
  id: exampleUuids.operation,
  kind: 'capture',
  state: 'needs_review',
  payment_id: exampleUuids.openPaypal,
  payment_state: 'open',
  conflict: null,
  account: 'paypal',
  provider_payment_id: '5O190127TN364715T',
  amount_minor: '1000',
  currency: 'EUR',
  attempts: 7,
  first_sent_at: at('03:05:00'),
  next_attempt_at: at('08:35:00'),
  error_code: 'repeat_window_over',
  error_message:
    'The provider would no longer recognise a repeat, and does not show that it was carried out.',
  error_reference: null,
  review_decision: null,
  review_note: null,
  reviewed_by: null,
  reviewed_at: null,
  created_by: 'demo-staff',
  created_at: at('03:05:00'),
  settled_at: null,
};

const reviewed = {
  review_decision: 'retry',
  review_note: 'Seen in the dashboard of the provider.',
  reviewed_by: 'demo-staff',
  reviewed_at: at('09:10:00'),
  attempts: 8,
} as const;

const succeeded: OperationView = {
  ...forPerson,
  ...reviewed,
  state: 'succeeded',
  payment_state: 'paid',
  settled_at: at('09:10:01'),
};

const unsettled: OperationView = {
  ...forPerson,
  ...reviewed,
  state: 'unsettled',
  next_attempt_at: at('09:15:00'),
  error_code: 'ECONNRESET',
  error_message: 'The provider was asked and no usable answer came back.',
};

const linked: OperationView = {
  ...succeeded,
  kind: 'create',
  payment_state: 'open',
  review_decision: 'link',
};

const failed: OperationView = {
  ...succeeded,
  state: 'refused',
  payment_state: 'open',
  error_code: 'operation_given_up',
  error_message: 'A person found that it did not happen at the provider.',
  review_decision: 'failed',
};

/** Whole operations for the API document, made by the same view that answers requests. */
export const operationExamples = {
  id: exampleIds.operation,
  forPerson: toOperationResponse(forPerson),
  succeeded: toOperationResponse(succeeded),
  linked: toOperationResponse(linked),
  failed: toOperationResponse(failed),
  unsettled: toOperationResponse(unsettled),
  list: {
    type: 'list',
    data: [toOperationResponse(forPerson)],
    count: 1,
    _links: { self: 'http://localhost:3000/api/operations?state=needs_review' },
  },
};
