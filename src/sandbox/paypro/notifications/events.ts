import { type Answer } from '../../http/answer';
import { isObject, type JsonObject } from '../../http/json';
import { type NotifiedEvent } from '../../notifications/notification';
import { type Sandbox } from '../../sandbox';
import { type PayProCall } from '../call';
import { notFound } from '../errors';
import { listPage } from '../paging';

/** `GET /events`: https://docs.paypro.nl/reference/api/events/ */
export function listEvents(sandbox: Sandbox, call: PayProCall): Answer {
  const all = [...sandbox.store.outbox.events.values()].filter((event) => isOwn(event, call));
  return listPage(sandbox, call, { path: '/events', all, view: eventView });
}

export function getEvent(sandbox: Sandbox, call: PayProCall): Answer {
  const event = sandbox.store.outbox.events.get(call.id);
  return event && isOwn(event, call) ? { status: 200, body: eventView(event) } : notFound();
}

function isOwn(event: NotifiedEvent, { account }: PayProCall): boolean {
  return event.gateway === 'paypro' && event.account === account;
}

/** The same object that was delivered. */
function eventView({ body }: NotifiedEvent): JsonObject {
  const event: unknown = JSON.parse(body);
  return isObject(event) ? event : {};
}
