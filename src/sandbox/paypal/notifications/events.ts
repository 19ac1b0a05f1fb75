import { type Answer } from '../../http/answer';
import { isList } from '../../http/json';
import { resend } from '../../notifications/announce';
import { type NotifiedEvent } from '../../notifications/notification';
import { type Sandbox } from '../../sandbox';
import { type PayPalCall } from '../call';
import { readEventQuery, type EventQuery } from './event-query';
import { invalidData, unknownResource } from './webhook-errors';

/** `GET /v1/notifications/webhooks-events`, newest first, with links to the pages around this one. */
export function listEvents(sandbox: Sandbox, call: PayPalCall): Answer {
  const query = readEventQuery(call.query);
  if (isList(query)) return invalidData(...query);
  const matching = eventsOf(sandbox, call)
    .filter((event) => matches(event, query))
    .reverse();
  const start = startOf(matching, query);
  if (start === undefined) {
    return invalidData({ field: 'index_id', issue: 'No event of the list has this id.' });
  }
  const page = matching.slice(start, start + query.pageSize);
  const links = [
    ...(start + page.length < matching.length
      ? [link(sandbox, query, { rel: 'next', at: page.at(-1) })]
      : []),
    ...(start > 0 ? [link(sandbox, query, { rel: 'previous', at: page[0] })] : []),
  ];
  const events = page.map((event): unknown => JSON.parse(event.body));
  return { status: 200, body: { events, count: events.length, links } };
}

export function getEvent(sandbox: Sandbox, call: PayPalCall): Answer {
  const event = findEvent(sandbox, call);
  if (!event) return unknownResource();
  return { status: 200, body: JSON.parse(event.body) };
}

/** `POST …/{id}/resend`; of the ids in `webhook_ids` none is picked, all that listen hear it again. */
export function resendEvent(sandbox: Sandbox, call: PayPalCall): Answer {
  const event = findEvent(sandbox, call);
  if (!event) return unknownResource();
  sandbox.store.commit(...resend(sandbox, event));
  return { status: 202, body: JSON.parse(event.body) };
}

function findEvent({ store }: Sandbox, { account, id }: PayPalCall): NotifiedEvent | undefined {
  const event = store.outbox.events.get(id);
  return event?.gateway === 'paypal' && event.account === account ? event : undefined;
}

function eventsOf({ store }: Sandbox, { account }: PayPalCall): NotifiedEvent[] {
  return [...store.outbox.events.values()].filter(
    (event) => event.gateway === 'paypal' && event.account === account,
  );
}

function matches(event: NotifiedEvent, query: EventQuery): boolean {
  const atMs = Date.parse(event.at);
  return (
    atMs >= query.fromMs &&
    atMs <= query.toMs &&
    (query.transactionId === undefined || query.transactionId === event.resourceId) &&
    (query.eventType === undefined || query.eventType === event.type)
  );
}

/** Pages hang on the event beside them, so that news at the top of the list moves nothing. */
function startOf(matching: NotifiedEvent[], query: EventQuery): number | undefined {
  if (query.move === undefined) return 0;
  const index = matching.findIndex(({ id }) => id === query.move?.indexId);
  if (index < 0) return undefined;
  return query.move.to === 'next' ? index + 1 : Math.max(0, index - query.pageSize);
}

function link(
  sandbox: Sandbox,
  query: EventQuery,
  { rel, at }: { rel: 'next' | 'previous'; at: NotifiedEvent | undefined },
): object {
  const parameters = new URLSearchParams({
    ...query.sent,
    page_size: String(query.pageSize),
    move_to: rel,
    index_time: at?.at ?? '',
    index_id: at?.id ?? '',
  });
  const url = `${sandbox.publicUrl()}/paypal/v1/notifications/webhooks-events`;
  return { href: `${url}?${parameters.toString()}`, rel, method: 'GET' };
}
