import { orderOutcome, type PayPalReply } from './paypal.outcome';

const DEBUG_ID = 'f1d9c3';

describe('what is known after PayPal refused', () => {
  it.each([
    [422, 'INSTRUMENT_DECLINED', 'payer'],
    [422, 'ORDER_NOT_APPROVED', 'payer'],
    [422, 'PAYER_ACTION_REQUIRED', 'payer'],
    [422, 'REDIRECT_PAYER_FOR_ALTERNATE_FUNDING', 'payer'],
    [422, 'COMPLIANCE_VIOLATION', 'final'],
    [422, 'DOMESTIC_TRANSACTION_REQUIRED', 'final'],
    [422, 'MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED', 'final'],
    [422, 'PAYEE_BLOCKED_TRANSACTION', 'final'],
    [422, 'PAYER_ACCOUNT_LOCKED_OR_CLOSED', 'final'],
    [422, 'PAYER_ACCOUNT_RESTRICTED', 'final'],
    [422, 'PAYER_CANNOT_PAY', 'final'],
    [422, 'TRANSACTION_BLOCKED_BY_PAYEE', 'final'],
    [422, 'TRANSACTION_LIMIT_EXCEEDED', 'final'],
    [422, 'TRANSACTION_RECEIVING_LIMIT_EXCEEDED', 'final'],
    [422, 'TRANSACTION_REFUSED', 'final'],
    [422, 'AUTH_CAPTURE_NOT_ENABLED', 'merchant'],
    [422, 'PAYEE_ACCOUNT_INVALID', 'merchant'],
    [422, 'PAYEE_ACCOUNT_LOCKED_OR_CLOSED', 'merchant'],
    [422, 'PAYEE_ACCOUNT_RESTRICTED', 'merchant'],
    [401, 'INVALID_ACCOUNT_STATUS', 'merchant'],
    [403, 'PERMISSION_DENIED', 'merchant'],
    [403, 'CONSENT_NEEDED', 'merchant'],
    [422, 'CURRENCY_NOT_SUPPORTED', 'request'],
    [422, 'INVALID_CURRENCY_CODE', 'request'],
    [422, 'DECIMAL_PRECISION', 'request'],
    [422, 'DECIMALS_NOT_SUPPORTED', 'request'],
    [422, 'MAX_VALUE_EXCEEDED', 'request'],
    [422, 'CANNOT_BE_ZERO_OR_NEGATIVE', 'request'],
    [400, 'INVALID_PARAMETER_SYNTAX', 'request'],
    [400, 'INVALID_STRING_LENGTH', 'request'],
    [400, 'MISSING_REQUIRED_PARAMETER', 'request'],
    [400, 'MALFORMED_REQUEST_JSON', 'request'],
    [400, 'INVALID_SYNTAX', 'request'],
  ])('%i %s is a refusal of kind %s', (status, issue, kind) => {
    expect(orderOutcome(failure(status, issue))).toEqual({
      outcome: 'refused',
      refusal: { kind, code: issue, message: `About ${issue}.`, reference: DEBUG_ID },
    });
  });

  it.each([
    [422, 'ORDER_ALREADY_CAPTURED'],
    [422, 'ORDER_ALREADY_COMPLETED'],
    [422, 'DUPLICATE_INVOICE_ID'],
    [422, 'ORDER_COMPLETION_IN_PROGRESS'],
    [422, 'AN_ISSUE_OF_NEXT_YEAR'],
    [400, 'AN_ISSUE_OF_NEXT_YEAR'],
    [404, 'SOMETHING_ELSE'],
    [408, 'INSTRUMENT_DECLINED'],
    [409, 'PREVIOUS_REQUEST_IN_PROGRESS'],
    [409, 'INSTRUMENT_DECLINED'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
    [500, 'INSTRUMENT_DECLINED'],
    [503, 'SERVICE_UNAVAILABLE'],
  ])('%i %s proves nothing', (status, issue) => {
    expect(orderOutcome(failure(status, issue))).toEqual({
      outcome: 'unknown',
      trouble: { code: issue, message: `About ${issue}.`, reference: DEBUG_ID },
    });
  });

  it('looks for money first when one of several issues says that it moved', () => {
    const issues = ['INSTRUMENT_DECLINED', 'ORDER_ALREADY_CAPTURED'];
    const body = { details: issues.map((issue) => ({ issue })) };
    expect(orderOutcome(answer(422, body))).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'ORDER_ALREADY_CAPTURED' },
    });
  });

  it('finds the refusal among issues that it does not know', () => {
    const issues = ['AN_ISSUE_OF_NEXT_YEAR', 'INSTRUMENT_DECLINED'];
    const body = { details: issues.map((issue) => ({ issue })) };
    expect(orderOutcome(answer(422, body))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'payer', code: 'INSTRUMENT_DECLINED' },
    });
  });
});

