import { type Sandbox } from '../sandbox';
import { type Mandate } from './mandate';
import { movementOf, type Movement } from './move-payment';
import { paymentNews } from './notifications/payment-events';
import { type Payment } from './payment';

/** A payment on a mandate needs no payer: a card is charged at once, a direct debit takes its time. */
export function chargeOf(sandbox: Sandbox, payment: Payment, mandate: Mandate): Movement {
  const onMandate: Payment = {
    ...payment,
    mandate: mandate.id,
    customer: mandate.customer,
    payMethod: mandate.payMethod,
  };
  const created = paymentNews(sandbox, onMandate, 'payment.created');
  const state = mandate.payMethod === 'creditcard' ? 'paid' : 'processing';
  const { moved, changes } = movementOf(sandbox, onMandate, state);
  return { moved, changes: [...created, ...changes] };
}
