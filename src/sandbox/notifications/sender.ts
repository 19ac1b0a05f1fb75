import { setMaxListeners } from 'node:events';
import { type Store } from '../state/store';
import { type AttemptLog } from './attempt-log';
import { type Delivery, type NotifiedEvent, type Webhook } from './notification';
import { outcomeOf } from './outcome';
import { post } from './post';

/** At the same time to one webhook: a slow receiver must not hold up the others, nor be flooded. */
const MAX_PARALLEL = 8;
/** The longest time that a timer of Node.js can wait. */
const MAX_TIMER_MS = 2_147_483_647;

/** Headers with the signature of a gateway; a forgery gets one that does not fit. */
export type Sign = (
  webhook: Webhook,
  event: NotifiedEvent,
  genuine: boolean,
) => Record<string, string>;

interface Parts {
  store: Store;
  log: AttemptLog;
  sign: Sign;
}

/** Sends what waits in the outbox, at least once each, until a webhook takes it or the tries are used up. */
export class Sender {
  private readonly underWay = new Map<number, { webhookId: string; done: Promise<void> }>();
  private readonly closing = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(private readonly parts: Parts) {
    // Every delivery under way listens to it, and MAX_PARALLEL limits those.
    setMaxListeners(0, this.closing.signal);
  }

  start(): void {
    this.parts.store.whenChanged(() => this.wake());
    this.wake();
  }

  /** What is under way is tried again after the next start. */
  async close(): Promise<void> {
    this.closing.abort();
    clearTimeout(this.timer);
    await Promise.all([...this.underWay.values()].map(({ done }) => done));
  }

  /** Looks soon, and not within the call that made the news. */
  private wake(): void {
    if (this.looking || this.parts.store.outbox.waiting.size === 0) return;
    this.looking = true;
    setImmediate(() => {
      this.looking = false;
      this.look();
    });
  }

  private look(): void {
    if (this.closing.signal.aborted) return;
    const { store } = this.parts;
    const now = store.now().getTime();
    let nextMs = Infinity;
    for (const delivery of store.outbox.waiting.values()) {
      if (this.underWay.has(delivery.number) || this.isBusy(delivery.webhookId)) continue;
      if (delivery.dueAtMs <= now) this.begin(delivery);
      else nextMs = Math.min(nextMs, delivery.dueAtMs - now);
    }
    clearTimeout(this.timer);
    if (nextMs === Infinity) return;
    this.timer = setTimeout(() => this.wake(), Math.min(nextMs, MAX_TIMER_MS));
  }

  private isBusy(webhookId: string): boolean {
    const busy = [...this.underWay.values()].filter((one) => one.webhookId === webhookId);
    return busy.length >= MAX_PARALLEL;
  }

  private begin(delivery: Delivery): void {
    const done = this.deliver(delivery)
      // Only a data file that cannot be written ends here, and then nothing is promised any more.
      .catch(() => this.closing.abort())
      .finally(() => {
        this.underWay.delete(delivery.number);
        this.wake();
      });
    this.underWay.set(delivery.number, { webhookId: delivery.webhookId, done });
  }

  private async deliver(delivery: Delivery): Promise<void> {
    const { store } = this.parts;
    await store.durable();
    const event = store.outbox.events.get(delivery.eventId);
    const webhook = store.outbox.webhooks.get(delivery.webhookId);
    if (event === undefined || webhook === undefined || !webhook.active || webhook.deleted) {
      store.commit({ kind: 'delivery', value: { ...delivery, state: 'given_up' } });
      return store.durable();
    }
    if (delivery.forged && delivery.tries === 0)
      await this.send(delivery, event, { webhook, genuine: false });
    const status = await this.send(delivery, event, { webhook, genuine: true });
    if (this.closing.signal.aborted) return;
    store.commit(...outcomeOf(store, delivery, { event, status }));
    return store.durable();
  }

  private async send(
    delivery: Delivery,
    event: NotifiedEvent,
    { webhook, genuine }: { webhook: Webhook; genuine: boolean },
  ): Promise<number | null> {
    const at = new Date().toISOString();
    const headers = this.parts.sign(webhook, event, genuine);
    const status = await post({ url: webhook.url, headers, body: event.body }, this.closing.signal);
    const { gateway, id, type } = event;
    const told = { gateway, event_id: id, event_type: type, url: webhook.url, status, at };
    this.parts.log.record({ ...told, attempt: delivery.tries + 1, forged: !genuine });
    return status;
  }
}
