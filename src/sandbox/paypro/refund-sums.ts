import { type MoneyBack } from '../state/money-back';
import { type Payment } from './payment';
import { isOnItsWay } from './refund';

/** What may still be refunded of a payment, in cents; what was charged back is gone. */
export function leftToRefund(moneyBack: MoneyBack, payment: Payment): number {
  const taken = moneyBack
    .refundsOfPayment(payment.id)
    .filter((refund) => isOnItsWay(refund) || refund.state === 'refunded');
  const chargedBack = moneyBack
    .chargebacksOfPayment(payment.id)
    .filter(({ state }) => state !== 'reversed');
  return [...taken, ...chargedBack].reduce((left, { amount }) => left - amount, payment.amount);
}

/** What has left: PayPro keeps the payment paid and only counts here. */
export function refundedOf(moneyBack: MoneyBack, payment: Payment): number {
  const done = moneyBack.refundsOfPayment(payment.id).filter(({ state }) => state === 'refunded');
  return done.reduce((sum, { amount }) => sum + amount, 0);
}
