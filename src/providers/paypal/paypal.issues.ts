import { type Refusal } from '../provider-call';

/**
 * Issues after which certainly nothing was executed, and whose turn it is then. An issue that is not listed
 * proves nothing and counts as unknown.
 * https://developer.paypal.com/api/rest/reference/orders/v2/errors/
 */
const LISTS: Readonly<Record<Refusal['kind'], string>> = {
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

const KIND_OF = new Map<string, Refusal['kind']>([
  ...LISTS.payer.split(' ').map((issue) => [issue, 'payer'] as const),
  ...LISTS.final.split(' ').map((issue) => [issue, 'final'] as const),
  ...LISTS.merchant.split(' ').map((issue) => [issue, 'merchant'] as const),
  ...LISTS.request.split(' ').map((issue) => [issue, 'request'] as const),
]);

/** Our payment was taken before, in this order or in another one with our invoice id: look, do not guess. */
export const PAID_BEFORE = ['ORDER_ALREADY_CAPTURED', 'ORDER_ALREADY_COMPLETED'] as const;
export const PAID_ELSEWHERE = 'DUPLICATE_INVOICE_ID';

export function refusalKind(issue: string): Refusal['kind'] | undefined {
  return KIND_OF.get(issue);
}

/** The issue that decides among several: a hint that money moved outweighs a refusal, and that the rest. */
export function decisiveIssue(issues: readonly string[]): string | undefined {
  const moved: readonly string[] = [...PAID_BEFORE, PAID_ELSEWHERE];
  return (
    issues.find((issue) => moved.includes(issue)) ??
    issues.find((issue) => KIND_OF.has(issue)) ??
    issues[0]
  );
}
