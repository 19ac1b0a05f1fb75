import { type JsonObject } from '../../http/json';
import { paypalEventId } from '../../ids';
import { announce } from '../../notifications/announce';
import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { type Order } from '../order';

export interface News {
  type: string;
  resourceType:
    'checkout-order' | 'authorization' | 'capture' | 'refund' | 'dispute' | 'payment' | 'sale';
  /** Missing is that of Orders v2 and Payments v2. */
  resourceVersion?: string | null;
  resourceId: string;
  summary: string;
  resource: JsonObject;
}

/** The envelope of every event: https://developer.paypal.com/docs/api/webhooks/v1/#webhooks-events_get */
export function announceNews(
  sandbox: Sandbox,
  order: Pick<Order, 'account' | 'manner'>,
  { type, resourceType, resourceVersion = '2.0', resourceId, summary, resource }: News,
): Change[] {
  const id = paypalEventId();
  const at = sandbox.store.now().toISOString();
  const self = `${sandbox.publicUrl()}/paypal/v1/notifications/webhooks-events/${id}`;
  const body = JSON.stringify({
    id,
    event_version: '1.0',
    create_time: at,
    resource_type: resourceType,
    ...(resourceVersion === null ? {} : { resource_version: resourceVersion }),
    event_type: type,
    summary,
    resource,
    links: [
      { href: self, rel: 'self', method: 'GET', encType: 'application/json' },
      { href: `${self}/resend`, rel: 'resend', method: 'POST', encType: 'application/json' },
    ],
  });
  const event = { id, gateway: 'paypal' as const, account: order.account, type, resourceId, at };
  return announce(sandbox, { ...event, body }, order.manner);
}
