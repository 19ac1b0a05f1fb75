import { type Documentation } from '../../../platform/http/documented';
import { invalidRequest } from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import { chargebackNotFound, paymentNotFound } from '../payments.errors';
import { chargebackExamples } from './chargeback.examples';
import { ChargebackResponse } from './chargeback.response';
import { paymentIdParamOf } from './payment-id-param';

export const ChargebackList = listResponseOf(ChargebackResponse, 'ChargebackList');

export const idParam = {
  name: 'id',
  description: 'Id of the chargeback; the plain UUID is accepted too.',
  example: chargebackExamples.id,
};

export const paymentIdParam = paymentIdParamOf(exampleIds.paidPaypal);

const page = (example: unknown) => ({
  status: 200,
  description: 'One page of chargebacks.',
  type: ChargebackList,
  example,
});

export const list: Documentation = {
  operationId: 'listChargebacks',
  summary: 'List what payers took back',
  description:
    'Newest first: chargebacks, disputes and reversals, as the providers tell of them. A user sees those of the ' +
    'customers it owns, staff see all.',
  answers: [page(chargebackExamples.list)],
  errors: [invalidRequest],
};

export const listOfPayment: Documentation = {
  operationId: 'listChargebacksOfPayment',
  summary: 'List what was taken back of a payment',
  description: 'Newest first. The payment itself stays `paid`.',
  answers: [page(chargebackExamples.listOfPayment)],
  errors: [paymentNotFound, invalidRequest],
};

export const find: Documentation = {
  operationId: 'getChargeback',
  summary: 'Show a chargeback',
  description:
    'As the provider showed it last; nobody is asked. An open one is looked at again and again by itself, and each ' +
    'change is on the timeline of its payment.',
  answers: [
    {
      status: 200,
      description: 'The chargeback.',
      type: ChargebackResponse,
      example: chargebackExamples.open,
    },
  ],
  errors: [chargebackNotFound],
};
