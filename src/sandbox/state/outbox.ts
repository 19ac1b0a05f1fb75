import {
  type Delivery,
  listensTo,
  type NotifiedEvent,
  type Webhook,
} from '../notifications/notification';

/** A day of busy testing; older events are forgotten so that a benchmark does not fill the memory. */
const MAX_EVENTS = 10_000;

/** What the gateways have told and still have to tell. Only the store changes it. */
export class Outbox {
  readonly webhooks = new Map<string, Webhook>();
  /** Oldest first. */
  readonly events = new Map<string, NotifiedEvent>();
  /** Deliveries that are not settled yet, oldest first. */
  readonly waiting = new Map<number, Delivery>();
  private waitingByEvent = new Map<string, number>();
  private lastNumber = 0;

  nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  /** The webhooks that an event goes to. */
  listenersOf(event: NotifiedEvent): Webhook[] {
    return [...this.webhooks.values()].filter((webhook) => listensTo(webhook, event));
  }

  keepEvent(event: NotifiedEvent): void {
    this.events.set(event.id, event);
    for (const id of this.events.keys()) {
      if (this.events.size <= MAX_EVENTS || this.waitingByEvent.has(id)) return;
      this.events.delete(id);
    }
  }

  keepDelivery(delivery: Delivery): void {
    this.lastNumber = Math.max(this.lastNumber, delivery.number);
    const isNews = delivery.state === 'waiting' && !this.waiting.has(delivery.number);
    if (isNews) this.count(delivery.eventId, 1);
    if (delivery.state === 'waiting') {
      this.waiting.set(delivery.number, delivery);
    } else if (this.waiting.delete(delivery.number)) {
      this.count(delivery.eventId, -1);
    }
  }

  private count(eventId: string, change: 1 | -1): void {
    const waiting = (this.waitingByEvent.get(eventId) ?? 0) + change;
    if (waiting > 0) this.waitingByEvent.set(eventId, waiting);
    else this.waitingByEvent.delete(eventId);
  }
}
