import { type Answer } from '../http/answer';
import { member, textMember } from '../http/json';
import { toAmount } from '../paypal/create-order';
import { DISPUTE_OUTCOMES, OPEN_DISPUTE_STATUSES } from '../paypal/dispute';
import { moveDispute, openDispute, reversalOf } from '../paypal/disputes';
import { findCapture, type FoundCapture } from '../paypal/find';
import { moneyProblems } from '../paypal/money-rules';
import { type Amount } from '../paypal/order';
import { hasArrived } from '../paypal/payment-views';
import { CHARGEBACK_STATES } from '../paypro/chargeback';
import { moveChargeback, startChargeback } from '../paypro/move-chargeback';
import { hasMoney } from '../paypro/payment';
import { amountRule } from '../paypro/refund-rules';
import { leftToRefund } from '../paypro/refund-sums';
import { type Sandbox } from '../sandbox';
import { ok, refused } from './answers';
import { type Input, type Switch } from './input';

/** What payers and their banks take back. */
export const MONEY_BACK_SWITCHES: readonly Switch[] = [
  ['/paypal/captures/:id/reversals', reverse],
  ['/paypal/captures/:id/disputes', dispute],
  ['/paypal/disputes/:id', move],
  ['/paypro/payments/:id/chargebacks', chargeBack],
  ['/paypro/chargebacks/:id', settle],
];

function reverse(sandbox: Sandbox, { id, body }: Input): Answer {
  const found = findCapture(sandbox, id);
  if (!found) return refused(404, 'no capture has this id');
  const amount = amountOf(found, body);
  if (typeof amount === 'string') return refused(422, amount);
  const changes = reversalOf(sandbox, found, amount);
  if (changes.length === 0) return refused(409, 'nothing is left of the capture');
  sandbox.store.commit(...changes);
  const made = sandbox.store.moneyBack.refundsOfCapture(id).at(-1);
  return { status: 201, body: { id: made?.id, amount: made?.amount.value } };
}

function dispute(sandbox: Sandbox, { id, body }: Input): Answer {
  const found = findCapture(sandbox, id);
  if (!found) return refused(404, 'no capture has this id');
  const amount = amountOf(found, body);
  if (typeof amount === 'string') return refused(422, amount);
  const reason = textMember(body, 'reason') ?? 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED';
  const opened = openDispute(sandbox, found, { amount, reason });
  return { status: 201, body: { id: opened.id, status: opened.status } };
}

function move(sandbox: Sandbox, { id, body }: Input): Answer {
  const found = sandbox.store.moneyBack.disputes.get(id);
  if (!found) return refused(404, 'no dispute has this id');
  if (found.status === 'RESOLVED') return refused(409, 'the dispute is resolved');
  const outcome = DISPUTE_OUTCOMES.find((known) => known === member(body, 'outcome')) ?? null;
  const status = OPEN_DISPUTE_STATUSES.find((known) => known === member(body, 'status'));
  if (outcome === null && status === undefined) {
    const [outcomes, statuses] = [DISPUTE_OUTCOMES.join(', '), OPEN_DISPUTE_STATUSES.join(', ')];
    return refused(422, `outcome must be one of ${outcomes}, or status one of ${statuses}`);
  }
  const change = { outcome, status: outcome === null ? (status ?? 'OPEN') : ('RESOLVED' as const) };
  return ok({ id, status: moveDispute(sandbox, found, change).status });
}

/** Decimal text in the currency of the capture; all of it by default. */
function amountOf({ capture }: FoundCapture, body: unknown): Amount | string {
  if (!hasArrived(capture)) return `the capture is ${capture.status}`;
  const value = textMember(body, 'amount');
  if (value === undefined) return capture.amount;
  const money = { ...capture.amount, value };
  if (!/^\d+(\.\d+)?$/.test(value)) return 'amount must be decimal text';
  const [problem] = moneyProblems(money, '/amount', 'above zero');
  return problem ? problem.issue : toAmount(money);
}

function chargeBack(sandbox: Sandbox, { id, body }: Input): Answer {
  const { store } = sandbox;
  const payment = store.payments.get(id);
  if (!payment) return refused(404, 'no payment has this id');
  if (!hasMoney(payment)) return refused(409, `the payment is ${payment.state}`);
  const sent = member(body, 'amount');
  const problem = amountRule(sandbox, payment, sent);
  if (problem) return refused(422, textMember(problem.body, 'error', 'message') ?? 'refused');
  const state = stateIn(body, 'completed');
  if (state === undefined)
    return refused(422, `state must be one of ${CHARGEBACK_STATES.join(', ')}`);
  const amount = typeof sent === 'number' ? sent : leftToRefund(store.moneyBack, payment);
  const reason = textMember(body, 'reason') ?? null;
  const made = startChargeback(sandbox, payment, { amount, reason, state });
  return { status: 201, body: { id: made.id, state: made.state, amount: made.amount } };
}

function settle(sandbox: Sandbox, { id, body }: Input): Answer {
  const state = stateIn(body, undefined);
  if (state === undefined)
    return refused(422, `state must be one of ${CHARGEBACK_STATES.join(', ')}`);
  const chargeback = sandbox.store.moneyBack.chargebacks.get(id);
  if (!chargeback) return refused(404, 'no chargeback has this id');
  if (chargeback.state === 'reversed') return refused(409, 'the chargeback is reversed');
  moveChargeback(sandbox, chargeback, state);
  return ok({ id, state });
}

function stateIn(body: unknown, otherwise: 'completed' | undefined) {
  const sent = member(body, 'state') ?? otherwise;
  return CHARGEBACK_STATES.find((known) => known === sent);
}
