import { exampleIds } from '../../../shared/example-ids';
import {
  ApproveAnyPaymentRequest,
  ApprovePaymentRequest,
  CancelAnyPaymentRequest,
  CreatePaymentRequest,
  EmptyRequest,
} from './payment.requests';

const urls = {
  return_url: 'https://shop.example.com/return',
  cancel_url: 'https://shop.example.com/cancel',
};

/** Request examples, named after what somebody wants to do. */
export const createBody = {
  type: CreatePaymentRequest,
  examples: {
    paypal: {
      summary: 'PayPal',
      value: {
        amount: 1000,
        currency: 'EUR',
        provider: 'paypal',
        customer: exampleIds.customer,
        description: 'Order 1234',
        ...urls,
        metadata: { order: '1234' },
      },
    },
    hold: {
      summary: 'Held at PayPal, captured later',
      value: {
        amount: 1000,
        currency: 'EUR',
        provider: 'paypal',
        capture_method: 'manual',
        customer: exampleIds.customer,
        description: 'Order 1237',
        ...urls,
      },
    },
    ideal: {
      summary: 'iDEAL via PayPro',
      value: {
        amount: 2500,
        currency: 'EUR',
        provider: 'paypro',
        customer: exampleIds.customer,
        description: 'Order 1235',
        pay_methods: ['ideal'],
        locale: 'nl',
        ...urls,
      },
    },
    firstOfMany: {
      summary: 'A first payment that sets up a mandate',
      value: {
        amount: 1000,
        currency: 'EUR',
        provider: 'paypro',
        customer: exampleIds.customer,
        description: 'Membership, first month',
        pay_methods: ['ideal'],
        setup_mandate: true,
        ...urls,
      },
    },
    mandate: {
      summary: 'A charge on an approved mandate',
      value: {
        amount: 1000,
        currency: 'EUR',
        provider: 'paypro',
        customer: exampleIds.customer,
        description: 'Membership, second month',
        mandate: 'MD6ULYXJ4HP9RJ',
      },
    },
    any: {
      summary: 'Whatever provider takes US dollars',
      value: {
        amount: 1999,
        currency: 'USD',
        customer: exampleIds.customer,
        description: 'Order 1236',
        ...urls,
      },
    },
  },
};

export const approveBody = {
  type: ApprovePaymentRequest,
  required: false,
  examples: { plain: { summary: 'The payer came back', value: {} } },
};

export const approveAnyBody = {
  type: ApproveAnyPaymentRequest,
  examples: {
    ours: { summary: 'By our id', value: { payment_id: exampleIds.agreedPaypal } },
  },
};

export const cancelAnyBody = {
  type: CancelAnyPaymentRequest,
  examples: { ours: { summary: 'By our id', value: { payment_id: exampleIds.openPaypro } } },
};

export const emptyBody = {
  type: EmptyRequest,
  required: false,
  examples: { plain: { summary: 'Nothing to say', value: {} } },
};
