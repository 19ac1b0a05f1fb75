import { type MoneyBack } from '../state/money-back';
import { minorOf, sumOf } from './amounts';
import { type Capture } from './order';

/** What may still be refunded: a pending refund holds its amount back. */
export function leftToRefund(moneyBack: MoneyBack, capture: Capture): bigint {
  const taken = moneyBack
    .refundsOfCapture(capture.id)
    .filter(({ status }) => status === 'COMPLETED' || status === 'PENDING');
  return minorOf(capture.amount) - sumOf(taken.map(({ amount }) => amount));
}

/** What the merchant has given back; what PayPal took back counts apart. */
export function refundedOf(moneyBack: MoneyBack, capture: Capture): bigint {
  const done = moneyBack
    .refundsOfCapture(capture.id)
    .filter(({ status, isReversal }) => status === 'COMPLETED' && !isReversal);
  return sumOf(done.map(({ amount }) => amount));
}
