import { invalidRequest } from '../../../platform/http/http.errors';
import { type Documentation } from '../../../platform/http/documented';
import { listResponseOf } from '../../../platform/http/list.response';
import {
  providerAccountProblem,
  providerNotConfigured,
  providerRefused,
  providerUnavailable,
  unsupportedByProvider,
} from '../../../providers/providers.errors';
import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { customerNotFound, mandateNotFound } from '../customers.errors';
import { CreateMandateRequest } from './mandate.requests';
import { MandateResponse } from './mandate.response';
import { toCreatedMandate, toMandateResponse } from './mandate.view';

const BASE = 'http://localhost:3000';
const MANDATE_ID = 'MD6ULYXJ4HP9RJ';
const customerId = exampleUuids.customer;
const account = 'paypro';
const payMethod = 'direct-debit';

const mandate = {
  mandateId: MANDATE_ID,
  state: 'approved',
  providerState: 'approved',
  providerCustomer: 'CU7JRN6W6K3DA9',
  payMethod,
  createdAt: new Date('2026-11-20T09:00:00Z'),
} as const;

const example = toMandateResponse({ account, mandate }, { customerId, base: BASE });
const unsettled = toCreatedMandate(
  { account, customerId, payMethod, mandate: null, replayed: false },
  BASE,
);

export const MandateList = listResponseOf(MandateResponse, 'MandateList');

export const customerParam = {
  name: 'id',
  description: 'Id of the customer; the plain UUID is accepted too.',
  example: exampleIds.customer,
};

export const mandateParam = {
  name: 'mandate',
  description: 'The provider’s id of the mandate.',
  example: MANDATE_ID,
};

const providerErrors = [
  providerUnavailable,
  providerAccountProblem,
  providerRefused,
  providerNotConfigured,
  unsupportedByProvider,
];

export const create: Documentation = {
  operationId: 'createMandate',
  summary: 'Make a mandate of a bank account',
  description:
    'A direct-debit mandate, which a payment with `mandate` charges once it is `approved`. All other mandates come ' +
    'from a payment with `setup_mandate`. Send an `Idempotency-Key`: the provider recognises no repeat.',
  answers: [
    { status: 201, description: 'The new mandate.', type: MandateResponse, example },
    {
      status: 202,
      description:
        'Nobody knows whether it was made. List the mandates of the customer; where it is missing, send it again with ' +
        'a new Idempotency-Key. A mandate that is there twice charges nothing by itself.',
      type: MandateResponse,
      example: unsettled,
    },
  ],
  errors: [customerNotFound, ...providerErrors],
  idempotent: true,
};

export const createBody = {
  type: CreateMandateRequest,
  examples: {
    account: {
      summary: 'A Dutch bank account',
      value: { iban: 'NL91 ABNA 0417 1643 00', account_holder_name: 'S. de Vries' },
    },
  },
};

export const list: Documentation = {
  operationId: 'listMandates',
  summary: 'List the mandates of a customer',
  description:
    'All of them, newest first for each provider account, as the providers show them now: nothing of it is stored here.',
  answers: [
    {
      status: 200,
      description: 'The mandates.',
      type: MandateList,
      example: {
        type: 'list',
        data: [example],
        count: 1,
        _links: { self: `${example._links.customer}/mandates` },
      },
    },
  ],
  errors: [customerNotFound, invalidRequest, ...providerErrors],
};

export const find: Documentation = {
  operationId: 'getMandate',
  summary: 'Show a mandate',
  description: 'As its provider shows it now.',
  answers: [{ status: 200, description: 'The mandate.', type: MandateResponse, example }],
  errors: [customerNotFound, mandateNotFound, invalidRequest, ...providerErrors],
};
