import { type FaultList } from '../faults/fault-list';
import { type Store } from '../state/store';
import { type Change } from '../state/changes.wire';
import { type Delivery, type Manner, type NotifiedEvent, type Webhook } from './notification';

/** How long an event is held back at most when no later one overtakes it. */
const MAX_HOLD_MS = 60_000;

interface World {
  store: Store;
  faults: FaultList;
}

/** The changes that make an event known and put it on its way to every webhook that listens. */
export function announce(
  { store, faults }: World,
  event: NotifiedEvent,
  manner: Manner = {},
): Change[] {
  const fault = faults.takeForEvent({ gateway: event.gateway, event_type: event.type });
  const known: Change = { kind: 'event', value: event };
  if (fault?.kind === 'notify_drop') return [known];
  const copies = manner.twice === true || fault?.kind === 'notify_duplicate' ? 2 : 1;
  const lateMs = fault?.kind === 'notify_late' ? fault.delay_ms : 0;
  const held = fault?.kind === 'notify_reorder';
  const waitMs = (manner.delayMs ?? 0) + lateMs + (held ? MAX_HOLD_MS : 0);
  const dueAtMs = store.now().getTime() + waitMs;
  const forged = fault?.kind === 'notify_forge';
  const deliveries = store.outbox
    .listenersOf(event)
    .flatMap((webhook) =>
      Array.from({ length: copies }, () =>
        deliveryOf(store, webhook, { eventId: event.id, dueAtMs, held, forged }),
      ),
    );
  return [known, ...deliveries];
}

/** Sends a known event once more, at once and to everybody who listens now. */
export function resend({ store }: Pick<World, 'store'>, event: NotifiedEvent): Change[] {
  const dueAtMs = store.now().getTime();
  return store.outbox
    .listenersOf(event)
    .map((webhook) =>
      deliveryOf(store, webhook, { eventId: event.id, dueAtMs, held: false, forged: false }),
    );
}

function deliveryOf(
  store: Store,
  webhook: Webhook,
  kind: Pick<Delivery, 'eventId' | 'dueAtMs' | 'held' | 'forged'>,
): Change {
  const number = store.outbox.nextNumber();
  const value = { number, webhookId: webhook.id, state: 'waiting' as const, tries: 0, ...kind };
  return { kind: 'delivery', value };
}
