import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type Order } from '../order';
import { type Refund } from '../refund';
import { refundView } from '../refund-view';
import { isV1 } from '../v1/payment';
import { moneyBackNews } from '../v1/news';
import { announceNews } from './event-envelope';

/** The resource is the refund, also where the name speaks of a capture. */
export function refundNews(sandbox: Sandbox, order: Order, refund: Refund): Change[] {
  if (isV1(order)) return moneyBackNews(sandbox, order, refund);
  const type = typeOf(refund);
  if (type === undefined) return [];
  const { value, currency_code: currency } = refund.amount;
  return announceNews(sandbox, order, {
    type,
    resourceType: 'refund',
    resourceId: refund.id,
    summary: `A refund of ${value} ${currency} is ${refund.status.toLowerCase()}`,
    resource: refundView(sandbox, refund, { fullAnswer: true }),
  });
}

function typeOf({ status, isReversal }: Refund): string | undefined {
  switch (status) {
    case 'COMPLETED':
      return isReversal ? 'PAYMENT.CAPTURE.REVERSED' : 'PAYMENT.CAPTURE.REFUNDED';
    case 'PENDING':
      return 'PAYMENT.REFUND.PENDING';
    case 'FAILED':
      return 'PAYMENT.REFUND.FAILED';
    case 'CANCELLED':
      // The list of events has none for it.
      return undefined;
  }
}
