import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { type PayPalCall } from './call';

/** Orders v2 recognises a repeated PayPal-Request-Id for six hours. */
const LIFETIME_MS = 6 * 3_600_000;

/** The order that an earlier successful call with the same request id made or changed. */
export function rememberedOrderId({ store }: Sandbox, call: PayPalCall): string | undefined {
  const remembered = store.requests.get(keyOf(call));
  if (remembered === undefined) return undefined;
  return store.now().getTime() - remembered.atMs < LIFETIME_MS ? remembered.orderId : undefined;
}

/** The change that makes a successful call repeatable; none without a request id. */
export function rememberRequest({ store }: Sandbox, call: PayPalCall, orderId: string): Change[] {
  if (call.requestId === undefined) return [];
  const value = { key: keyOf(call), orderId, atMs: store.now().getTime() };
  return [{ kind: 'paypal.request', value }];
}

function keyOf(call: PayPalCall): string {
  return JSON.stringify([call.account, call.route, call.id, call.requestId]);
}
