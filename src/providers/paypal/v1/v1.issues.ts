import { issuesFrom, type PayPalIssues, type Refusals } from '../paypal.issues';

/**
 * Payments v1 answers 400 with its code in `name`. These are the ones after which certainly nothing was
 * executed; one that is not listed proves nothing and counts as unknown.
 * https://developer.paypal.com/docs/api/payments/v1/#errors
 */
const PAYMENT_REFUSALS: Refusals = {
  payer:
    'CREDIT_CARD_REFUSED INSTRUMENT_DECLINED INSUFFICIENT_FUNDS INVALID_PAYER_ID PAYMENT_APPROVAL_EXPIRED ' +
    'PAYMENT_NOT_APPROVED_FOR_EXECUTION REDIRECT_REQUIRED',
  final:
    'CANNOT_PAY_THIS_PAYEE PAYEE_FILTER_RESTRICTIONS PAYER_ACCOUNT_LOCKED_OR_CLOSED PAYER_ACCOUNT_RESTRICTED ' +
    'PAYER_CANNOT_PAY PAYMENT_EXPIRED TRANSACTION_LIMIT_EXCEEDED TRANSACTION_RECEIVING_LIMIT_EXCEEDED ' +
    'TRANSACTION_REFUSED TRANSACTION_REFUSED_PAYEE_PREFERENCE',
  merchant:
    'PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_NO_CONFIRMED_EMAIL PAYEE_ACCOUNT_RESTRICTED PERMISSION_DENIED ' +
    'REQUIRED_SCOPE_MISSING UNAUTHORIZED_PAYMENT',
  request:
    'AMOUNT_MISMATCH CURRENCY_NOT_ALLOWED INVALID_ARGUMENT MALFORMED_REQUEST VALIDATION_ERROR',
};

/** Executed before, or this key was used before: look, do not guess. */
export const EXECUTED_BEFORE = [
  'DUPLICATE_REQUEST_ID',
  'DUPLICATE_TRANSACTION',
  'ORDER_ALREADY_COMPLETED',
  'PAYMENT_ALREADY_DONE',
  'PAYMENT_STATE_INVALID',
] as const;

/** The same for refunds of a sale. */
const REFUND_REFUSALS: Refusals = {
  final: 'PAYER_ACCOUNT_LOCKED_OR_CLOSED REFUND_TIME_LIMIT_EXCEEDED TRANSACTION_ALREADY_REFUNDED',
  merchant:
    'INSUFFICIENT_FUNDS PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_RESTRICTED PERMISSION_DENIED ' +
    'REQUIRED_SCOPE_MISSING',
  request:
    'CURRENCY_MISMATCH FULL_REFUND_NOT_ALLOWED_AFTER_PARTIAL_REFUND INVALID_ARGUMENT MALFORMED_REQUEST ' +
    'REFUND_EXCEEDED_TRANSACTION_AMOUNT TRANSACTION_REFUSED VALIDATION_ERROR',
};

/** This call gave nothing back, but the money that is missing may have gone back by an earlier one of ours. */
export const V1_REFUNDED_BEFORE: ReadonlySet<string> = new Set([
  'DUPLICATE_REQUEST_ID',
  'DUPLICATE_TRANSACTION',
  'FULL_REFUND_NOT_ALLOWED_AFTER_PARTIAL_REFUND',
  'REFUND_EXCEEDED_TRANSACTION_AMOUNT',
  'TRANSACTION_ALREADY_REFUNDED',
  'TRANSACTION_REFUSED',
]);

export const V1_PAYMENT_ISSUES = byName(PAYMENT_REFUSALS);
export const V1_REFUND_ISSUES = byName(REFUND_REFUSALS);

/** The details of an answer are sentences here, so that its name decides. */
function byName(refusals: Refusals): PayPalIssues {
  return { ...issuesFrom(refusals, new Set()), decisive: () => undefined };
}
