import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type FoundAuthorization } from '../find';
import { authorizationView } from '../payment-views';
import { announceNews } from './event-envelope';

/** Tells that money is held, or that it no longer is: by a void, or because its time is over. */
export function authorizationNews(sandbox: Sandbox, found: FoundAuthorization): Change[] {
  const { order, authorization } = found;
  const { value, currency_code: currency } = authorization.amount;
  const isOver = authorization.status === 'VOIDED';
  return announceNews(sandbox, order, {
    type: isOver ? 'PAYMENT.AUTHORIZATION.VOIDED' : 'PAYMENT.AUTHORIZATION.CREATED',
    resourceType: 'authorization',
    resourceId: authorization.id,
    summary: `An authorization of ${value} ${currency} was ${isOver ? 'voided' : 'created'}`,
    resource: {
      ...authorizationView(sandbox, order, found),
      supplementary_data: { related_ids: { order_id: order.id } },
    },
  });
}