describe('what is known after other answers', () => {
  it('an order that PayPal does not hold is not found', () => {
    const details = [{ issue: 'INVALID_RESOURCE_ID', description: 'No such order.' }];
    expect(orderOutcome(answer(404, { name: 'RESOURCE_NOT_FOUND', details }))).toMatchObject({
      outcome: 'not_found',
      trouble: { code: 'INVALID_RESOURCE_ID', message: 'No such order.' },
    });
  });

  it.each([
    [{ 'retry-after': '17' }, 17],
    [{ 'retry-after': '0' }, 1],
    [{ 'retry-after': '99999' }, 3600],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 5],
    [{}, 5],
  ])('429 with %j was not executed; again in %i s', (headers, retryAfterS) => {
    expect(orderOutcome(answer(429, { name: 'RATE_LIMIT_REACHED' }, headers))).toMatchObject({
      outcome: 'not_sent',
      retryAfterS,
      trouble: { code: 'RATE_LIMIT_REACHED' },
    });
  });

  it.each([
    ['no JSON', undefined],
    ['another object', { ok: true }],
    ['an empty order', {}],
  ])('success with %s is unknown', (_what, body) => {
    const reply = answer(201, body, { 'paypal-debug-id': DEBUG_ID });
    expect(orderOutcome(reply)).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'unreadable_answer', reference: DEBUG_ID },
    });
  });

  it.each([202, 204, 302])('%i is unknown even with an order', (status) => {
    expect(orderOutcome(answer(status, { id: 'A1', status: 'CREATED' })).outcome).toBe('unknown');
  });

  it.each([200, 201])('%i with an order is done', (status) => {
    expect(orderOutcome(answer(status, { id: 'A1', status: 'CREATED' }))).toMatchObject({
      outcome: 'done',
      value: { id: 'A1' },
    });
  });

  it('a page of a proxy is named by its status', () => {
    expect(orderOutcome(answer(502, undefined))).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'http_502', reference: null },
    });
  });

  it('passes on what the HTTP client knows', () => {
    const trouble = { code: 'timeout', message: 'Slow.', reference: null };
    expect(orderOutcome({ kind: 'unknown', trouble })).toEqual({ outcome: 'unknown', trouble });
    expect(orderOutcome({ kind: 'not_sent', trouble, retryAfterS: 3 })).toEqual({
      outcome: 'not_sent',
      trouble,
      retryAfterS: 3,
    });
  });

  it('without a token for us the account needs its owner', () => {
    const trouble = { code: 'invalid_client', message: 'No.', reference: null };
    expect(orderOutcome({ kind: 'denied', trouble })).toEqual({
      outcome: 'refused',
      refusal: { ...trouble, kind: 'merchant' },
    });
  });
});

function failure(status: number, issue: string): PayPalReply {
  const details = [{ issue, description: `About ${issue}.` }];
  return answer(status, { name: 'A_NAME', message: 'A message.', details, debug_id: DEBUG_ID });
}

function answer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): PayPalReply {
  return { kind: 'answer', status, body, headers };
}
