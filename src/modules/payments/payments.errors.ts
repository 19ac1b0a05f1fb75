import { blaming, defineError } from '../../shared/app-error';
import { exampleIds } from '../../shared/example-ids';
import * as examples from './payments.error-examples';

export const paymentNotFound = defineError('payment_not_found', {
  status: 404,
  title: 'No such payment',
  cure: 'Use the id of a payment that your key may see; list them at GET /api/payments.',
  example: { detail: 'There is no payment with this id, or it is not yours.' },
});

export const paymentNotApproved = defineError('payment_not_approved', {
  status: 409,
  title: 'The payer has not agreed yet',
  cure: 'Send the payer to `checkout_url`, then approve again.',
  retryable: true,
  example: examples.notAgreedYet,
});

export const paymentDeclined = defineError('payment_declined', {
  status: 409,
  title: 'The payer’s means of payment was declined',
  cure: 'The payment stays open: send the payer back to `checkout_url` to choose another one, then approve again.',
  retryable: true,
});

export const paymentFailed = defineError('payment_failed', {
  status: 409,
  title: 'The payment failed for good',
  cure: 'Start a new payment; `provider` says why this one failed.',
});

export const holdRefused = defineError('hold_refused', {
  status: 409,
  title: 'The provider refused to capture, renew or void a hold',
  cure: 'The money is still held as `authorization` says; `provider` says why. Capture less, renew the hold, or cancel the payment.',
});

export const captureAmountExceeded = defineError('capture_amount_exceeded', {
  status: 422,
  title: 'More than what is left of the hold',
  cure: 'Send at most `authorization.capturable_amount`, or leave `amount` out to capture all that is left.',
  example: examples.moreThanHeld,
});

export const invalidState = defineError('invalid_state', {
  status: 409,
  title: 'Not possible in this state',
  cure: 'Read `state`; a paid payment is refunded, an ended one is replaced by a new one.',
});

export const operationInProgress = defineError('operation_in_progress', {
  status: 409,
  title: 'Another operation on the payment is not finished',
  cure: 'Wait until `operation` of the payment is null, then try again.',
  retryable: true,
});

export const operationNotFound = defineError('operation_not_found', {
  status: 404,
  title: 'No such operation',
  cure: 'Use the id of an operation; list those that wait for a person at GET /api/operations.',
  example: { detail: 'There is no operation with this id.' },
});

export const operationSettled = defineError('operation_settled', {
  status: 409,
  title: 'The operation is settled',
  cure: 'Read `state`: nothing is left to resolve.',
  example: examples.settledBefore,
});

export const operationGivenUp = defineError('operation_given_up', {
  status: 409,
  title: 'A person settled the operation as failed',
  cure: 'Read the payment; where it still allows the command, send that with a new Idempotency-Key.',
});

export const providerShowsIt = defineError('provider_shows_it', {
  status: 409,
  title: 'The provider shows what is to be called failed',
  cure: 'Resolve the operation with `retry` or `link`, or end it at the provider first.',
  example: examples.contradicted,
});

export const providerIdTaken = defineError('provider_id_taken', {
  status: 409,
  title: 'The provider’s id belongs to another payment',
  cure: 'Compare `payment` with this one, and send the id that the provider shows for our reference.',
  example: examples.idOfOther,
});

export const linkMismatch = defineError('link_mismatch', {
  status: 422,
  title: 'The provider’s payment is not the one that was asked for',
  cure: 'Read `errors` for what differs, and send the id of the payment that fits.',
  example: blaming({
    pointer: '/provider_id',
    code: 'id',
    detail: 'The provider knows no payment with this id.',
  }),
});

export const chargebackNotFound = defineError('chargeback_not_found', {
  status: 404,
  title: 'No such chargeback',
  cure: 'Use the id of a chargeback that your key may see; list them at GET /api/chargebacks.',
  example: { detail: 'There is no chargeback with this id, or it is not yours.' },
});

export const payerMismatch = defineError('payer_mismatch', {
  status: 422,
  title: 'The payer or token does not belong to the payment',
  cure: 'Send `payer_id` and `token` exactly as they came in the return URL, or leave them out.',
  example: examples.otherPayer,
});

