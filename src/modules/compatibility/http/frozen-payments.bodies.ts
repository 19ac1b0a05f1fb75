import { exampleUuids } from '../../../shared/example-ids';
import { hexId } from '../../../shared/id';
import { customerUrl } from '../domain/frozen-links';
import {
  ApproveFrozenPaymentRequest,
  CancelFrozenPaymentRequest,
  CreateFrozenPaymentRequest,
} from './frozen-payment.requests';

const BASE = 'http://localhost:3000';

/** Request examples, named after what somebody wants to do. */
export const createBody = {
  type: CreateFrozenPaymentRequest,
  examples: {
    paypal: {
      summary: 'PayPal',
      value: {
        amount: '99.99',
        customer: customerUrl(BASE, { uuid: exampleUuids.customer }),
        return_url: 'https://frontend.example.com/return/',
        cancel_url: 'https://frontend.example.com/cancel/',
      },
    },
  },
};

export const approveBody = {
  type: ApproveFrozenPaymentRequest,
  examples: {
    returned: {
      summary: 'As the payer came back',
      value: { payment_id: hexId(exampleUuids.agreedPaypal), payer_id: '7E7MGXCWTTKK2' },
    },
  },
};

export const cancelBody = {
  type: CancelFrozenPaymentRequest,
  examples: {
    ours: { summary: 'By our id', value: { payment_id: hexId(exampleUuids.openPaypal) } },
  },
};
