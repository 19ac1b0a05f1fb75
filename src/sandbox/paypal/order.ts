import { type JsonObject } from '../http/json';

/** The running access token of one REST app. Times are milliseconds of the simulator's clock. */
export interface Token {
  account: string;
  value: string;
  nonce: string;
  expiresAtMs: number;
}

/** A `PayPal-Request-Id` that was used for a successful call, and the order it made or changed. */
export interface RememberedRequest {
  key: string;
  orderId: string;
  atMs: number;
}

export interface Amount {
  currency_code: string;
  value: string;
}

/** https://developer.paypal.com/docs/api/payments/v2/#captures_get */
export interface Capture {
  id: string;
  status: 'COMPLETED' | 'PENDING' | 'DECLINED';
  amount: Amount;
  createdAt: string;
  updatedAt: string;
}

export interface Authorization {
  id: string;
  status: 'CREATED';
  amount: Amount;
  createdAt: string;
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

/** An order of Orders v2: https://developer.paypal.com/docs/api/orders/v2/ */
export interface Order {
  id: string;
  /** The client id of the REST app that made it; nobody else sees it. */
  account: string;
  intent: 'CAPTURE' | 'AUTHORIZE';
  status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED';
  withPaymentSource: boolean;
  units: PurchaseUnit[];
  returnUrl: string | null;
  cancelUrl: string | null;
  brandName: string | null;
  payer: Payer | null;
  /** What the payer's choice on the pay page makes of the next capture. */
  nextCapture: 'COMPLETED' | 'PENDING' | 'DECLINED';
  createdAt: string;
  updatedAt: string;
  /** When an order that is not completed disappears. */
  windowEndsAtMs: number;
}

export function captureIdsOf(order: Order): string[] {
  return order.units.flatMap((unit) => unit.captures.map((capture) => capture.id));
}

/** An order outside its approval window is not shown any more; a completed one stays for ever. */
export function isGone(order: Order, nowMs: number): boolean {
  return order.status !== 'COMPLETED' && nowMs >= order.windowEndsAtMs;
}