export const paymentLost = defineError('payment_lost', {
  status: 409,
  title: 'The provider does not know the payment',
  cure: 'It may have expired there; it is looked up again later. Start a new payment if the payer waits.',
  retryable: true,
});

export const paymentMismatch = defineError('payment_mismatch', {
  status: 409,
  title: 'The provider shows another payment than the one that was made',
  cure: 'No money is moved. Compare `conflict` of the payment with the provider’s dashboard.',
  example: {
    detail: 'No money is moved while the payment has a conflict (amount_mismatch).',
    members: { payment: exampleIds.openPaypal },
  },
});

export const refundNotFound = defineError('refund_not_found', {
  status: 404,
  title: 'No such refund',
  cure: 'Use the id of a refund that your key may see; list them at GET /api/refunds.',
  example: examples.noRefund,
});

export const nothingToRefund = defineError('nothing_to_refund', {
  status: 409,
  title: 'Nothing is left to refund',
  cure: 'List the refunds of the payment at GET /api/refunds?payment=…; what is pending counts too.',
  example: {
    detail: 'All that was taken was refunded, is being refunded, or was charged back.',
    members: { payment: exampleIds.paidPaypal },
  },
});

export const refundTooHigh = defineError('refund_too_high', {
  status: 422,
  title: 'More than can be refunded',
  cure: 'Send an amount of up to `refundable_amount`, or leave it out to refund all that is left.',
  example: examples.moreThanLeft,
});

export const paymentInProgress = defineError('payment_in_progress', {
  status: 409,
  title: 'Another payment for the same thing is under way',
  cure: 'Finish or cancel that payment first; the same request that made it gets it again.',
  retryable: true,
  example: examples.otherUnderWay,
});

export const subjectSettled = defineError('subject_settled', {
  status: 409,
  title: 'What the payment is for does not need the money any more',
  cure: 'No money was taken. Cancel the payment; for what may still be open, start a new one.',
  example: examples.owedNoMore,
});

export const customerUnknown = defineError('customer_unknown', {
  status: 422,
  title: 'The customer does not exist',
  cure: 'Create the customer first, or correct the id.',
  example: blaming({
    pointer: '/customer',
    code: 'customer_unknown',
    detail: 'There is no such customer. Create it at POST /api/customers first.',
  }),
});

export const customerRequired = defineError('customer_required', {
  status: 422,
  title: 'A customer is required',
  cure: 'Send `customer`: only staff make payments without one, and none that sets up a mandate.',
  example: blaming({
    pointer: '/customer',
    code: 'customer_required',
    detail: 'Send the customer who pays: only staff make payments without one.',
  }),
});

export const mandateUnknown = defineError('mandate_unknown', {
  status: 422,
  title: 'The customer has no such mandate',
  cure: 'Send the id of one of the mandates at GET /api/customers/{id}/mandates, and the customer who gave it.',
  example: blaming({
    pointer: '/mandate',
    code: 'mandate_unknown',
    detail: 'The customer has no mandate MDNEVERGIVEN00 at PayPro (paypro).',
  }),
});

export const mandateNotApproved = defineError('mandate_not_approved', {
  status: 422,
  title: 'The mandate cannot be charged yet',
  cure: 'Read the mandate again later; it can be charged as soon as its `state` is `approved`.',
  retryable: true,
  example: blaming({
    pointer: '/mandate',
    code: 'mandate_not_approved',
    detail: 'The mandate is pending. Only an approved one can be charged.',
  }),
});

export const paymentsErrors = [
  paymentNotFound,
  paymentNotApproved,
  paymentDeclined,
  paymentFailed,
  holdRefused,
  captureAmountExceeded,
  invalidState,
  operationInProgress,
  operationNotFound,
  operationSettled,
  operationGivenUp,
  providerShowsIt,
  providerIdTaken,
  linkMismatch,
  chargebackNotFound,
  payerMismatch,
  paymentLost,
  paymentMismatch,
  refundNotFound,
  nothingToRefund,
  refundTooHigh,
  paymentInProgress,
  subjectSettled,
  customerUnknown,
  customerRequired,
  mandateUnknown,
  mandateNotApproved,
];
