import { type Answer } from '../http/answer';
import { isObject, member, textMember } from '../http/json';
import { movePayment } from '../paypro/move-payment';
import { MANDATE_STATES } from '../paypro/mandate';
import { moveRefund } from '../paypro/move-refund';
import { hasMoney, PAYMENT_STATES } from '../paypro/payment';
import { makeRecurringPayment } from '../paypro/recurring-payment';
import { isOnItsWay, type Refund, REFUND_STATES } from '../paypro/refund';
import { leftToRefund } from '../paypro/refund-sums';
import { amountRule } from '../paypro/refund-rules';
import { startRefund } from '../paypro/refunds';
import { type Sandbox } from '../sandbox';
import { ok, refused } from './answers';
import { type Input, type Switch } from './input';

/** What PayPro, the banks or the merchant do without a call of the API. */
export const PAYPRO_SWITCHES: readonly Switch[] = [
  ['/paypro/payments/:id', move],
  ['/paypro/payments/:id/refunds', refundInDashboard],
  ['/paypro/refunds/:id', moveOneRefund],
  ['/paypro/mandates/:id', moveMandate],
  ['/paypro/mandates/:id/payments', chargeForSubscription],
];

/** Any known state may follow any other, money that arrives late included; money never un-happens. */
function move(sandbox: Sandbox, { id, body }: Input): Answer {
  const state = PAYMENT_STATES.find((known) => known === member(body, 'state'));
  if (state === undefined) return refused(422, `state must be one of ${PAYMENT_STATES.join(', ')}`);
  const payment = sandbox.store.payments.get(id);
  if (!payment) return refused(404, 'no payment has this id');
  if (hasMoney(payment) && !hasMoney({ ...payment, state })) {
    return refused(409, `the payment is ${payment.state}; its money cannot un-happen`);
  }
  return ok({ id, state: movePayment(sandbox, payment, state).state });
}

/** The merchant refunds in PayPro's own dashboard, which asks for no account of the payer. */
function refundInDashboard(sandbox: Sandbox, { id, body }: Input): Answer {
  const payment = sandbox.store.payments.get(id);
  if (!payment) return refused(404, 'no payment has this id');
  if (!hasMoney(payment)) return refused(409, `the payment is ${payment.state}`);
  const sent = isObject(body) ? body : {};
  const problem = amountRule(sandbox, payment, sent['amount']);
  if (problem) return refused(422, textMember(problem.body, 'error', 'message') ?? 'refused');
  const refund = startRefund(sandbox, payment, sent);
  return { status: 201, body: { id: refund.id, state: refund.state, amount: refund.amount } };
}

/** Any known state may follow any other; money that has left does not come back this way. */
function moveOneRefund(sandbox: Sandbox, { id, body }: Input): Answer {
  const state = REFUND_STATES.find((known) => known === member(body, 'state'));
  if (state === undefined) return refused(422, `state must be one of ${REFUND_STATES.join(', ')}`);
  const refund = sandbox.store.moneyBack.payproRefunds.get(id);
  if (!refund) return refused(404, 'no refund has this id');
  if (refund.state === 'refunded' && state !== 'refunded') {
    return refused(409, 'the refund is refunded; its money cannot un-happen');
  }
  if (!isOnItsWay(refund) && !isRevivable(sandbox, refund)) {
    return refused(409, 'the payment has not enough left for it any more');
  }
  return ok({ id, state: moveRefund(sandbox, refund, state).state });
}

/** A refund that had failed gave its amount free; another one may have taken it. */
function isRevivable({ store }: Sandbox, refund: Refund): boolean {
  const payment = store.payments.get(refund.payment);
  if (refund.state === 'refunded' || payment === undefined) return true;
  return leftToRefund(store.moneyBack, payment) >= refund.amount;
}

/** The customer has signed, or has taken the signature back. */
function moveMandate({ store }: Sandbox, { id, body }: Input): Answer {
  const state = MANDATE_STATES.find((known) => known === member(body, 'state'));
  if (state === undefined) return refused(422, `state must be one of ${MANDATE_STATES.join(', ')}`);
  const mandate = store.mandates.get(id);
  if (!mandate) return refused(404, 'no mandate has this id');
  store.commit({ kind: 'paypro.mandate', value: { ...mandate, state } });
  return ok({ id, state });
}

/** A subscription or an installment plan, which callers cannot make here, charges its mandate. */
function chargeForSubscription(sandbox: Sandbox, { id, body }: Input): Answer {
  const mandate = sandbox.store.mandates.get(id);
  if (!mandate) return refused(404, 'no mandate has this id');
  const made = makeRecurringPayment(sandbox, mandate, isObject(body) ? body : {});
  if ('status' in made) {
    return refused(422, textMember(made.body, 'error', 'message') ?? 'refused');
  }
  return { status: 201, body: { id: made.id, state: made.state } };
}
