import { type Answer } from '../../http/answer';
import { debugId } from '../../ids';

/**
 * The errors of Payments v1 that the simulator can answer, in our words; the code stands in `name`:
 * https://developer.paypal.com/docs/api/payments/v1/#errors
 */
const ERRORS = {
  VALIDATION_ERROR: [400, 'The request is not valid; the details say why.'],
  MALFORMED_REQUEST: [400, 'The body is not JSON of the expected shape.'],
  NOT_IMPLEMENTED: [400, 'The simulator knows payments with the intent sale only.'],
  CURRENCY_NOT_ALLOWED: [400, 'PayPal does not settle in this currency.'],
  CURRENCY_MISMATCH: [400, 'The currency is not that of the payment.'],
  DUPLICATE_REQUEST_ID: [400, 'This PayPal-Request-Id was used for another request before.'],
  DUPLICATE_TRANSACTION: [400, 'The invoice_number has been paid before.'],
  PAYMENT_REQUEST_ID_INVALID: [400, 'The PayPal-Request-Id is longer than 78 characters.'],
  PAYMENT_NOT_APPROVED_FOR_EXECUTION: [400, 'The payer has not approved the payment.'],
  INVALID_PAYER_ID: [400, 'This payer_id is not that of the payer who approved.'],
  PAYMENT_ALREADY_DONE: [400, 'The payment has been carried out before.'],
  PAYMENT_STATE_INVALID: [400, 'The state of the payment does not allow this.'],
  PAYMENT_APPROVAL_EXPIRED: [400, 'The approval of the payer is too long ago.'],
  PAYMENT_EXPIRED: [400, 'The payment is too old to be carried out.'],
  PAYMENT_CANNOT_BE_INITIATED: [400, 'The payment cannot be begun.'],
  PAYMENT_DENIED: [400, 'PayPal does not carry out this payment.'],
  INSTRUMENT_DECLINED: [400, 'The payer has to choose another way to pay.'],
  INSUFFICIENT_FUNDS: [400, 'The payer has not got the money.'],
  PAYER_ACTION_REQUIRED: [400, 'The payer has something left to do at PayPal.'],
  REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: [400, 'The payer has to choose another way to pay.'],
  MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: [400, 'The payment has been tried too often.'],
  PAYER_CANNOT_PAY: [400, 'The payer cannot pay this.'],
  PAYER_ACCOUNT_RESTRICTED: [400, 'The account of the payer is restricted.'],
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: [400, 'The account of the payer is locked or closed.'],
  PAYEE_ACCOUNT_RESTRICTED: [400, 'The account of the payee is restricted.'],
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: [400, 'The account of the payee is locked or closed.'],
  PAYEE_BLOCKED_TRANSACTION: [400, 'The payee does not take this payment.'],
  COMPLIANCE_VIOLATION: [400, 'The payment breaks a rule that PayPal has to keep.'],
  TRANSACTION_REFUSED: [400, 'This was refused.'],
  TRANSACTION_LIMIT_EXCEEDED: [400, 'The payment is above a limit.'],
  TRANSACTION_ALREADY_REFUNDED: [400, 'All of the sale has been refunded.'],
  FULL_REFUND_NOT_ALLOWED_AFTER_PARTIAL_REFUND: [
    400,
    'Part of the sale has been refunded, so a further refund has to name its amount.',
  ],
  REFUND_EXCEEDED_TRANSACTION_AMOUNT: [400, 'The refund is above what is left of the sale.'],
  REFUND_FAILED_INSUFFICIENT_FUNDS: [400, 'The payee has not got the money to refund.'],
  REFUND_TIME_LIMIT_EXCEEDED: [400, 'The sale is too old to be refunded.'],
  PERMISSION_DENIED: [403, 'The app lacks the permission for this call.'],
  INVALID_RESOURCE_ID: [404, 'There is nothing with this id, or no longer.'],
  PREVIOUS_REQUEST_IN_PROGRESS: [409, 'A call with this request id is still running.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body has to be declared as application/json.'],
  RATE_LIMIT_REACHED: [429, 'Too many requests.'],
  INTERNAL_SERVICE_ERROR: [500, 'An error.'],
} satisfies Record<string, [status: number, message: string]>;

export type V1Error = keyof typeof ERRORS;

/** What is wrong with one field; `issue` is a sentence here, not a code. */
export interface Detail {
  field: string;
  issue: string;
}

const REFERENCE = 'https://developer.paypal.com/docs/api/payments/#errors';

export function refuseV1(name: V1Error, details: Detail[] = []): Answer {
  const [status, message] = ERRORS[name];
  const reason = details.length > 0 ? { details } : {};
  return {
    status,
    body: { name, ...reason, message, information_link: REFERENCE, debug_id: debugId() },
  };
}

/** The same for codes that a caller asks for by `PayPal-Mock-Response`; undefined for an unknown one. */
export function mockedV1(code: string): Answer | undefined {
  return isV1Error(code) ? refuseV1(code) : undefined;
}

function isV1Error(code: string): code is V1Error {
  return Object.hasOwn(ERRORS, code);
}
