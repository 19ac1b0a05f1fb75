import { type NotificationKind } from './provider-parts';

/** A verified notification as a module gets it: ids that it names, none of them proven. */
export interface HandedNotification {
  readonly account: string;
  readonly event_type: string;
  /** The provider's ids of payments. */
  readonly payment_ids: readonly string[];
  /** The provider's ids of other objects: refunds, captures, mandates. */
  readonly object_ids: readonly string[];
  /** Our own ids, `pay_…`. */
  readonly refs: readonly string[];
}

/**
 * What a module did about a notification. `unmatched`: it knows nothing that the notification could be about; it
 * may be ahead of our own commit or of other news, so it is tried again for a day and then listed for people.
 */
export type NotificationOutcome =
  | { readonly outcome: 'applied'; readonly reason?: never }
  | { readonly outcome: 'ignored'; readonly reason?: never }
  | { readonly outcome: 'unmatched' | 'postponed'; readonly reason: string };

/** Asks the provider about what the notification names; never believes the notification. Throwing tries again later. */
export type NotificationHandler = (
  notification: HandedNotification,
) => Promise<NotificationOutcome>;

/** Who takes care of which kind of notification; modules register while the program starts. */
export class NotificationHandlers {
  private readonly handlers = new Map<NotificationKind, NotificationHandler>();

  handle(kind: NotificationKind, handler: NotificationHandler): void {
    if (this.handlers.has(kind)) throw new Error(`two handlers for notifications of ${kind}`);
    this.handlers.set(kind, handler);
  }

  of(kind: NotificationKind): NotificationHandler | undefined {
    return this.handlers.get(kind);
  }
}
