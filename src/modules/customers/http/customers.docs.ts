import { exampleIds } from '../../../shared/example-ids';
import { customerNotFound } from '../customers.errors';
import { invalidRequest } from '../../../platform/http/http.errors';
import { type Documentation } from '../../../platform/http/documented';
import { listResponseOf } from '../../../platform/http/list.response';
import { CreateCustomerRequest, UpdateCustomerRequest } from './customer.requests';
import { CustomerResponse } from './customer.response';

/** The customer of the demonstration data that belongs to the demonstration's user key. */
const DEMO_ID = exampleIds.customer;

const example = {
  id: DEMO_ID,
  type: 'customer',
  name: 'Walter Lebowski',
  email: 'walter@example.com',
  first_name: 'Walter',
  last_name: 'Lebowski',
  company_name: null,
  address: 'Keizersgracht 1',
  postal: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
  vat_number: 'NL987654321B01',
  phone_number: null,
  locale: 'nl',
  reference: null,
  metadata: {},
  owners: ['demo-user'],
  provider_refs: { paypro: 'CU7JRN6W6K3DA9' },
  balances: [{ currency: 'EUR', amount: 669, amount_decimal: '6.69' }],
  created_at: '2026-11-20T09:00:00.000Z',
  updated_at: '2026-11-20T09:00:00.000Z',
  _links: {
    self: `http://localhost:3000/api/customers/${DEMO_ID}`,
    payments: `http://localhost:3000/api/payments?customer=${DEMO_ID}`,
    balance_entries: `http://localhost:3000/api/customers/${DEMO_ID}/balance-entries`,
  },
};

/** As the examples of a request make them: nothing was paid yet, and no provider knows them. */
const created = {
  ...example,
  vat_number: null,
  owners: ['demo-staff'],
  provider_refs: {},
  balances: [],
};
const unknownAddress = { address: null, postal: null, city: null };

const person = { ...created, ...unknownAddress, first_name: null, last_name: null };
const company = {
  ...person,
  name: null,
  company_name: 'Sobchak Security',
  email: null,
  vat_number: 'NL123456789B01',
  locale: null,
  owners: ['demo-user'],
};

export const CustomerList = listResponseOf(CustomerResponse, 'CustomerList');

export const idParam = {
  name: 'id',
  description: 'Id of the customer; the plain UUID is accepted too.',
  example: DEMO_ID,
};

export const create: Documentation = {
  operationId: 'createCustomer',
  summary: 'Add a customer',
  description: 'Every field is optional. A user owns what it creates; staff name the owners.',
  answers: [
    {
      status: 201,
      description: 'The new customer.',
      type: CustomerResponse,
      example: person,
      more: { company },
    },
  ],
  idempotent: true,
};

export const createBody = {
  type: CreateCustomerRequest,
  examples: {
    person: {
      summary: 'A person',
      value: { name: 'Walter Lebowski', email: 'walter@example.com', country: 'NL', locale: 'nl' },
    },
    company: {
      summary: 'A company (staff names the owner)',
      value: {
        company_name: 'Sobchak Security',
        vat_number: 'NL123456789B01',
        country: 'NL',
        owners: ['demo-user'],
      },
    },
  },
};

export const list: Documentation = {
  operationId: 'listCustomers',
  summary: 'List customers',
  description: 'Newest first. A user sees the customers it owns, staff see all.',
  answers: [
    {
      status: 200,
      description: 'One page of customers.',
      type: CustomerList,
      example: {
        type: 'list',
        data: [example],
        count: 1,
        _links: { self: 'http://localhost:3000/api/customers?limit=1' },
      },
    },
  ],
  errors: [invalidRequest],
};

export const find: Documentation = {
  operationId: 'getCustomer',
  summary: 'Show a customer',
  description: 'With its balances and owners.',
  answers: [{ status: 200, description: 'The customer.', type: CustomerResponse, example }],
  errors: [customerNotFound],
};

export const update: Documentation = {
  operationId: 'updateCustomer',
  summary: 'Change a customer',
  description: 'Fields that are left out stay as they are; `null` clears one.',
  answers: [
    {
      status: 200,
      description: 'The changed customer.',
      type: CustomerResponse,
      example: { ...example, address: 'Herengracht 2' },
    },
  ],
  errors: [customerNotFound],
  hasBody: true,
};

export const updateBody = {
  type: UpdateCustomerRequest,
  examples: { address: { summary: 'A new address', value: { address: 'Herengracht 2' } } },
};
