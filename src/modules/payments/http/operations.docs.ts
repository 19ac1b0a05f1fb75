import { type Documentation, type DocumentedAnswer } from '../../../platform/http/documented';
import { forbidden, invalidRequest } from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import { lockedOut } from '../../../providers/providers.error-examples';
import { showing } from '../../../shared/app-error';
import * as errors from '../payments.errors';
import { providerCannotTell } from '../reviews.errors';
import { operationExamples } from './operation.examples';
import { ResolveOperationRequest } from './operation.requests';
import { StaffOperationResponse } from './operation.response';
import * as told from './told-errors.docs';

export const OperationList = listResponseOf(StaffOperationResponse, 'OperationList');

export const idParam = {
  name: 'id',
  description: 'Id of the operation; the plain UUID is accepted too.',
  example: operationExamples.id,
};

const answer = (status: number, description: string, example: unknown): DocumentedAnswer => ({
  status,
  description,
  type: StaffOperationResponse,
  example,
});

export const list: Documentation = {
  operationId: 'listOperations',
  summary: 'List what was asked of providers and is not settled',
  description:
    'Newest first, for staff. `state=needs_review` is what waits for a person: nobody could find out what the provider did.',
  answers: [
    {
      status: 200,
      description: 'One page of operations.',
      type: OperationList,
      example: operationExamples.list,
    },
  ],
  errors: [forbidden, invalidRequest],
};

export const find: Documentation = {
  operationId: 'getOperation',
  summary: 'Show an operation',
  description: 'What a provider was asked, what is known of it, and what a person decided.',
  answers: [answer(200, 'The operation.', operationExamples.forPerson)],
  errors: [forbidden, errors.operationNotFound],
};

const stillLooking = showing(errors.operationInProgress, {
  detail:
    'What became of the capture is still being found out. Wait until its state is needs_review.',
  members: { operation: operationExamples.id, state: 'unsettled' },
});

export const resolve: Documentation = {
  operationId: 'resolveOperation',
  summary: 'Decide what became of an operation',
  description:
    'For operations in `needs_review`. `retry` asks the provider and sends again under the same key, once more for ' +
    'as long as the provider recognises repeats. `link` compares the payment `provider_id` with ours and takes it ' +
    'over; where it is a refund that bears our reference over another amount, ours fails and theirs is kept as it ' +
    'is. `failed` settles it as not done, unless the provider shows it; of a charge that its lists cannot show only with ' +
    '`checked_at_provider`. Every decision is on the payment’s timeline.',
  answers: [
    {
      ...answer(
        200,
        'It is settled; `payment_state` says what came of it.',
        operationExamples.succeeded,
      ),
      more: { link: operationExamples.linked, failed: operationExamples.failed },
    },
    answer(202, 'It is still not settled. Read it again.', operationExamples.unsettled),
  ],
  errors: [
    forbidden,
    errors.operationNotFound,
    stillLooking,
    errors.operationSettled,
    errors.providerShowsIt,
    providerCannotTell,
    errors.providerIdTaken,
    errors.linkMismatch,
    told.accountIsGone,
    told.unread('The provider'),
    told.turnedAway(lockedOut.paypal, told.atPaypal('initialized')),
  ],
  idempotent: true,
};

const note = 'Seen in the dashboard of the provider.';

export const resolveBody = {
  type: ResolveOperationRequest,
  examples: {
    retry: { summary: 'Ask again', value: { decision: 'retry', note } },
    link: {
      summary: 'It is this payment',
      value: { decision: 'link', provider_id: '5O190127TN364715T', note },
    },
    failed: { summary: 'It did not happen', value: { decision: 'failed', note } },
  },
};
