import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { type PayPalCall } from './call';

/** How long a repeated PayPal-Request-Id is recognised: six hours by Orders v2, 45 days by Payments v2. */
const ORDERS_LIFETIME_MS = 6 * 3_600_000;
const PAYMENTS_LIFETIME_MS = 45 * 86_400_000;

/** The object that an earlier successful call with the same request id made or changed. */
export function rememberedId({ store }: Sandbox, call: PayPalCall): string | undefined {
  const remembered = store.requests.get(keyOf(call));
  if (remembered === undefined) return undefined;
  const lifetimeMs = call.route.includes('/v2/payments/')
    ? PAYMENTS_LIFETIME_MS
    : ORDERS_LIFETIME_MS;
  return store.now().getTime() - remembered.atMs < lifetimeMs ? remembered.objectId : undefined;
}

/** The change that makes a successful call repeatable; none without a request id. */
export function rememberRequest({ store }: Sandbox, call: PayPalCall, objectId: string): Change[] {
  if (call.requestId === undefined) return [];
  const value = { key: keyOf(call), objectId, atMs: store.now().getTime() };
  return [{ kind: 'paypal.request', value }];
}

function keyOf(call: PayPalCall): string {
  return JSON.stringify([call.account, call.route, call.id, call.requestId]);
}
