export type GatewayName = 'paypal' | 'paypro';

/** Where an account wants its notifications. PayPal signs with a certificate, PayPro with the secret. */
export interface Webhook {
  id: string;
  gateway: GatewayName;
  /** The PayPal client id or the PayPro key whose payments it hears of. */
  account: string;
  url: string;
  /** `*` stands for every type. */
  eventTypes: string[];
  active: boolean;
  deleted: boolean;
  name: string | null;
  description: string | null;
  secret: string | null;
  createdAt: string;
}

/** Something a gateway tells, whoever listens. */
export interface NotifiedEvent {
  id: string;
  gateway: GatewayName;
  account: string;
  type: string;
  /** The order, capture or payment it is about. */
  resourceId: string;
  /** RFC 3339, by the simulator's clock. */
  at: string;
  /** The text that is delivered and signed, byte for byte. */
  body: string;
}

/** One event on its way to one webhook. */
export interface Delivery {
  /** Counts upwards, so that a later delivery has a higher one. */
  number: number;
  eventId: string;
  webhookId: string;
  state: 'waiting' | 'delivered' | 'given_up';
  tries: number;
  /** When the next try is due, by the simulator's clock. */
  dueAtMs: number;
  /** Waits for a later event to overtake it, but no longer than until it is due. */
  held: boolean;
  /** A forgery goes ahead of the first try. */
  forged: boolean;
}

/** How the notifications about one order or payment are sent: the payer's choice on the pay page. */
export interface Manner {
  twice?: boolean;
  delayMs?: number;
}

export function listensTo(webhook: Webhook, event: NotifiedEvent): boolean {
  return (
    webhook.active &&
    !webhook.deleted &&
    webhook.gateway === event.gateway &&
    webhook.account === event.account &&
    (webhook.eventTypes.includes('*') || webhook.eventTypes.includes(event.type))
  );
}
