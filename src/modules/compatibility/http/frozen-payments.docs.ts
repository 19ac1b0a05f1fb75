import { exampleUuids } from '../../../shared/example-ids';
import { hexId } from '../../../shared/id';
import { type FrozenAnswer, type FrozenDocumentation, type FrozenError } from './documented-frozen';
import { DetailResponse, FrozenPaymentResponse } from './frozen-payment.response';
import { APPROVED, CANCELED } from './frozen-texts';
import { customerUrl, paymentUrl } from '../domain/frozen-links';

const BASE = 'http://localhost:3000';
const uuid = exampleUuids.openPaypal;

const example: FrozenPaymentResponse = {
  url: paymentUrl(BASE, { uuid }),
  uuid: hexId(uuid),
  created: '2026-11-20T09:00:00.000Z',
  modified: '2026-11-20T09:00:00.348Z',
  state: 'Created',
  amount: '10.00',
  tax: '0.00',
  customer: customerUrl(BASE, { uuid: exampleUuids.customer }),
  approval_url: 'https://www.sandbox.paypal.com/checkoutnow?token=5O190127TN364715T',
  error_message: '',
};

export const uuidParam = {
  name: 'uuid',
  description: 'Id of the payment: 32 hexadecimal digits, a UUID, or `pay_…`.',
  example: hexId(uuid),
};

const TWO_SPELLINGS = 'The slash at the end of the address may be left out.';

const one = (status: number, description: string, shown = example): FrozenAnswer => ({
  status,
  description,
  type: FrozenPaymentResponse,
  example: shown,
});

const done = (status: number, detail: string): FrozenAnswer => ({
  status,
  description: detail,
  type: DetailResponse,
  example: { detail },
});

const notReadable: readonly FrozenError[] = [
  {
    status: 413,
    description: 'The body is too large.',
    details: ['The body is larger than 64 kB. Send less.'],
  },
  {
    status: 415,
    description: 'The body is no JSON.',
    details: ['Send `Content-Type: application/json`.'],
  },
  {
    status: 422,
    description: 'The Idempotency-Key was used for another request.',
    details: ['The Idempotency-Key "1" was used for another request. Use a new key for this one.'],
  },
];

const invalid = (fields: NonNullable<FrozenError['fields']>): FrozenError => ({
  status: 400,
  description: 'Fields are missing or wrong.',
  fields,
});

const notFound: FrozenError = {
  status: 404,
  description: 'There is no such payment, or it is somebody else’s.',
  details: [
    'Payment with token EC-39L024900R781241G does not exist',
    'Payment with id PAY-6RV70583SB702805EKEYSZ6Y does not exist',
  ],
};

const IN_FLIGHT =
  'The first request with the Idempotency-Key "1" still runs. Repeat this one in a second.';

const wrongState = (verb: string): FrozenError => ({
  status: 409,
  description:
    'Not possible in this state, and nothing was changed; or the first request with this Idempotency-Key still runs.',
  details: [`Unable to ${verb} payment because of invalid state.`, IN_FLIGHT],
});

const backendFailed = (failed: { readonly verb: string; readonly said: string }): FrozenError => ({
  status: 500,
  description:
    'The provider refused, or nobody knows what it did; the text ends with what is known. It may be tried again while ' +
    'the state is `Created`.',
  details: [`Unable to ${failed.verb} payment because of backend error ${failed.said}`],
});

