import { type Answer } from '../http/answer';
import { isObject } from '../http/json';
import { paypalId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { type PayPalCall } from './call';
import { malformed, refuse, unknownOrder } from './errors';
import { type Issue } from './issues';
import { captureEntry } from './ledger-entry';
import { authorizationNews } from './notifications/authorization-events';
import { captureNews, orderNews } from './notifications/order-events';
import { type Authorization, type Capture, isClosed, type Order, type PurchaseUnit } from './order';
import { findOrder } from './find';
import { checkoutUrl, orderView } from './order-view';
import { rememberedId, rememberRequest } from './request-ids';

/** An authorization is good for 29 days. */
const AUTHORIZATION_MS = 29 * 86_400_000;

/** `POST …/{id}/capture`: https://developer.paypal.com/docs/api/orders/v2/#orders_capture */
export function captureOrder(sandbox: Sandbox, call: PayPalCall): Answer {
  return completeOrder(sandbox, call, { intent: 'CAPTURE', already: 'ORDER_ALREADY_CAPTURED' });
}

/** `POST …/{id}/authorize`: https://developer.paypal.com/docs/api/orders/v2/#orders_authorize */
export function authorizeOrder(sandbox: Sandbox, call: PayPalCall): Answer {
  return completeOrder(sandbox, call, { intent: 'AUTHORIZE', already: 'ORDER_ALREADY_AUTHORIZED' });
}

interface Verb {
  intent: Order['intent'];
  already: Issue;
}

function completeOrder(sandbox: Sandbox, call: PayPalCall, verb: Verb): Answer {
  const order = findOrder(sandbox, call);
  if (!order) return unknownOrder();
  if (call.body !== undefined && !isObject(call.body)) {
    return malformed();
  }
  if (rememberedId(sandbox, call) === order.id) {
    return { status: 200, body: orderView(sandbox, order, call) };
  }
  const issue = refusalOf(order, verb);
  if (issue !== undefined) return refuse([{ issue }], redirectFor(sandbox, order, issue));
  const isSlow = verb.intent === 'CAPTURE' && sandbox.faults.takeForMoney('capture_pending');
  const chosen: Order = isSlow ? { ...order, nextCapture: 'PENDING' } : order;
  const completed = complete(chosen, sandbox.store.now());
  sandbox.store.commit(
    { kind: 'paypal.order', value: completed },
    ...movements(completed),
    ...rememberRequest(sandbox, call, order.id),
    ...news(sandbox, completed),
  );
  return { status: 201, body: orderView(sandbox, completed, call) };
}

function refusalOf(order: Order, verb: Verb): Issue | undefined {
  if (order.intent !== verb.intent) return 'ACTION_DOES_NOT_MATCH_INTENT';
  if (isClosed(order)) return verb.already;
  if (order.status !== 'APPROVED') return 'ORDER_NOT_APPROVED';
  // Only the capture touches the payer's instrument; PayPal lists no decline for authorize.
  const declined = verb.intent === 'CAPTURE' && order.nextCapture === 'DECLINED';
  return declined ? 'INSTRUMENT_DECLINED' : undefined;
}

/** A declined payer may choose another instrument on the same page. */
function redirectFor(sandbox: Sandbox, order: Order, issue: Issue) {
  if (issue !== 'INSTRUMENT_DECLINED') return [];
  return [{ href: checkoutUrl(sandbox, order), rel: 'redirect', method: 'GET' }];
}

function complete(order: Order, now: Date): Order {
  return {
    ...order,
    status: 'COMPLETED',
    updatedAt: now.toISOString(),
    units: order.units.map((unit) =>
      order.intent === 'CAPTURE'
        ? { ...unit, captures: [newCapture(unit, order.nextCapture, now)] }
        : { ...unit, authorizations: [newAuthorization(unit, now)] },
    ),
  };
}

function newCapture(unit: PurchaseUnit, status: Capture['status'], now: Date): Capture {
  const at = now.toISOString();
  return { id: paypalId(), status, amount: unit.amount, createdAt: at, updatedAt: at };
}

function newAuthorization(unit: PurchaseUnit, now: Date): Authorization {
  const expiresAt = new Date(now.getTime() + AUTHORIZATION_MS).toISOString();
  const { amount } = unit;
  return { id: paypalId(), status: 'CREATED', amount, createdAt: now.toISOString(), expiresAt };
}

function news(sandbox: Sandbox, order: Order): Change[] {
  const held = order.units.flatMap((unit) =>
    unit.authorizations.flatMap((authorization) =>
      authorizationNews(sandbox, { order, unit, authorization }),
    ),
  );
  const captures = order.units.flatMap((unit) =>
    unit.captures.flatMap((capture) => captureNews(sandbox, order, { unit, capture })),
  );
  if (captures.length === 0) return held;
  return [...captures, ...orderNews(sandbox, order, 'CHECKOUT.ORDER.COMPLETED')];
}

function movements(order: Order): Change[] {
  return order.units.flatMap((unit) =>
    unit.captures
      .filter((capture) => capture.status === 'COMPLETED')
      .map((capture) => ({ kind: 'ledger' as const, value: captureEntry(order, unit, capture) })),
  );
}
