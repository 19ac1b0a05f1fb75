import { type Answer } from '../../http/answer';
import { isObject, type JsonObject, textMember } from '../../http/json';
import { type Sandbox } from '../../sandbox';
import { type PayPalCall } from '../call';
import { type Issue } from '../issues';
import { newRefund, refundChanges } from '../make-refund';
import { refundProblems } from '../refund-rules';
import { hadOtherBody, rememberedId, rememberRequest } from '../request-ids';
import { amountProblems, readAmount } from './amounts';
import { refuseV1, type V1Error } from './errors';
import { findSale, type FoundSale } from './payment';
import { textProblems } from './payment-rules';
import { refundView } from './refund-view';

/** Lengths of the OpenAPI file of Payments v1. */
const TEXTS = { description: 255, reason: 30, invoice_number: 127 };
/** How the first version calls what Payments v2 has other codes for; all the rest is TRANSACTION_REFUSED. */
const V1_NAMES = new Map<Issue, V1Error>([
  ['CAPTURE_FULLY_REFUNDED', 'TRANSACTION_ALREADY_REFUNDED'],
  ['REFUND_AMOUNT_EXCEEDED', 'REFUND_EXCEEDED_TRANSACTION_AMOUNT'],
  ['REFUND_TIME_LIMIT_EXCEEDED', 'REFUND_TIME_LIMIT_EXCEEDED'],
]);

/** `POST …/sale/{id}/refund`: https://developer.paypal.com/docs/api/payments/v1/#sale_refund */
export function refundSale(sandbox: Sandbox, call: PayPalCall): Answer {
  const { store, faults } = sandbox;
  const found = findSale(sandbox, call);
  if (!found) return refuseV1('INVALID_RESOURCE_ID');
  const body = call.body ?? {};
  if (!isObject(body)) return refuseV1('MALFORMED_REQUEST');
  if (hadOtherBody(sandbox, call)) return refuseV1('DUPLICATE_REQUEST_ID');
  const replayed = store.moneyBack.paypalRefunds.get(rememberedId(sandbox, call) ?? '');
  if (replayed) return { status: 200, body: refundView(sandbox, replayed) };
  const refused = badBody(body) ?? refusalOf(sandbox, found, body);
  if (refused) return refused;
  const status = faults.takeForMoney('refund_pending') ? 'PENDING' : 'COMPLETED';
  const made = newRefund(sandbox, found, { body: inWordsOfV2(body), status });
  const customId = textMember(found.order.v1.transaction, 'custom') ?? null;
  const refund = { ...made, customId, reason: textMember(body, 'reason') };
  store.commit(
    ...refundChanges(sandbox, found, refund),
    ...rememberRequest(sandbox, call, refund.id),
  );
  return { status: 201, body: refundView(sandbox, refund) };
}

function badBody(body: JsonObject): Answer | undefined {
  const { amount } = body;
  const problems = [
    ...(amount === undefined ? [] : amountProblems(amount, 'amount')),
    ...textProblems(body, '', TEXTS),
  ];
  return problems.length > 0 ? refuseV1('VALIDATION_ERROR', problems) : undefined;
}

function refusalOf(sandbox: Sandbox, found: FoundSale, body: JsonObject): Answer | undefined {
  const [problem] = refundProblems(sandbox, found, inWordsOfV2(body));
  if (problem) return refuseV1(V1_NAMES.get(problem.issue) ?? 'TRANSACTION_REFUSED');
  // No amount means a full refund here, not what is left.
  const isPartlyRefunded = sandbox.store.moneyBack
    .refundsOfCapture(found.capture.id)
    .some(({ status }) => status === 'COMPLETED' || status === 'PENDING');
  return body['amount'] === undefined && isPartlyRefunded
    ? refuseV1('FULL_REFUND_NOT_ALLOWED_AFTER_PARTIAL_REFUND')
    : undefined;
}

function inWordsOfV2({ amount, description, invoice_number: invoiceId }: JsonObject): JsonObject {
  return {
    ...(amount === undefined ? {} : { amount: readAmount(amount) }),
    ...(description === undefined ? {} : { note_to_payer: description }),
    ...(invoiceId === undefined ? {} : { invoice_id: invoiceId }),
  };
}
