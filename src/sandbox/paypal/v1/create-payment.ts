import { type Answer } from '../../http/answer';
import { isList, isObject, type JsonObject, member, textMember } from '../../http/json';
import { paypalPaymentId, paypalToken } from '../../ids';
import { type Sandbox } from '../../sandbox';
import { type PayPalCall } from '../call';
import { type PurchaseUnit } from '../order';
import { hadOtherBody, rememberedId, rememberRequest } from '../request-ids';
import { isKnownCurrency, readAmount, showAmount } from './amounts';
import { refuseV1 } from './errors';
import { paymentProblems } from './payment-rules';
import { findPayment, type V1Payment } from './payment';
import { paymentView } from './payment-view';

/** The token of the pay page is good for three hours. */
const APPROVAL_WINDOW_MS = 3 * 3_600_000;
/** PayPal says "later"; a day is our choice. */
const LIFETIME_MS = 24 * 3_600_000;
const MAX_DESCRIPTOR = 22;
/** Members of a transaction that come back; what PayPal adds itself is none of them. */
const ECHOED = [
  'payee',
  'description',
  'note_to_payee',
  'custom',
  'invoice_number',
  'payment_options',
  'item_list',
  'notify_url',
];

/** `POST /v1/payments/payment`: https://developer.paypal.com/docs/api/payments/v1/#payment_create */
export function createPayment(sandbox: Sandbox, call: PayPalCall): Answer {
  const { account, body } = call;
  if (!isObject(body)) return refuseV1('MALFORMED_REQUEST');
  if (hadOtherBody(sandbox, call)) return refuseV1('DUPLICATE_REQUEST_ID');
  const id = rememberedId(sandbox, call);
  if (id !== undefined) {
    const replayed = findPayment(sandbox, { account, id });
    if (!replayed) return refuseV1('INVALID_RESOURCE_ID');
    return { status: 200, body: paymentView(sandbox, replayed) };
  }
  const refused = refusalOf(body);
  if (refused) return refused;
  const payment = newPayment(sandbox.store.now(), body, account);
  sandbox.store.commit(
    { kind: 'paypal.order', value: payment },
    ...rememberRequest(sandbox, call, payment.id),
  );
  return { status: 201, body: paymentView(sandbox, payment) };
}

function refusalOf(body: JsonObject): Answer | undefined {
  const problems = paymentProblems(body);
  if (problems.length > 0) return refuseV1('VALIDATION_ERROR', problems);
  if (body['intent'] !== 'sale') return refuseV1('NOT_IMPLEMENTED');
  return isKnownCurrency(transactionOf(body)['amount'])
    ? undefined
    : refuseV1('CURRENCY_NOT_ALLOWED');
}

function newPayment(now: Date, body: JsonObject, account: string): V1Payment {
  const sent = transactionOf(body);
  return {
    id: paypalPaymentId(),
    account,
    intent: 'CAPTURE',
    status: 'CREATED',
    withPaymentSource: false,
    units: [unitOf(sent)],
    returnUrl: textMember(body, 'redirect_urls', 'return_url') ?? null,
    cancelUrl: textMember(body, 'redirect_urls', 'cancel_url') ?? null,
    brandName: textMember(body, 'application_context', 'brand_name') ?? null,
    payer: null,
    nextCapture: 'COMPLETED',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    windowEndsAtMs: now.getTime() + APPROVAL_WINDOW_MS,
    v1: {
      token: paypalToken(),
      transaction: echoOf(sent),
      noteToPayer: textMember(body, 'note_to_payer') ?? null,
      vanishesAtMs: now.getTime() + LIFETIME_MS,
      failureReason: null,
    },
  };
}

/** In the words of Orders v2, which the rest of the simulator reads. */
function unitOf(transaction: JsonObject): PurchaseUnit {
  const amount = readAmount(transaction['amount']);
  const { description, custom, invoice_number: invoiceNumber } = transaction;
  return {
    referenceId: 'default',
    amount,
    body: { amount, description, custom_id: custom, invoice_id: invoiceNumber },
    captures: [],
    authorizations: [],
  };
}

function echoOf(transaction: JsonObject): JsonObject {
  const known = ECHOED.filter((name) => transaction[name] !== undefined);
  const details = member(transaction, 'amount', 'details');
  const descriptor = textMember(transaction, 'soft_descriptor')?.slice(0, MAX_DESCRIPTOR);
  return {
    amount: {
      ...showAmount(readAmount(transaction['amount'])),
      ...(isObject(details) ? { details } : {}),
    },
    ...Object.fromEntries(known.map((name) => [name, transaction[name]])),
    ...(descriptor === undefined ? {} : { soft_descriptor: descriptor }),
  };
}

function transactionOf(body: JsonObject): JsonObject {
  const [transaction] = isList(body['transactions']) ? body['transactions'] : [];
  return isObject(transaction) ? transaction : {};
}
