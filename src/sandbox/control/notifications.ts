import { type Answer } from '../http/answer';
import { resend } from '../notifications/announce';
import { type Sandbox } from '../sandbox';
import { ok, refused } from './answers';

/** Every notification that was sent, and how many still wait for a try or for another one. */
export function showNotifications({ attempts, store }: Sandbox): Answer {
  return ok({ waiting: store.outbox.waiting.size, attempts: attempts.list() });
}

/** Sends an event once more to everybody who listens. */
export function resendNotification({ store }: Sandbox, id: string): Answer {
  const event = store.outbox.events.get(id);
  if (!event) return refused(404, 'no event has this id');
  const deliveries = resend({ store }, event);
  store.commit(...deliveries);
  return { status: 202, body: { event_id: id, deliveries: deliveries.length } };
}