export const list: FrozenDocumentation = {
  operationId: 'listFrozenPayments',
  summary: 'List payments (older API)',
  description:
    'A bare list, latest change first, of payments in COMPAT_CURRENCY at accounts of the kind of COMPAT_PROVIDER. ' +
    `Other parameters are ignored. ${TWO_SPELLINGS}`,
  queries: [
    {
      name: 'customer',
      required: false,
      description: 'Only payments of this customer: its id in any spelling, or its URL.',
      schema: { type: 'string' },
      example: hexId(exampleUuids.customer),
    },
    {
      name: 'page',
      required: false,
      description: 'Which page, counted from 1, or `last`.',
      schema: { oneOf: [{ type: 'integer', minimum: 1 }, { enum: ['last'] }], default: 1 },
    },
    {
      name: 'page_size',
      required: false,
      description: 'How long pages are; at most 300 counts.',
      schema: { type: 'integer', minimum: 1, maximum: 300, default: 10 },
    },
  ],
  answers: [
    {
      ...one(200, 'One page of payments.'),
      isList: true,
      example: [example],
      headers: {
        'X-Result-Count': 'How many payments all pages have together.',
        Link: 'Addresses of other pages: `first`, `prev`, `next`, `last`.',
      },
    },
  ],
  errors: [
    invalid({ customer: ['Enter a valid UUID.'] }),
    { status: 404, description: 'There is no such page.', details: ['Invalid page.'] },
  ],
};

export const find: FrozenDocumentation = {
  operationId: 'getFrozenPayment',
  summary: 'Show a payment (older API)',
  description: `As it is stored; nobody is asked. ${TWO_SPELLINGS}`,
  answers: [one(200, 'The payment.')],
  errors: [{ ...notFound, details: ['Not found.'] }],
};

export const create: FrozenDocumentation = {
  operationId: 'createFrozenPayment',
  summary: 'Start a payment (older API)',
  description:
    'At the account COMPAT_PROVIDER, in COMPAT_CURRENCY, captured when it is approved. Send the payer to ' +
    `\`approval_url\`. ${TWO_SPELLINGS}`,
  answers: [
    {
      ...one(201, 'The payment waits for its payer.', { ...example, amount: '99.99' }),
      headers: { Location: 'Its `url`.' },
    },
  ],
  errors: [
    invalid({
      amount: ['A valid number is required.'],
      customer: ['Invalid hyperlink - No URL match.'],
      return_url: ['This field is required.'],
      cancel_url: ['Enter a valid URL.'],
    }),
    {
      status: 403,
      description: 'The customer is somebody else’s.',
      details: ['You do not have permission to perform this action.'],
    },
    {
      status: 409,
      description: 'The first request with this Idempotency-Key still runs.',
      details: [IN_FLIGHT],
    },
    ...notReadable,
    {
      status: 500,
      description:
        'The provider refused: the payment is kept as `Erred`. Or nobody knows: it stays `Initial` until that is found out.',
      details: ['A server error occurred.'],
    },
  ],
  isCommand: true,
};

export const approve: FrozenDocumentation = {
  operationId: 'approveFrozenPayment',
  summary: 'Take the money of an agreed payment (older API)',
  description:
    'Every id that is sent must belong to the one same payment. The state is looked at before the provider is asked. ' +
    'A payment whose money is to be held first is approved at /api/payments. ' +
    `Safe to repeat after a 500. ${TWO_SPELLINGS}`,
  answers: [done(200, APPROVED.approved), done(202, APPROVED.processing)],
  errors: [
    invalid({ payment_id: ['This field is required.'], payer_id: ['This field is required.'] }),
    notFound,
    wrongState('approve'),
    ...notReadable,
    backendFailed({ verb: 'approve', said: 'The payer has to choose another way to pay.' }),
  ],
  isCommand: true,
};

export const cancel: FrozenDocumentation = {
  operationId: 'cancelFrozenPayment',
  summary: 'Make a payment unpayable (older API)',
  description: `Possible while it is \`Created\` and nothing was taken. One of the two ids is enough. ${TWO_SPELLINGS}`,
  answers: [done(200, CANCELED)],
  errors: [
    invalid({ payment_id: ['This field is required.'] }),
    notFound,
    wrongState('cancel'),
    ...notReadable,
    backendFailed({ verb: 'cancel', said: 'The provider did not say whether it is canceled.' }),
  ],
  isCommand: true,
};
