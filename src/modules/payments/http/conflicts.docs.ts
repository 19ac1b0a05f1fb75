import { type Documentation } from '../../../platform/http/documented';
import { forbidden, invalidRequest } from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import { showing } from '../../../shared/app-error';
import { conflictClosed, conflictNotClosable, conflictNotFound } from '../conflicts.errors';
import { operationInProgress, paymentNotFound } from '../payments.errors';
import { conflictExamples } from './conflict.examples';
import { CloseConflictRequest } from './conflict.requests';
import { ConflictResponse } from './conflict.response';
import { paymentIdParamOf } from './payment-id-param';

export const ConflictList = listResponseOf(ConflictResponse, 'ConflictList');

export const paymentIdParam = paymentIdParamOf(exampleIds.paidPaypro);

export const conflictIdParam = {
  name: 'conflict_id',
  description: 'Id of the conflict; the plain UUID is accepted too.',
  example: conflictExamples.id,
};

export const list: Documentation = {
  operationId: 'listConflicts',
  summary: 'List what was found to be wrong about a payment',
  description:
    'Newest first, for staff: everything in which the provider and we disagreed, open or closed. `conflict` of the ' +
    'payment is the code of an open one; payments that have one are at `GET /api/payments?conflict=true`.',
  answers: [
    {
      status: 200,
      description: 'One page of conflicts.',
      type: ConflictList,
      example: conflictExamples.list,
    },
  ],
  errors: [forbidden, paymentNotFound, invalidRequest],
};

const unfinished = showing(operationInProgress, {
  detail: 'The cancel of the payment is not finished (needs_review). Settle it first.',
  members: { payment: exampleIds.paidPaypro, state: 'paid', operation: exampleIds.operation },
});

export const close: Documentation = {
  operationId: 'closeConflict',
  summary: 'Close a conflict that was looked into',
  description:
    'Once the payment is paid or has ended, and none of its operations is unfinished. It closes this one alone: the payment shows the next one that is open, and ' +
    '`payment.conflict_ended` is told once there is none. The same evidence does not open it again; other evidence does.',
  answers: [
    {
      status: 200,
      description: 'It is closed.',
      type: ConflictResponse,
      example: conflictExamples.closed,
    },
  ],
  errors: [
    forbidden,
    paymentNotFound,
    conflictNotFound,
    conflictClosed,
    conflictNotClosable,
    unfinished,
  ],
  idempotent: true,
};

export const closeBody = {
  type: CloseConflictRequest,
  examples: {
    close: {
      summary: 'It was looked into',
      value: { note: 'The customer wanted to pay after all.' },
    },
  },
};
