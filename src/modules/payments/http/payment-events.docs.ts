import {
  describeEvents,
  type DocumentedEvents,
  member,
} from '../../../platform/events/documented-events';
import { exampleUuids } from '../../../shared/example-ids';
import { PAYMENT_STATES, type PaymentState } from '../domain/payment-lifecycle';
import { type FailureReason, paymentEvent, type PaymentEventType } from '../payments.events';

const ABOUT: Readonly<Record<PaymentEventType, string>> = {
  'payment.created': 'A payment was recorded.',
  'payment.open': 'The payer can pay.',
  'payment.approvable': 'The payer agreed: `approve` would take the money now.',
  'payment.processing': 'The money is on its way.',
  'payment.authorized': 'The money is held.',
  'payment.captured': 'Held money was taken, or money that `payment.paid` does not tell of.',
  'payment.paid': 'The money is ours.',
  'payment.canceled': 'It cannot be paid any more.',
  'payment.expired': 'The payer did not agree in time.',
  'payment.failed': 'It was refused, when it was made or later; `reason` says why.',
  'payment.approval_failed': 'The payer agreed, but the money was not taken.',
  'payment.capture_failed': 'A part of the held money was not taken.',
  'payment.cancellation_failed':
    'It was not canceled, or its hold not set free; or nobody knows, and a person looks.',
  'payment.conflict': 'The provider and we disagree; a person must look.',
  'payment.conflict_ended': 'No conflict is open any more.',
};

/** Where it is not the last word of the type. */
const STATES: Readonly<Partial<Record<PaymentEventType, PaymentState>>> = {
  'payment.created': 'initialized',
  'payment.captured': 'authorized',
  'payment.capture_failed': 'authorized',
};

function stateAfter(type: PaymentEventType): PaymentState {
  const named = PAYMENT_STATES.find((state) => type === `payment.${state}`);
  return STATES[type] ?? named ?? 'open';
}

const HAS_TAKEN: readonly PaymentEventType[] = ['payment.paid', 'payment.captured'];
const HAS_REASON = /failed$/;

const REASON: FailureReason = {
  operation: 'capture',
  code: 'INSTRUMENT_DECLINED',
  message: 'It was declined.',
};

function exampleOf(type: PaymentEventType) {
  return paymentEvent(type, {
    id: exampleUuids.paidPaypal,
    account: 'paypal',
    state: stateAfter(type),
    amount_minor: '4999',
    captured_minor: HAS_TAKEN.includes(type) ? '4999' : '0',
    currency: 'EUR',
    customer_id: exampleUuids.customer,
    subject_kind: null,
    subject_id: null,
    conflict: type === 'payment.conflict' ? 'amount_mismatch' : null,
    version: 3,
    actor: 'demo-user',
    ...(HAS_REASON.test(type) ? { reason: REASON } : {}),
  }).data;
}

/** Events of payments, as webhooks and GET /api/events tell them. */
export const paymentEvents: DocumentedEvents = {
  tag: 'Payments',
  schema: 'PaymentEventData',
  members: {
    id: member.text('The payment.'),
    provider: member.text('The provider account.'),
    state: member.oneOf('Its state now.', PAYMENT_STATES),
    amount: member.amount('What the payer is asked for'),
    captured_amount: member.amount('What was taken so far'),
    currency: member.text('ISO 4217 code.'),
    customer: member.optionalText('Who pays; null for nobody known.'),
    subject: member.object(
      'What it pays for, such as an invoice; null for nothing in particular.',
      {
        kind: member.text('Its kind.'),
        id: member.text('Its id.'),
      },
    ),
    conflict: member.optionalText(
      'What the provider and we disagree about: in `payment.conflict` what was found, else the oldest that is open.',
    ),
    actor: member.text('Who asked for it; `kassa` where nobody did.'),
    reason: member.object('Why something failed.', {
      operation: member.optionalText('What was tried.'),
      code: member.text('The word for it, of the provider or ours.'),
      message: member.text('For people.'),
    }),
  },
  optional: ['reason'],
  events: describeEvents({ about: ABOUT, example: exampleOf }),
};
