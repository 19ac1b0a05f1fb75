import { blaming, type ErrorExample } from '../../shared/app-error';
import { exampleIds } from '../../shared/example-ids';

export const contradicted: ErrorExample = {
  detail:
    'The provider shows 5O190127TN364715T as PAYER_ACTION_REQUIRED: the create may have happened.',
  members: {
    operation: exampleIds.operation,
    payment: exampleIds.openPaypal,
    provider_payment_id: '5O190127TN364715T',
    provider_state: 'PAYER_ACTION_REQUIRED',
    captures: [],
  },
};

export const owedNoMore: ErrorExample = {
  detail: `EUR 121.00 would be taken, and EUR 0.00 is open of invoice ${exampleIds.paidInvoice}. Nothing was taken.`,
  members: { payment: exampleIds.openPaypal, invoice: exampleIds.paidInvoice },
};

export const notAgreedYet: ErrorExample = {
  detail: 'The payer has not agreed yet. Send the payer to checkout_url.',
  members: {
    payment: exampleIds.openPaypal,
    state: 'open',
    checkout_url: 'https://www.paypal.com/checkoutnow?token=5O190127TN364715T',
  },
};

export const idOfOther: ErrorExample = {
  detail: `5O190127TN364715T belongs to ${exampleIds.paidPaypal}. Send the id of this payment.`,
  members: { payment: exampleIds.paidPaypal },
};

export const settledBefore: ErrorExample = {
  detail: 'The create is succeeded: there is nothing to resolve.',
  members: { operation: exampleIds.operation, state: 'succeeded' },
};

export const moreThanHeld: ErrorExample = {
  ...blaming({
    pointer: '/amount',
    code: 'capture_amount_exceeded',
    detail: 'Of what is held, EUR 10.00 can still be captured: send 1000 or less.',
  }),
  members: { payment: exampleIds.openPaypal, capturable_amount: 1000 },
};

export const moreThanLeft: ErrorExample = {
  ...blaming({
    pointer: '/amount',
    code: 'refund_too_high',
    detail: 'At most EUR 10.00 is left to refund. Send an amount of up to 1000.',
  }),
  members: { payment: exampleIds.paidPaypal, refundable_amount: 1000 },
};

export const otherUnderWay: ErrorExample = {
  detail: `Another payment for ${exampleIds.overdueInvoice} is under way. Finish or cancel it, or repeat the request that made it.`,
  members: { payment: exampleIds.invoicePayment },
};

export const noRefund: ErrorExample = {
  detail: 'There is no refund with this id, or it is not yours.',
};

export const otherPayer: ErrorExample = blaming({
  pointer: '/payer_id',
  code: 'payer_mismatch',
  detail: 'Another payer agreed to this payment.',
});
