import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type Refund } from '../refund';
import { refundView } from '../refund-view';
import { announceNews } from './event-envelope';

type RefundEvent =
  'refund.created' | 'refund.canceled' | 'refund.failed' | 'refund.refunded' | 'refund.expired';

export function refundNews(sandbox: Sandbox, refund: Refund, type: RefundEvent): Change[] {
  const { account, payment, id } = refund;
  return announceNews(sandbox, {
    account,
    type,
    resourceId: id,
    payload: refundView(sandbox, refund),
    manner: sandbox.store.payments.get(payment)?.manner,
  });
}

/** What a refund that has just moved is worth telling. */
export function movedRefundNews(sandbox: Sandbox, refund: Refund): Change[] {
  switch (refund.state) {
    case 'refunded':
    case 'canceled':
    case 'failed':
    case 'expired':
      return refundNews(sandbox, refund, `refund.${refund.state}`);
    case 'open':
    case 'pending':
    case 'processing':
      return [];
  }
}
