import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { hasMoney, isPayable, type Payment } from '../payment';
import { paymentView } from '../payment-view';
import { announceNews } from './event-envelope';

type PaymentEvent =
  | 'payment.created'
  | 'payment.started'
  | 'payment.canceled'
  | 'payment.failed'
  | 'payment.paid'
  | 'payment.expired';

export function paymentNews(sandbox: Sandbox, payment: Payment, type: PaymentEvent): Change[] {
  const { account, id, manner } = payment;
  const payload = paymentView(sandbox, payment);
  return announceNews(sandbox, { account, type, resourceId: id, payload, manner });
}

/** What a step from one state to another is worth telling; a payer who pays has started to. */
export function movementNews(
  sandbox: Sandbox,
  { before, after }: { before: Payment; after: Payment },
): Change[] {
  const isStart =
    isPayable(before) && ['processing', 'paid', 'completed', 'failed'].includes(after.state);
  const started = isStart
    ? paymentNews(sandbox, { ...before, manner: after.manner }, 'payment.started')
    : [];
  const type = before.state === after.state ? undefined : eventOf(before, after);
  return [...started, ...(type === undefined ? [] : paymentNews(sandbox, after, type))];
}

function eventOf(before: Payment, after: Payment): PaymentEvent | undefined {
  switch (after.state) {
    case 'paid':
    case 'completed':
      return hasMoney(before) ? undefined : 'payment.paid';
    case 'canceled':
      return 'payment.canceled';
    case 'failed':
      return 'payment.failed';
    case 'expired':
      return 'payment.expired';
    case 'open':
    case 'initialized':
    case 'processing':
      return undefined;
  }
}
