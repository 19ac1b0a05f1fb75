import { type Answer } from '../http/answer';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { chargebackView } from './chargeback-view';
import { notFound } from './errors';
import { listPage } from './paging';
import { findPayment } from './payments';

/** Callers can only read them: https://docs.paypro.nl/reference/api/chargebacks/ */
export function getChargeback(sandbox: Sandbox, call: PayProCall): Answer {
  const chargeback = sandbox.store.moneyBack.chargebacks.get(call.id);
  if (chargeback?.account !== call.account) return notFound();
  return { status: 200, body: chargebackView(sandbox, chargeback) };
}

export function listChargebacks(sandbox: Sandbox, call: PayProCall): Answer {
  const all = [...sandbox.store.moneyBack.chargebacks.values()];
  return listPage(sandbox, call, {
    path: '/chargebacks',
    all: all.filter(({ account }) => account === call.account),
    view: (chargeback) => chargebackView(sandbox, chargeback),
  });
}

export function listPaymentChargebacks(sandbox: Sandbox, call: PayProCall): Answer {
  const payment = findPayment(sandbox, call);
  if (!payment) return notFound();
  return listPage(sandbox, call, {
    path: `/payments/${payment.id}/chargebacks`,
    all: sandbox.store.moneyBack.chargebacksOfPayment(payment.id),
    view: (chargeback) => chargebackView(sandbox, chargeback),
  });
}
