import { type Documentation, type DocumentedAnswer } from '../../../platform/http/documented';
import { invalidRequest } from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import {
  lockedOut,
  refusedByPaypal,
  refusedByPaypro,
  silence,
  unknownAtPaypal,
  unknownAtPaypro,
} from '../../../providers/providers.error-examples';
import { unsupportedByProvider } from '../../../providers/providers.errors';
import { showing } from '../../../shared/app-error';
import { exampleIds } from '../../../shared/example-ids';
import * as errors from '../payments.errors';
import { refundExamples } from './refund.examples';
import { CreateRefundRequest } from './refund.requests';
import { RefundResponse } from './refund.response';
import { paymentIdParamOf } from './payment-id-param';
import * as told from './told-errors.docs';

export const RefundList = listResponseOf(RefundResponse, 'RefundList');

export const idParam = {
  name: 'id',
  description: 'Id of the refund; the plain UUID is accepted too.',
  example: exampleIds.refund,
};

/** A refund that is under way at a provider that can call it off. */
export const cancelIdParam = { ...idParam, example: exampleIds.pendingRefund };

/** A payment that was paid: refunding it succeeds. */
export const paymentIdParam = paymentIdParamOf(exampleIds.paidPaypal);

const answer = (status: number, description: string, example: unknown): DocumentedAnswer => ({
  status,
  description,
  type: RefundResponse,
  example,
});

const unsettled = (example: unknown) =>
  answer(
    202,
    'Nobody knows yet what the provider did; `operation` says what is being found out. Read the refund again.',
    example,
  );

/** What a key led to may have become somebody else’s. */
const handedOn = showing(errors.refundNotFound, {
  detail: 'The refund that this key was used for is not yours any more.',
});

const notTaken = showing(errors.invalidState, {
  detail: 'A payment that is open cannot be refunded: no money was taken.',
  members: told.atPaypal('open'),
});

export const create: Documentation = {
  operationId: 'refundPayment',
  summary: 'Give money of a payment back',
  description:
    'All that is left, or a part; several refunds are possible. The amount is held back at once, so that the sum of ' +
    'all refunds never exceeds what was taken. Send an `Idempotency-Key`: without one, a refund that looks like one ' +
    'under way is taken for its repetition. PayPro recognises no repeats: a refund it did not answer is sent once, ' +
    'looked for, and then waits for a person (`GET /api/operations?state=needs_review`).',
  answers: [
    {
      ...answer(
        201,
        'The provider has the refund; `state` says how far it is.',
        refundExamples.rest,
      ),
      more: { part: refundExamples.refunded, bancontact: refundExamples.bancontact },
    },
    unsettled(refundExamples.unsettled),
  ],
  errors: [
    invalidRequest,
    errors.paymentNotFound,
    handedOn,
    notTaken,
    errors.nothingToRefund,
    errors.refundTooHigh,
    told.refundForPerson,
    told.givenUp('refund', told.refundAtPaypal),
    told.lostRefund(told.refundAtPaypal, unknownAtPaypal),
    told.accountIsGone,
    told.unreachable(silence.paypal, told.refundAtPaypal),
    told.turnedAway(lockedOut.paypal, told.refundAtPaypal),
    told.refundRefused(refusedByPaypal('INVALID_PARAMETER_SYNTAX'), told.refundAtPaypal),
  ],
  idempotent: true,
};

export const listOfPayment: Documentation = {
  operationId: 'listRefundsOfPayment',
  summary: 'List the refunds of a payment',
  description: 'Newest first, also those that were made in the provider’s own dashboard.',
  answers: [
    { status: 200, description: 'One page.', type: RefundList, example: refundExamples.list },
  ],
  errors: [invalidRequest, errors.paymentNotFound],
};

export const list: Documentation = {
  operationId: 'listRefunds',
  summary: 'List refunds',
  description: 'Newest first. A user sees those of the customers it owns.',
  answers: [
    { status: 200, description: 'One page.', type: RefundList, example: refundExamples.list },
  ],
  errors: [invalidRequest],
};

export const find: Documentation = {
  operationId: 'getRefund',
  summary: 'Show a refund',
  description: 'As it is known here; `POST /api/payments/{id}/refresh` asks the provider.',
  answers: [answer(200, 'The refund.', refundExamples.refunded)],
  errors: [errors.refundNotFound],
};

const refundedBefore = showing(errors.invalidState, {
  detail: 'A refund that is refunded cannot be canceled.',
  members: { refund: exampleIds.refund, payment: exampleIds.paidPaypal, state: 'refunded' },
});

const noCallFor = showing(unsupportedByProvider, {
  detail: 'PayPal (paypal) cannot call a refund off.',
});

export const cancel: Documentation = {
  operationId: 'cancelRefund',
  summary: 'Call a refund off',
  description:
    'Possible while the money has not gone, at providers that have a call for it (PayPro). Repeating it is harmless.',
  answers: [
    answer(200, 'It is canceled; the amount is free again.', refundExamples.canceled),
    unsettled(refundExamples.unsettledCancel),
  ],
  errors: [
    errors.refundNotFound,
    refundedBefore,
    told.refundForPerson,
    told.givenUp('refund', told.refundAtPaypro),
    told.lostRefund(told.refundAtPaypro, unknownAtPaypro),
    noCallFor,
    told.accountIsGone,
    told.unreachable(silence.paypro, told.refundAtPaypro),
    told.turnedAway(lockedOut.paypro, told.refundAtPaypro),
    told.refundRefused(refusedByPaypro, told.refundAtPaypro),
  ],
  idempotent: true,
};

export const createBody = {
  type: CreateRefundRequest,
  required: false,
  examples: {
    all: { summary: 'All that is left', value: {} },
    part: {
      summary: 'A part of it',
      value: { amount: 500, description: 'One mug was broken', reason: 'Broken on arrival' },
    },
    bancontact: {
      summary: 'Bancontact at PayPro',
      value: { amount: 500, account_holder_name: 'Walter Lebowski', iban: 'BE68539007547034' },
    },
  },
};
