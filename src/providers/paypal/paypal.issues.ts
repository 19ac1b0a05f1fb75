import { type Refusal } from '../provider-call';

/** What PayPal's words for trouble mean in answers about one kind of object. */
export interface PayPalIssues {
  refusalKind(issue: string): Refusal['kind'] | undefined;
  /** The issue that decides among several: a hint that money moved outweighs a refusal, and that the rest. */
  decisive(issues: readonly string[]): string | undefined;
}

/** Whose turn it is → the issues that say so, with spaces between. */
export type Refusals = Readonly<Partial<Record<Refusal['kind'], string>>>;

const KINDS = ['payer', 'final', 'merchant', 'request'] as const;

/**
 * Issues after which certainly nothing was executed, and whose turn it is then. An issue that is not listed
 * proves nothing and counts as unknown.
 * https://developer.paypal.com/api/rest/reference/orders/v2/errors/
 */
const ORDER_REFUSALS: Refusals = {
  payer:
    'INSTRUMENT_DECLINED ORDER_NOT_APPROVED PAYER_ACTION_REQUIRED REDIRECT_PAYER_FOR_ALTERNATE_FUNDING',
  final:
    'COMPLIANCE_VIOLATION DOMESTIC_TRANSACTION_REQUIRED MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED ' +
    'PAYEE_BLOCKED_TRANSACTION PAYER_ACCOUNT_LOCKED_OR_CLOSED PAYER_ACCOUNT_RESTRICTED PAYER_CANNOT_PAY ' +
    'TRANSACTION_BLOCKED_BY_PAYEE TRANSACTION_LIMIT_EXCEEDED TRANSACTION_RECEIVING_LIMIT_EXCEEDED ' +
    'TRANSACTION_REFUSED',
  merchant:
    'AUTH_CAPTURE_NOT_ENABLED PAYEE_ACCOUNT_INVALID PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_RESTRICTED',
  request:
    'AMOUNT_MISMATCH CANNOT_BE_NEGATIVE CANNOT_BE_ZERO_OR_NEGATIVE CURRENCY_NOT_SUPPORTED ' +
    'DECIMALS_NOT_SUPPORTED DECIMAL_PRECISION INVALID_ARRAY_MAX_ITEMS INVALID_ARRAY_MIN_ITEMS ' +
    'INVALID_COUNTRY_CODE INVALID_CURRENCY_CODE INVALID_PARAMETER_SYNTAX INVALID_PARAMETER_VALUE ' +
    'INVALID_STRING_LENGTH INVALID_SYNTAX MALFORMED_REQUEST_JSON MAX_VALUE_EXCEEDED ' +
    'MISSING_REQUIRED_PARAMETER MULTI_CURRENCY_ORDER NOT_SUPPORTED PAYPAL_REQUEST_ID_REQUIRED',
};

/** Our payment was taken before, in this order or in another one with our invoice id: look, do not guess. */
export const PAID_BEFORE = ['ORDER_ALREADY_CAPTURED', 'ORDER_ALREADY_COMPLETED'] as const;
export const PAID_ELSEWHERE = 'DUPLICATE_INVOICE_ID';

/** The same for an order whose money is to be held. */
export const AUTHORIZED_BEFORE = ['ORDER_ALREADY_AUTHORIZED', 'ORDER_COMPLETED_OR_VOIDED'] as const;

/** The same for refunds; these are documented for them. */
const REFUND_REFUSALS: Refusals = {
  final:
    'CAPTURE_FULLY_REFUNDED MAX_NUMBER_OF_REFUNDS_EXCEEDED PAYER_ACCOUNT_LOCKED_OR_CLOSED REFUND_NOT_ALLOWED ' +
    'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK REFUND_TIME_LIMIT_EXCEEDED',
  merchant:
    'PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_RESTRICTED PLATFORM_FEE_EXCEEDED PLATFORM_FEE_NOT_ENABLED ' +
    'REFUND_FAILED_INSUFFICIENT_FUNDS REFUND_IS_RESTRICTED',
  request:
    'CANNOT_BE_NEGATIVE CANNOT_BE_ZERO_OR_NEGATIVE CURRENCY_MISMATCH DECIMALS_NOT_SUPPORTED DECIMAL_PRECISION ' +
    'INVALID_CURRENCY_CODE INVALID_PARAMETER_SYNTAX INVALID_STRING_LENGTH MISSING_REQUIRED_PARAMETER ' +
    'PARTIAL_REFUND_NOT_ALLOWED PENDING_CAPTURE REFUND_AMOUNT_EXCEEDED REFUND_AMOUNT_TOO_LOW ' +
    'REFUND_CAPTURE_CURRENCY_MISMATCH TRANSACTION_DISPUTED',
};

