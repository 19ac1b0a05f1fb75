import { type Documentation } from '../../../platform/http/documented';
import { lockedOut } from '../../../providers/providers.error-examples';
import { type ErrorKind, type ProviderTrouble, showing } from '../../../shared/app-error';
import { exampleIds } from '../../../shared/example-ids';
import * as errors from '../payments.errors';
import { CapturePaymentRequest } from './hold.requests';
import { paymentExamples } from './payment.examples';
import { answer, unsettled } from './payments.docs';
import * as told from './told-errors.docs';

const misread = showing(errors.paymentMismatch, {
  detail: 'No money is moved while the payment has a conflict (amount_mismatch).',
  members: { payment: exampleIds.openPaypal, state: 'authorized' },
});

const held = told.atPaypal('authorized');

/** What is asked of the provider, and what the payment would be then. */
interface HoldCommand {
  readonly kind: string;
  readonly participle: string;
  /** How PayPal says no. */
  readonly refusal: ProviderTrouble;
}

const holdErrors = ({ kind, participle, refusal }: HoldCommand): readonly ErrorKind[] => [
  errors.paymentNotFound,
  told.cannotBe(participle, told.atPaypal('open')),
  told.holdRefused(kind, refusal),
  told.unfinished('capture', held),
  told.lost(held),
  told.givenUp(kind, held),
  misread,
  told.unread(),
  told.turnedAway(lockedOut.paypal, held),
];

const captureErrors = holdErrors({
  kind: 'capture',
  participle: 'captured',
  refusal: {
    name: 'paypal',
    code: 'CAPTURE_DECLINED',
    message:
      'PayPal made the capture 3C679366HH908993F and shows it as DECLINED: no money was taken.',
    reference: null,
  },
});

const renewalErrors = holdErrors({
  kind: 'reauthorize',
  participle: 'renewed',
  refusal: {
    name: 'paypal',
    code: 'REAUTHORIZATION_NOT_SUPPORTED',
    message: 'The authorization cannot be renewed, or not yet.',
    reference: 'f1e2d3c4b5a69',
  },
});

export const capture: Documentation = {
  operationId: 'capturePayment',
  summary: 'Take money that is held',
  description:
    'For a payment with `capture_method: manual` that is `authorized`: all that is left, or a part with `amount`. It ' +
    'stays `authorized` while more can be captured; the last capture, or one with `final`, sets the rest free and makes ' +
    'it `paid`. A part may be captured more than once: send an Idempotency-Key, so that a repeat is no second capture.',
  answers: [
    {
      ...answer(
        200,
        'The payment is `authorized` with a larger `captured_amount`, or `paid`.',
        paymentExamples.capturedWhole,
      ),
      more: { part: paymentExamples.capturedInPart, last: paymentExamples.capturedLast },
    },
    unsettled(paymentExamples.unsettledPart),
  ],
  errors: [...captureErrors, errors.captureAmountExceeded],
  idempotent: true,
};

export const reauthorize: Documentation = {
  operationId: 'reauthorizePayment',
  summary: 'Renew a hold',
  description:
    'The provider vouches for held money until `authorization.honored_until` (three days at PayPal). Renewing it begins ' +
    'that time anew, not the one until `expires_at`. PayPal allows it from the fourth day on, and after three more days again.',
  answers: [
    answer(200, 'The payment with the new `authorization`.', paymentExamples.authorized),
    unsettled(paymentExamples.unsettledRenewal),
  ],
  errors: renewalErrors,
  idempotent: true,
};

export const captureBody = {
  type: CapturePaymentRequest,
  required: false,
  examples: {
    rest: { summary: 'All that is left', value: {} },
    part: { summary: 'A part, more may follow', value: { amount: 400 } },
    last: { summary: 'A part, the rest is set free', value: { amount: 400, final: true } },
  },
};
