import { type Answer } from '../http/answer';
import { member, textMember } from '../http/json';
import { findCapture } from '../paypal/find';
import { newRefund, refundChanges, settleRefund } from '../paypal/make-refund';
import { refundProblems } from '../paypal/refund-rules';
import { settleCapture } from '../paypal/settle-capture';
import { FAILURE_REASONS, failPayment } from '../paypal/v1/fail-payment';
import { type Sandbox } from '../sandbox';
import { ok, refused } from './answers';
import { type Input, type Switch } from './input';

/** What PayPal, the payer's bank or the merchant do without a call of the API. */
export const PAYPAL_SWITCHES: readonly Switch[] = [
  ['/paypal/captures/:id', settle],
  ['/paypal/captures/:id/refunds', refundInDashboard],
  ['/paypal/refunds/:id', settleOneRefund],
  ['/paypal/payments/:id', fail],
];

function settle(sandbox: Sandbox, { id, body }: Input): Answer {
  const status = member(body, 'status');
  if (status !== 'COMPLETED' && status !== 'DECLINED') {
    return refused(422, 'status must be COMPLETED or DECLINED');
  }
  const outcome = settleCapture(sandbox, id, status);
  if (outcome === 'unknown') return refused(404, 'no capture has this id');
  if (outcome === 'not pending') return refused(409, 'only a pending capture can be settled');
  return ok({ id, status });
}

/** The merchant refunds on PayPal's own site: the rules of the API, but no call and no request id. */
function refundInDashboard(sandbox: Sandbox, { id, body }: Input): Answer {
  const found = findCapture(sandbox, id);
  if (!found) return refused(404, 'no capture has this id');
  const status = member(body, 'status') ?? 'COMPLETED';
  if (status !== 'COMPLETED' && status !== 'PENDING') {
    return refused(422, 'status must be COMPLETED or PENDING');
  }
  const value = textMember(body, 'amount');
  const currency = found.capture.amount.currency_code;
  const sent = value === undefined ? {} : { amount: { currency_code: currency, value } };
  const [problem] = refundProblems(sandbox, found, sent);
  if (problem) return refused(422, problem.issue);
  const refund = newRefund(sandbox, found, { body: sent, status });
  sandbox.store.commit(...refundChanges(sandbox, found, refund));
  return { status: 201, body: { id: refund.id, status, amount: refund.amount.value } };
}

function settleOneRefund(sandbox: Sandbox, { id, body }: Input): Answer {
  const status = member(body, 'status');
  if (status !== 'COMPLETED' && status !== 'FAILED' && status !== 'CANCELLED') {
    return refused(422, 'status must be COMPLETED, FAILED or CANCELLED');
  }
  const outcome = settleRefund(sandbox, id, status);
  if (outcome === 'unknown') return refused(404, 'no refund has this id');
  if (outcome === 'not pending') return refused(409, 'only a pending refund can be settled');
  return ok({ id, status });
}

/** PayPal gives a payment of Payments v1 up. */
function fail(sandbox: Sandbox, { id, body }: Input): Answer {
  const sent = member(body, 'failure_reason') ?? 'UNABLE_TO_COMPLETE_TRANSACTION';
  const reason = FAILURE_REASONS.find((known) => known === sent);
  if (member(body, 'state') !== 'failed' || reason === undefined) {
    return refused(
      422,
      `state must be failed, failure_reason one of ${FAILURE_REASONS.join(', ')}`,
    );
  }
  const outcome = failPayment(sandbox, id, reason);
  if (outcome === 'unknown') return refused(404, 'no payment of Payments v1 has this id');
  if (outcome === 'not open') return refused(409, 'only a payment that is created can fail');
  return ok({ id, state: outcome, failure_reason: reason });
}
