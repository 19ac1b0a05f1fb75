import { type Change } from '../state/changes.wire';
import { type Store } from '../state/store';
import { type Delivery, type NotifiedEvent } from './notification';
import { pauseAfter } from './pauses';

/** What follows from one try: the delivery is settled or tried again, and the ones it overtook may go. */
export function outcomeOf(
  store: Store,
  delivery: Delivery,
  { event, status }: { event: NotifiedEvent; status: number | null },
): Change[] {
  const now = store.now().getTime();
  const tries = delivery.tries + 1;
  const isTaken = status !== null && status >= 200 && status < 300;
  const pauseMs = isTaken ? undefined : pauseAfter(event.gateway, tries);
  const tried: Delivery = { ...delivery, tries, held: false };
  const overtaken = [...store.outbox.waiting.values()].filter((one) => isBehind(one, delivery));
  const next: Delivery =
    pauseMs === undefined
      ? { ...tried, state: isTaken ? 'delivered' : 'given_up' }
      : { ...tried, dueAtMs: now + pauseMs };
  return [next, ...overtaken.map((held) => ({ ...held, held: false, dueAtMs: now }))].map(
    (value) => ({ kind: 'delivery', value }),
  );
}

function isBehind(held: Delivery, sent: Delivery): boolean {
  return (
    held.held &&
    held.webhookId === sent.webhookId &&
    held.eventId !== sent.eventId &&
    held.number < sent.number
  );
}
