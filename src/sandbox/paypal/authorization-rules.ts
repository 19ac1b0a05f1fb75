import { isObject, type JsonObject, textMember } from '../http/json';
import { type Sandbox } from '../sandbox';
import { minorOf } from './amounts';
import { capturedOf, capturesOf, ceilingOf, familyOf } from './authorization';
import { toAmount } from './create-order';
import { checkMoney, checkText, wrong } from './field-checks';
import { type FoundAuthorization } from './find';
import { type Issue, type Problem } from './issues';
import { moneyProblems } from './money-rules';
import { type Amount, type Authorization } from './order';

/** PayPal keeps the money ready for three days; only after them the authorization can be renewed. */
const HONOUR_MS = 3 * 86_400_000;
/** PayPal names no number but has a limit. */
const MAX_CAPTURES = 10;
/** Lengths of the OpenAPI file of Payments v2. */
const TEXTS = { invoice_id: 127, note_to_payer: 255, soft_descriptor: 22 };

/** What is wrong with a capture: its form first, then the authorization, then the amount. */
export function captureProblems(
  sandbox: Sandbox,
  found: FoundAuthorization,
  body: JsonObject,
): Problem[] {
  const isFinal = body['final_capture'] ?? false;
  const syntax = [
    ...checkMoney(body['amount'], '/amount', false),
    ...Object.entries(TEXTS).flatMap(([name, max]) => checkText(body[name], `/${name}`, { max })),
    ...(typeof isFinal === 'boolean'
      ? []
      : [wrong('INVALID_PARAMETER_SYNTAX', '/final_capture', isFinal)]),
  ];
  if (syntax.length > 0) return syntax;
  const { unit, authorization } = found;
  const issue = stateIssue(sandbox, authorization);
  if (issue !== undefined) return [{ issue }];
  if (capturesOf(unit, authorization).length >= MAX_CAPTURES) {
    return [{ issue: 'MAX_CAPTURE_COUNT_EXCEEDED' }];
  }
  const bad = amountProblems(authorization, body['amount'], 'AUTH_CAPTURE_CURRENCY_MISMATCH');
  if (bad.length > 0) return bad;
  const total = capturedOf(unit, authorization) + minorOf(wantedOf(authorization, body));
  const isTooMuch = total > ceilingOf(authorization.amount);
  return isTooMuch ? [{ issue: 'MAX_CAPTURE_AMOUNT_EXCEEDED', field: '/amount/value' }] : [];
}

/** What is wrong with renewing an authorization: the first one only, and each time after its three days are over. */
export function reauthorizeProblems(
  sandbox: Sandbox,
  { unit, authorization }: FoundAuthorization,
  body: JsonObject,
): Problem[] {
  const syntax = checkMoney(body['amount'], '/amount', false);
  if (syntax.length > 0) return syntax;
  const issue = stateIssue(sandbox, authorization);
  // The list of issues for this call has no expiry: what has expired is voided.
  if (issue === 'AUTHORIZATION_EXPIRED') return [{ issue: 'AUTHORIZATION_VOIDED' }];
  if (issue !== undefined) return [{ issue }];
  const newestMs = Math.max(
    ...familyOf(unit, authorization).map(({ createdAt }) => Date.parse(createdAt)),
  );
  const isEarly = sandbox.store.now().getTime() - newestMs < HONOUR_MS;
  const isRenewal = authorization.renews !== undefined;
  if (isRenewal || isEarly) return [{ issue: 'REAUTHORIZATION_NOT_SUPPORTED' }];
  const bad = amountProblems(authorization, body['amount'], 'AUTH_CURRENCY_MISMATCH');
  if (bad.length > 0) return bad;
  const isTooMuch = minorOf(wantedOf(authorization, body)) > ceilingOf(authorization.amount);
  return isTooMuch ? [{ issue: 'TRANSACTION_REFUSED', field: '/amount/value' }] : [];
}

export function voidIssue({ authorization }: FoundAuthorization): Issue | undefined {
  if (authorization.renews !== undefined) return 'CANNOT_BE_VOIDED';
  if (authorization.status === 'VOIDED') return 'PREVIOUSLY_VOIDED';
  return authorization.status === 'CAPTURED' ? 'PREVIOUSLY_CAPTURED' : undefined;
}

/** The whole authorized amount when none is named. */
export function wantedOf({ amount }: Authorization, body: JsonObject): Amount {
  return isObject(body['amount']) ? toAmount(body['amount']) : amount;
}

function stateIssue({ store }: Sandbox, authorization: Authorization): Issue | undefined {
  const { status, hasExpired, expiresAt } = authorization;
  if (status === 'CAPTURED') return 'AUTHORIZATION_ALREADY_CAPTURED';
  if (status === 'VOIDED' && hasExpired !== true) return 'AUTHORIZATION_VOIDED';
  return store.now().getTime() >= Date.parse(expiresAt) ? 'AUTHORIZATION_EXPIRED' : undefined;
}

function amountProblems({ amount }: Authorization, sent: unknown, mismatch: Issue): Problem[] {
  if (sent === undefined) return [];
  const bad = moneyProblems(sent, '/amount', 'above zero');
  if (bad.length > 0) return bad;
  const isSame = textMember(sent, 'currency_code') === amount.currency_code;
  return isSame ? [] : [{ issue: mismatch, field: '/amount/currency_code' }];
}