/** This call gave nothing back, but the money that is missing may have gone back by an earlier one of ours. */
export const REFUNDED_BEFORE: ReadonlySet<string> = new Set([
  'DUPLICATE_INVOICE_ID',
  'CAPTURE_FULLY_REFUNDED',
  'REFUND_AMOUNT_EXCEEDED',
  'MAX_NUMBER_OF_REFUNDS_EXCEEDED',
]);

/** The same for held money; these are documented for capturing, renewing and voiding it. */
const HOLD_REFUSALS: Refusals = {
  payer: 'PAYER_ACCOUNT_LOCKED_OR_CLOSED PAYER_CANNOT_PAY TRANSACTION_REFUSED',
  final:
    'AUTHORIZATION_ALREADY_CAPTURED AUTHORIZATION_DENIED AUTHORIZATION_EXPIRED AUTHORIZATION_VOIDED ' +
    'MAX_CAPTURE_COUNT_EXCEEDED PREVIOUSLY_CAPTURED PREVIOUSLY_VOIDED',
  merchant: 'PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_RESTRICTED',
  request:
    'AUTH_CAPTURE_CURRENCY_MISMATCH AUTH_CURRENCY_MISMATCH CANNOT_BE_VOIDED CANNOT_BE_ZERO_OR_NEGATIVE ' +
    'DECIMALS_NOT_SUPPORTED DECIMAL_PRECISION INVALID_CURRENCY_CODE INVALID_PARAMETER_SYNTAX INVALID_PARAMETER_VALUE ' +
    'INVALID_STRING_LENGTH INVALID_STRING_MAX_LENGTH MAX_CAPTURE_AMOUNT_EXCEEDED MISSING_REQUIRED_PARAMETER ' +
    'REAUTHORIZATION_NOT_SUPPORTED',
};

/** Nothing was done now, but maybe because an earlier call of ours did it. */
export const HELD_BEFORE: ReadonlySet<string> = new Set([
  ...AUTHORIZED_BEFORE,
  'AUTHORIZATION_ALREADY_CAPTURED',
  'DUPLICATE_INVOICE_ID',
  'MAX_CAPTURE_AMOUNT_EXCEEDED',
  'MAX_CAPTURE_COUNT_EXCEEDED',
  'PREVIOUSLY_VOIDED',
  'REAUTHORIZATION_NOT_SUPPORTED',
]);

export const ORDER_ISSUES = issuesFrom(
  ORDER_REFUSALS,
  new Set([...PAID_BEFORE, ...AUTHORIZED_BEFORE, PAID_ELSEWHERE]),
);
export const HOLD_ISSUES = issuesFrom(HOLD_REFUSALS, HELD_BEFORE);
/** A dispute is only read, so there is nothing to refuse. */
export const DISPUTE_ISSUES = issuesFrom({}, new Set());
export const REFUND_ISSUES = issuesFrom(REFUND_REFUSALS, REFUNDED_BEFORE);

export function issuesFrom(refusals: Refusals, moved: ReadonlySet<string>): PayPalIssues {
  const kindOf = new Map<string, Refusal['kind']>(
    KINDS.flatMap(
      (kind) => refusals[kind]?.split(' ').map((issue) => [issue, kind] as const) ?? [],
    ),
  );
  return {
    refusalKind: (issue) => kindOf.get(issue),
    decisive: (issues) =>
      issues.find((issue) => moved.has(issue)) ??
      issues.find((issue) => kindOf.has(issue)) ??
      issues[0],
  };
}
