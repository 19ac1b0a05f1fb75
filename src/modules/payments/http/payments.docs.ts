import { invalidRequest } from '../../../platform/http/http.errors';
import { type Documentation, type DocumentedAnswer } from '../../../platform/http/documented';
import { listResponseOf } from '../../../platform/http/list.response';
import {
  lockedOut,
  refusedByPaypal,
  silence,
  unknownAtPaypro,
} from '../../../providers/providers.error-examples';
import {
  noSuitableProvider,
  providerNotConfigured,
  providerUnavailable,
} from '../../../providers/providers.errors';
import { showing } from '../../../shared/app-error';
import { exampleIds } from '../../../shared/example-ids';
import { customerForbidden } from '../../customers/customers.facade';
import * as errors from '../payments.errors';
import { paymentExamples } from './payment.examples';
import { PaymentResponse } from './payment.response';
import { TimelineResponse } from './timeline.response';
import * as told from './told-errors.docs';

/** What a key led to may have become somebody else’s. */
const handedOn = showing(errors.paymentNotFound, {
  detail: 'The payment that this key was used for is not yours any more.',
});

export const PaymentList = listResponseOf(PaymentResponse, 'PaymentList');

export const idParam = {
  name: 'id',
  type: 'string',
  description: 'Id of the payment; the plain UUID is accepted too.',
  example: exampleIds.openPaypal,
};

/** A payment that the payer agreed to already: approving it succeeds. */
export const approveIdParam = { ...idParam, example: exampleIds.agreedPaypal };

export const answer = (
  status: number,
  description: string,
  example: unknown,
): DocumentedAnswer => ({
  status,
  description,
  type: PaymentResponse,
  example,
});

export const unsettled = (example: unknown) =>
  answer(
    202,
    'Nobody knows yet what the provider did; `operation` says what is being found out. Read the payment again.',
    example,
  );

export const create: Documentation = {
  operationId: 'createPayment',
  summary: 'Start a payment',
  description:
    'Records the payment, asks the provider for it and answers with `checkout_url`: send the payer there. ' +
    'Afterwards the payer is sent to `return_url` with `paymentId` added (PayPal adds `token` and `PayerID`); ' +
    'approve the payment then. With `setup_mandate` paying also sets up a mandate; with `mandate` an approved one is ' +
    'charged, and nobody has to go anywhere: there is no `checkout_url`, and the state is `processing` or `paid`.',
  answers: [
    {
      ...answer(201, 'The payment can be paid, or the mandate is charged.', paymentExamples.open),
      more: paymentExamples.created,
    },
    unsettled(paymentExamples.unsettledCreate),
  ],
  errors: [
    customerForbidden,
    errors.customerRequired,
    errors.customerUnknown,
    handedOn,
    errors.mandateUnknown,
    errors.mandateNotApproved,
    told.failedAtOnce,
    providerNotConfigured,
    told.noSuchPayMethod,
    noSuitableProvider,
    told.orderRefused,
    told.unreachable(silence.paypal, told.atPaypal('failed')),
    told.turnedAway(lockedOut.paypal, told.atPaypal('failed')),
  ],
  idempotent: true,
};

export const list: Documentation = {
  operationId: 'listPayments',
  summary: 'List payments',
  description: 'Newest first. A user sees the payments of the customers it owns, staff see all.',
  answers: [
    {
      status: 200,
      description: 'One page of payments.',
      type: PaymentList,
      example: paymentExamples.list,
    },
  ],
  errors: [invalidRequest],
};

export const find: Documentation = {
  operationId: 'getPayment',
  summary: 'Show a payment',
  description:
    'As it is stored; nobody is asked. POST to `refresh` asks the provider; `wait` waits for a change.',
  answers: [answer(200, 'The payment.', paymentExamples.waiting)],
  errors: [errors.paymentNotFound, invalidRequest],
};

