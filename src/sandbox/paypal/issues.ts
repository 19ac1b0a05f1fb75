/**
 * The issue codes that the simulator can answer, with their HTTP status and what they mean, in our words.
 * Source: https://developer.paypal.com/api/rest/reference/orders/v2/errors/
 */
export const ISSUES = {
  MALFORMED_REQUEST_JSON: [400, 'The body is not JSON of the expected shape.'],
  MISSING_REQUIRED_PARAMETER: [400, 'This field has to be sent.'],
  INVALID_PARAMETER_SYNTAX: [400, 'The value is not written in the form this field asks for.'],
  INVALID_PARAMETER_VALUE: [400, 'The value is not among those this field knows.'],
  INVALID_STRING_LENGTH: [400, 'The text is too short or too long.'],
  INVALID_ARRAY_MIN_ITEMS: [400, 'The list has too few entries.'],
  INVALID_ARRAY_MAX_ITEMS: [400, 'The list has too many entries.'],
  NOT_SUPPORTED: [400, 'The simulator and this field do not know each other.'],
  PAYPAL_REQUEST_ID_REQUIRED: [400, 'An order with a payment_source needs a PayPal-Request-Id.'],
  FIELD_NOT_PATCHABLE: [400, 'This field cannot be changed by a patch.'],
  AMOUNT_NOT_PATCHABLE: [400, 'Only the amount as a whole can be replaced.'],
  INVALID_PATCH_OPERATION: [400, 'This operation does not fit the field.'],
  PERMISSION_DENIED: [403, 'The app lacks the permission for this call.'],
  INVALID_RESOURCE_ID: [404, 'There is nothing with this id, or no longer.'],
  PREVIOUS_REQUEST_IN_PROGRESS: [409, 'A call with this request id is still running.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body has to be declared as application/json.'],
  NO_PAYMENT_SOURCE_PROVIDED: [422, 'The payment_source is empty.'],
  UNSUPPORTED_INTENT: [422, 'An order with several purchase units cannot be authorized.'],
  REFERENCE_ID_REQUIRED: [422, 'Several purchase units each need a reference_id.'],
  DUPLICATE_REFERENCE_ID: [422, 'Two purchase units share a reference_id.'],
  INVALID_CURRENCY_CODE: [422, 'A currency is written as three capital letters.'],
  CURRENCY_NOT_SUPPORTED: [422, 'PayPal does not settle in this currency.'],
  MULTI_CURRENCY_ORDER: [422, 'All amounts of an order have to share one currency.'],
  DECIMALS_NOT_SUPPORTED: [422, 'This currency is written without decimals.'],
  DECIMAL_PRECISION: [422, 'This currency has two decimals at most.'],
  CANNOT_BE_ZERO_OR_NEGATIVE: [422, 'The amount has to be above zero.'],
  CANNOT_BE_NEGATIVE: [422, 'The amount must not be below zero.'],
  MAX_VALUE_EXCEEDED: [422, 'The amount is above 999999999999999.99.'],
  AMOUNT_MISMATCH: [422, 'The amount is not the sum of its breakdown.'],
  ITEM_TOTAL_REQUIRED: [422, 'An order with items needs breakdown.item_total.'],
  ITEM_TOTAL_MISMATCH: [422, 'breakdown.item_total is not the sum of the items.'],
  TAX_TOTAL_REQUIRED: [422, 'Items with tax need breakdown.tax_total.'],
  TAX_TOTAL_MISMATCH: [422, 'breakdown.tax_total is not the sum of the item taxes.'],
  INVALID_JSON_POINTER_FORMAT: [422, 'The path of the patch is not a pointer of the known form.'],
  PATCH_VALUE_REQUIRED: [422, 'This operation needs a value.'],
  PATCH_PATH_REQUIRED: [422, 'The operation needs a path.'],
  NOT_PATCHABLE: [422, 'The order cannot be patched.'],
  REFERENCE_ID_NOT_FOUND: [422, 'No purchase unit has this reference_id.'],
  AMOUNT_CHANGE_NOT_ALLOWED: [422, 'The amount can no longer be changed.'],
  ACTION_DOES_NOT_MATCH_INTENT: [422, 'The order was created with the other intent.'],
  ORDER_NOT_APPROVED: [422, 'The payer has not approved the order yet.'],
  ORDER_ALREADY_CAPTURED: [422, 'The order has been captured before.'],
  ORDER_ALREADY_AUTHORIZED: [422, 'The order has been authorized before.'],
  ORDER_ALREADY_COMPLETED: [422, 'The order is completed and stays as it is.'],
  ORDER_COMPLETION_IN_PROGRESS: [422, 'The order is being completed at this moment.'],
  INSTRUMENT_DECLINED: [422, 'The payer has to choose another way to pay.'],
  PAYER_ACTION_REQUIRED: [422, 'The payer has something left to do.'],
  REDIRECT_PAYER_FOR_ALTERNATE_FUNDING: [422, 'The payer has to choose another way to pay.'],
  MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: [422, 'The order has been tried too often.'],
  DUPLICATE_INVOICE_ID: [422, 'The invoice_id has been paid before.'],
  TRANSACTION_REFUSED: [422, 'The payment was refused.'],
  TRANSACTION_LIMIT_EXCEEDED: [422, 'The payment is above a limit.'],
  TRANSACTION_RECEIVING_LIMIT_EXCEEDED: [422, 'The payment is above what the payee may receive.'],
  COMPLIANCE_VIOLATION: [422, 'The payment breaks a rule that PayPal has to keep.'],
  DOMESTIC_TRANSACTION_REQUIRED: [422, 'Payer and payee have to be in one country.'],
  PAYER_CANNOT_PAY: [422, 'The payer cannot pay this.'],
  PAYER_ACCOUNT_RESTRICTED: [422, 'The account of the payer is restricted.'],
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: [422, 'The account of the payer is locked or closed.'],
  PAYEE_BLOCKED_TRANSACTION: [422, 'The payee does not take this payment.'],
  PAYEE_ACCOUNT_RESTRICTED: [422, 'The account of the payee is restricted.'],
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: [422, 'The account of the payee is locked or closed.'],
  PAYEE_ACCOUNT_INVALID: [422, 'The account of the payee is not valid.'],
  AUTH_CAPTURE_NOT_ENABLED: [422, 'The payee may not authorize and capture later.'],
} satisfies Record<string, [status: number, description: string]>;

export type Issue = keyof typeof ISSUES;

export function isIssue(code: string): code is Issue {
  return Object.hasOwn(ISSUES, code);
}

/** One entry of `details` in an error body. */
export interface Problem {
  issue: Issue;
  field?: string;
  value?: unknown;
  location?: 'body' | 'path' | 'header';
}
