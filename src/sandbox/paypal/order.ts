import { type JsonObject } from '../http/json';
import { type Manner } from '../notifications/notification';
import { type V1Details } from './v1/details';

/** The running access token of one REST app. Times are milliseconds of the simulator's clock. */
export interface Token {
  account: string;
  value: string;
  nonce: string;
  expiresAtMs: number;
}

/** A `PayPal-Request-Id` that was used for a successful call, and the object it made or changed. */
export interface RememberedRequest {
  key: string;
  objectId: string;
  atMs: number;
  /** Which body was sent; kept by Payments v1 only. */
  fingerprint?: string;
}

export interface Amount {
  currency_code: string;
  value: string;
}

/** https://developer.paypal.com/docs/api/payments/v2/#captures_get */
export interface Capture {
  id: string;
  status: 'COMPLETED' | 'PENDING' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
  amount: Amount;
  /** Where the money was held before; missing when the order itself was captured. */
  authorizationId?: string;
  /** Missing means that nothing can follow. */
  isFinal?: boolean;
  /** The capture's own, instead of that of the purchase unit. */
  invoiceId?: string | undefined;
  createdAt: string;
  updatedAt: string;
}

export interface Authorization {
  id: string;
  status: 'CREATED' | 'PARTIALLY_CAPTURED' | 'CAPTURED' | 'VOIDED';
  amount: Amount;
  /** The authorization that this one gives another honour period. */
  renews?: string;
  /** True for one that was voided because its time was over. */
  hasExpired?: boolean;
  createdAt: string;
  /** Missing until something changes. */
  updatedAt?: string;
  expiresAt: string;
}

export interface PurchaseUnit {
  referenceId: string;
  amount: Amount;
  /** What the caller sent, with amounts in PayPal's spelling; echoed in full answers. */
  body: JsonObject;
  captures: Capture[];
  authorizations: Authorization[];
}

export interface Payer {
  payerId: string;
  email: string;
  givenName: string;
  surname: string;
}

/** An order of Orders v2, or a payment of Payments v1: https://developer.paypal.com/docs/api/orders/v2/ */
export interface Order {
  id: string;
  /** The client id of the REST app that made it; nobody else sees it. */
  account: string;
  intent: 'CAPTURE' | 'AUTHORIZE';
  status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED';
  withPaymentSource: boolean;
  units: PurchaseUnit[];
  returnUrl: string | null;
  cancelUrl: string | null;
  brandName: string | null;
  payer: Payer | null;
  /** What the payer's choice on the pay page makes of the next capture. */
  nextCapture: 'COMPLETED' | 'PENDING' | 'DECLINED';
  /** Missing until the payer has chosen one. */
  manner?: Manner | undefined;
  createdAt: string;
  updatedAt: string;
  /** When the payer can no longer approve, and an order that is not completed disappears. */
  windowEndsAtMs: number;
  /** Makes it a payment of Payments v1, which Orders v2 and Payments v2 do not know. */
  v1?: V1Details;
}

/** What a pay page's address and the way back to the shop name it by. */
export function tokenOf({ id, v1 }: Order): string {
  return v1?.token ?? id;
}

/** The ids of its captures and authorizations. */
export function paymentIdsOf(order: Order): string[] {
  return order.units
    .flatMap((unit) => [...unit.captures, ...unit.authorizations])
    .map(({ id }) => id);
}

/** The order with a newer version of one of its units. */
export function withUnit(order: Order, changed: PurchaseUnit, updatedAt: string): Order {
  const units = order.units.map((unit) =>
    unit.referenceId === changed.referenceId ? changed : unit,
  );
  return { ...order, units, updatedAt };
}

/** The order with a newer version of one of its captures. */
export function withCapture(order: Order, changed: Capture): Order {
  return {
    ...order,
    updatedAt: changed.updatedAt,
    units: order.units.map((unit) => ({
      ...unit,
      captures: unit.captures.map((capture) => (capture.id === changed.id ? changed : capture)),
    })),
  };
}

/** An order outside its approval window is not shown any more; a closed one stays for ever. */
export function isGone(order: Order, nowMs: number): boolean {
  return !isClosed(order) && nowMs >= (order.v1?.vanishesAtMs ?? order.windowEndsAtMs);
}

/** The payer can no longer approve it. */
export function hasWindowEnded(order: Order, nowMs: number): boolean {
  return !isClosed(order) && nowMs >= order.windowEndsAtMs;
}

/** Nothing is left to do with the order itself. */
export function isClosed({ status }: Order): boolean {
  return status === 'COMPLETED' || status === 'VOIDED';
}
