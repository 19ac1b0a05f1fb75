import { type JsonObject } from '../../http/json';
import { payproId } from '../../ids';
import { announce } from '../../notifications/announce';
import { type Manner } from '../../notifications/notification';
import { type Sandbox } from '../../sandbox';
import { type Change } from '../../state/changes.wire';
import { seconds } from '../time';

export interface News {
  account: string;
  type: string;
  resourceId: string;
  /** As it is now; later changes do not reach it. */
  payload: JsonObject;
  manner?: Manner | undefined;
}

/** The envelope of every event: https://docs.paypro.nl/reference/api/events/ */
export function announceNews(
  sandbox: Sandbox,
  { account, type, resourceId, payload, manner }: News,
): Change[] {
  const now = sandbox.store.now();
  const id = payproId('EV');
  const body = JSON.stringify({
    id,
    type: 'event',
    event_type: type,
    created_at: seconds(now),
    payload,
    _links: { self: `${sandbox.publicUrl()}/paypro/events/${id}` },
  });
  const event = { id, gateway: 'paypro' as const, account, type, resourceId, body };
  return announce(sandbox, { ...event, at: now.toISOString() }, manner);
}
