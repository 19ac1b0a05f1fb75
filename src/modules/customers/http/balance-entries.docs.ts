import { type Documentation } from '../../../platform/http/documented';
import { invalidRequest } from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import { customerNotFound } from '../customers.errors';
import { BalanceEntryResponse } from './balance-entry.response';

const BASE = 'http://localhost:3000/api';
const SELF = `${BASE}/customers/${exampleIds.customer}/balance-entries`;

export const BalanceEntryList = listResponseOf(BalanceEntryResponse, 'BalanceEntryList');

const example = {
  id: exampleIds.balanceEntry,
  type: 'balance_entry',
  customer: exampleIds.customer,
  amount: 4999,
  amount_decimal: '49.99',
  currency: 'EUR',
  balance_amount: 4999,
  balance_amount_decimal: '49.99',
  cause: {
    kind: 'capture',
    id: 'paypal:3C679366HH908993F',
    payment: exampleIds.paidPaypal,
  },
  created_at: '2026-11-20T09:00:00.000Z',
  _links: {
    customer: `${BASE}/customers/${exampleIds.customer}`,
    payment: `${BASE}/payments/${exampleIds.paidPaypal}`,
  },
};

export const list: Documentation = {
  operationId: 'listBalanceEntries',
  summary: 'List what changed a balance',
  description:
    'Newest first: what came in by captures, what left again by refunds and chargebacks, and what is owed by invoices ' +
    'and no longer owed by credit notes, each with the balance ' +
    'after it. Entries are never changed; a correction is another entry.',
  answers: [
    {
      status: 200,
      description: 'One page of entries.',
      type: BalanceEntryList,
      example: {
        type: 'list',
        data: [example],
        count: 1,
        _links: { self: `${SELF}?limit=1` },
      },
    },
  ],
  errors: [customerNotFound, invalidRequest],
};
