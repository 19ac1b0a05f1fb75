import { type Answer } from '../http/answer';
import { isObject, type JsonObject, textMember } from '../http/json';
import { payproId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { invalid, notFound } from './errors';
import { moveRefund } from './move-refund';
import { refundNews } from './notifications/refund-events';
import { listPage } from './paging';
import { type Payment } from './payment';
import { findPayment } from './payments';
import { isOnItsWay, type Refund } from './refund';
import { leftToRefund } from './refund-sums';
import { brokenRefundRule } from './refund-rules';
import { refundView } from './refund-view';
import { seconds } from './time';

/** `POST /payments/{id}/refunds`; a repeated call makes a second refund. */
export function createRefund(sandbox: Sandbox, call: PayProCall): Answer {
  const payment = findPayment(sandbox, call);
  if (!payment) return notFound();
  const body = isObject(call.body) ? call.body : {};
  const refusal = brokenRefundRule(sandbox, payment, body);
  if (refusal) return refusal;
  const refund = startRefund(sandbox, payment, body);
  return { status: 201, body: refundView(sandbox, refund) };
}

/** Keeps a refund that has passed every rule; without an amount it is of all that is left. */
export function startRefund(sandbox: Sandbox, payment: Payment, body: JsonObject): Refund {
  const { store } = sandbox;
  const { amount } = body;
  const refund: Refund = {
    id: payproId('PR'),
    account: payment.account,
    payment: payment.id,
    amount: typeof amount === 'number' ? amount : leftToRefund(store.moneyBack, payment),
    description: textMember(body, 'description') ?? payment.description,
    reason: textMember(body, 'reason') ?? null,
    accountHolderName: textMember(body, 'account_holder_name') ?? null,
    iban: textMember(body, 'iban') ?? null,
    state: 'open',
    refundedAt: null,
    createdAt: seconds(store.now()),
  };
  store.commit(
    { kind: 'paypro.refund', value: refund },
    ...refundNews(sandbox, refund, 'refund.created'),
  );
  return refund;
}

export function getRefund(sandbox: Sandbox, call: PayProCall): Answer {
  const refund = findRefund(sandbox, call);
  return refund ? { status: 200, body: refundView(sandbox, refund) } : notFound();
}

export function listRefunds(sandbox: Sandbox, call: PayProCall): Answer {
  const all = [...sandbox.store.moneyBack.payproRefunds.values()];
  return listPage(sandbox, call, {
    path: '/refunds',
    all: all.filter(({ account }) => account === call.account),
    view: (refund) => refundView(sandbox, refund),
  });
}

export function listPaymentRefunds(sandbox: Sandbox, call: PayProCall): Answer {
  const payment = findPayment(sandbox, call);
  if (!payment) return notFound();
  return listPage(sandbox, call, {
    path: `/payments/${payment.id}/refunds`,
    all: sandbox.store.moneyBack.refundsOfPayment(payment.id),
    view: (refund) => refundView(sandbox, refund),
  });
}

/** `DELETE /refunds/{id}` cancels, and only what has not left yet. */
export function cancelRefund(sandbox: Sandbox, call: PayProCall): Answer {
  const refund = findRefund(sandbox, call);
  if (!refund) return notFound();
  if (!isOnItsWay(refund)) {
    return invalid('state', `A refund that is ${refund.state} cannot be canceled`);
  }
  return { status: 200, body: refundView(sandbox, moveRefund(sandbox, refund, 'canceled')) };
}

function findRefund({ store }: Sandbox, { account, id }: PayProCall): Refund | undefined {
  const refund = store.moneyBack.payproRefunds.get(id);
  return refund?.account === account ? refund : undefined;
}