const approveErrors = [
  errors.paymentNotFound,
  errors.paymentNotApproved,
  told.declined,
  told.failedBefore,
  told.lost(told.atPaypal('open')),
  told.givenUp('capture', told.atPaypal('open')),
  errors.paymentMismatch,
  told.cannotBe('approved', told.atPaypal('canceled')),
  told.unfinished('create', told.atPaypal('initialized')),
  errors.payerMismatch,
  errors.subjectSettled,
  told.unread(),
  told.turnedAway(lockedOut.paypal, told.atPaypal('open')),
];

export const approve: Documentation = {
  operationId: 'approvePayment',
  summary: 'Take the money of an agreed payment',
  description:
    'Asks the provider first. At PayPal the money is taken now, if the payer agreed; at PayPro the payer’s own act ' +
    'did that, and the state is read back. Safe to repeat and to call from two tabs: the money moves once. With `capture_method: ' +
    'manual` it is only held: the payment is `authorized`, and `capture` takes the money.',
  answers: [
    answer(200, 'The payment is `paid`, `authorized` or `processing`.', paymentExamples.paid),
    unsettled(paymentExamples.unsettledCapture),
  ],
  errors: approveErrors,
  idempotent: true,
};

export const approveAny: Documentation = {
  ...approve,
  operationId: 'approveAnyPayment',
  summary: 'Take the money, by any id of the payment',
  description:
    'Like approving by path; the payment is found by our id, the provider’s id or the token.',
};

const cancelErrors = [
  errors.paymentNotFound,
  told.cannotBe('canceled', told.atPaypal('paid')),
  told.holdRefused('void', refusedByPaypal('CANNOT_BE_VOIDED')),
  told.unfinished('capture', told.atPaypal('authorized')),
  told.lost(told.openAtPaypro, unknownAtPaypro),
  told.givenUp('void', told.atPaypal('authorized')),
  told.unreachable(silence.paypro, told.openAtPaypro),
  told.turnedAway(lockedOut.paypro, told.openAtPaypro),
];

export const cancel: Documentation = {
  operationId: 'cancelPayment',
  summary: 'Make a payment unpayable',
  description:
    'Possible while it is initialized, open or authorized. `canceled_via` says what happened: `provider` (it was ' +
    'canceled there), `void` (what was held is set free), `local` (the provider has no such call; the money is never ' +
    'taken). Of a hold that was captured in part, the rest is set free and the payment is `paid`.',
  answers: [
    answer(
      200,
      'The payment is `canceled`, or `paid` with what was captured.',
      paymentExamples.canceled,
    ),
    unsettled(paymentExamples.unsettledCancel),
  ],
  errors: cancelErrors,
  idempotent: true,
};

export const cancelAny: Documentation = {
  ...cancel,
  operationId: 'cancelAnyPayment',
  summary: 'Make a payment unpayable, by any id of it',
  description:
    'Like canceling by path; the payment is found by our id, the provider’s id or the token.',
};

const keepsChanging = showing(errors.operationInProgress, {
  detail: 'The payment keeps changing while the provider is asked about it. Try again.',
  members: told.atPaypal('open'),
});

export const refresh: Documentation = {
  operationId: 'refreshPayment',
  summary: 'Ask the provider now',
  description: 'Reads the payment at its provider and applies what it says. Never moves money.',
  answers: [answer(200, 'The payment as it stands now.', paymentExamples.waiting)],
  errors: [
    errors.paymentNotFound,
    keepsChanging,
    providerUnavailable,
    told.turnedAway(lockedOut.paypro, told.openAtPaypro),
  ],
  idempotent: true,
  isRepeatable: true,
};

export const timeline: Documentation = {
  operationId: 'getPaymentTimeline',
  summary: 'Show what happened to a payment',
  description: 'States, what the provider was asked, and what it told about money; oldest first.',
  answers: [
    {
      status: 200,
      description: 'Everything that happened.',
      type: TimelineResponse,
      example: paymentExamples.timeline,
    },
  ],
  errors: [errors.paymentNotFound],
};
