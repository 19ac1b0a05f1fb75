import { type JsonObject, textMember } from '../http/json';
import { exponentOf, toMinor } from '../money';
import { type Sandbox } from '../sandbox';
import { minorOf } from './amounts';
import { checkMoney, checkText } from './field-checks';
import { type FoundCapture } from './find';
import { type Issue, type Problem } from './issues';
import { moneyProblems } from './money-rules';
import { leftToRefund } from './refund-sums';

/** Commonly named; the specification gives no number. */
const REFUND_WINDOW_MS = 180 * 86_400_000;
/** Lengths of the OpenAPI file of Payments v2. */
const TEXTS = { custom_id: 127, invoice_id: 127, note_to_payer: 255 };

/** What is wrong with a refund: its form first, then the capture, then the amount. */
export function refundProblems(sandbox: Sandbox, found: FoundCapture, body: JsonObject): Problem[] {
  const syntax = [
    ...checkMoney(body['amount'], '/amount', false),
    ...Object.entries(TEXTS).flatMap(([name, max]) => checkText(body[name], `/${name}`, { max })),
  ];
  if (syntax.length > 0) return syntax;
  const issue = captureIssue(sandbox, found);
  if (issue !== undefined) return [{ issue }];
  return body['amount'] === undefined ? [] : amountProblems(sandbox, found, body['amount']);
}

function captureIssue({ store }: Sandbox, { capture }: FoundCapture): Issue | undefined {
  if (capture.status === 'PENDING') return 'PENDING_CAPTURE';
  if (capture.status === 'DECLINED') return 'REFUND_NOT_ALLOWED';
  const isReversed = store.moneyBack
    .refundsOfCapture(capture.id)
    .some((refund) => refund.isReversal);
  if (isReversed) return 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK';
  if (leftToRefund(store.moneyBack, capture) <= 0n) return 'CAPTURE_FULLY_REFUNDED';
  const ageMs = store.now().getTime() - Date.parse(capture.createdAt);
  return ageMs > REFUND_WINDOW_MS ? 'REFUND_TIME_LIMIT_EXCEEDED' : undefined;
}

function amountProblems({ store }: Sandbox, { capture }: FoundCapture, amount: unknown): Problem[] {
  const bad = moneyProblems(amount, '/amount', 'above zero');
  if (bad.length > 0) return bad;
  const currency = capture.amount.currency_code;
  if (textMember(amount, 'currency_code') !== currency) {
    return [{ issue: 'REFUND_CAPTURE_CURRENCY_MISMATCH', field: '/amount/currency_code' }];
  }
  const wanted = toMinor(textMember(amount, 'value') ?? '0', exponentOf(currency));
  const isDisputed = store.moneyBack
    .disputesOfCapture(capture.id)
    .some(({ status }) => status !== 'RESOLVED');
  const isPart = wanted < minorOf(capture.amount);
  if (isDisputed && isPart) return [{ issue: 'TRANSACTION_DISPUTED' }];
  const isTooMuch = wanted > leftToRefund(store.moneyBack, capture);
  return isTooMuch ? [{ issue: 'REFUND_AMOUNT_EXCEEDED', field: '/amount/value' }] : [];
}
