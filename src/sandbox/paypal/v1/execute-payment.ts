import { type Answer } from '../../http/answer';
import { isList, isObject, type JsonObject, member, textMember } from '../../http/json';
import { paypalId } from '../../ids';
import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type PayPalCall } from '../call';
import { captureEntry } from '../ledger-entry';
import { captureNews } from '../notifications/order-events';
import { type Capture, hasWindowEnded } from '../order';
import { hadOtherBody, rememberedId, rememberRequest } from '../request-ids';
import { amountProblems, readAmount, showAmount } from './amounts';
import { refuseV1, type V1Error } from './errors';
import { findPayment, stateOf, type V1Payment } from './payment';
import { paymentView } from './payment-view';

/** `POST …/{id}/execute`: https://developer.paypal.com/docs/api/payments/v1/#payment_execute */
export function executePayment(sandbox: Sandbox, call: PayPalCall): Answer {
  const payment = findPayment(sandbox, call);
  if (!payment) return refuseV1('INVALID_RESOURCE_ID');
  const body = call.body ?? {};
  if (!isObject(body)) return refuseV1('MALFORMED_REQUEST');
  if (hadOtherBody(sandbox, call)) return refuseV1('DUPLICATE_REQUEST_ID');
  if (rememberedId(sandbox, call) === payment.id) return shown(sandbox, payment);
  const refused = badBody(body) ?? stateRefusal(sandbox, payment, body);
  if (refused) return refused;
  const isSlow = sandbox.faults.takeForMoney('capture_pending');
  const status = isSlow ? 'PENDING' : payment.nextCapture;
  const executed = carriedOut(sandbox, withNewAmount(payment, body), status);
  sandbox.store.commit(
    { kind: 'paypal.order', value: executed },
    ...salesOf(sandbox, executed),
    ...rememberRequest(sandbox, call, payment.id),
  );
  return shown(sandbox, executed);
}

function shown(sandbox: Sandbox, payment: V1Payment): Answer {
  return { status: 200, body: paymentView(sandbox, payment) };
}

function badBody(body: JsonObject): Answer | undefined {
  const payerId = textMember(body, 'payer_id') ?? '';
  const amount = newAmountIn(body);
  const problems = [
    ...(payerId === '' ? [{ field: 'payer_id', issue: 'It has to be sent.' }] : []),
    ...(amount === undefined ? [] : amountProblems(amount, 'transactions.amount')),
  ];
  return problems.length > 0 ? refuseV1('VALIDATION_ERROR', problems) : undefined;
}

function stateRefusal(sandbox: Sandbox, payment: V1Payment, body: JsonObject): Answer | undefined {
  const name = stateError(sandbox, payment) ?? callError(payment, body);
  return name === undefined ? undefined : refuseV1(name);
}

function stateError({ store }: Sandbox, payment: V1Payment): V1Error | undefined {
  const state = stateOf(payment);
  if (state === 'failed') return 'PAYMENT_STATE_INVALID';
  if (state === 'approved') return 'PAYMENT_ALREADY_DONE';
  const isApproved = payment.payer !== null;
  if (hasWindowEnded(payment, store.now().getTime())) {
    return isApproved ? 'PAYMENT_APPROVAL_EXPIRED' : 'PAYMENT_EXPIRED';
  }
  return isApproved ? undefined : 'PAYMENT_NOT_APPROVED_FOR_EXECUTION';
}

function callError({ payer, units, nextCapture }: V1Payment, body: JsonObject) {
  if (body['payer_id'] !== payer?.payerId) return 'INVALID_PAYER_ID';
  const currency = member(newAmountIn(body), 'currency');
  const isOther = units.some(({ amount }) => amount.currency_code !== currency);
  if (currency !== undefined && isOther) return 'CURRENCY_MISMATCH';
  return nextCapture === 'DECLINED' ? 'INSTRUMENT_DECLINED' : undefined;
}

/** The caller may change the amount at the last moment, as shipping costs often do. */
function withNewAmount(payment: V1Payment, body: JsonObject): V1Payment {
  const sent = newAmountIn(body);
  if (sent === undefined) return payment;
  const amount = readAmount(sent);
  const transaction = { ...payment.v1.transaction, amount: showAmount(amount) };
  return {
    ...payment,
    units: payment.units.map((unit) => ({ ...unit, amount })),
    v1: { ...payment.v1, transaction },
  };
}

function newAmountIn(body: JsonObject): unknown {
  const [transaction] = isList(body['transactions']) ? body['transactions'] : [];
  return member(transaction, 'amount');
}

function carriedOut({ store }: Sandbox, payment: V1Payment, status: Capture['status']): V1Payment {
  const at = store.now().toISOString();
  const times = { createdAt: at, updatedAt: at };
  return {
    ...payment,
    status: 'COMPLETED',
    updatedAt: at,
    units: payment.units.map((unit) => ({
      ...unit,
      captures: [{ id: paypalId(), status, amount: unit.amount, ...times }],
    })),
  };
}

function salesOf(sandbox: Sandbox, payment: V1Payment): Change[] {
  return payment.units.flatMap((unit) =>
    unit.captures.flatMap((capture): Change[] => [
      ...(capture.status === 'COMPLETED'
        ? [{ kind: 'ledger' as const, value: captureEntry(payment, unit, capture) }]
        : []),
      ...captureNews(sandbox, payment, { unit, capture }),
    ]),
  );
}
