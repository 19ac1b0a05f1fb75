import { createHash } from 'node:crypto';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { type PayPalCall } from './call';
import { type RememberedRequest } from './order';

/** How long a repeated PayPal-Request-Id is recognised. */
const ORDERS_LIFETIME_MS = 6 * 3_600_000;
const PAYMENTS_LIFETIME_MS = 45 * 86_400_000;
const V1_LIFETIME_MS = 30 * 86_400_000;

/** The object that an earlier successful call with the same request id made or changed. */
export function rememberedId(sandbox: Sandbox, call: PayPalCall): string | undefined {
  return remembered(sandbox, call)?.objectId;
}

/** True when the earlier call with this request id had another body; only Payments v1 minds. */
export function hadOtherBody(sandbox: Sandbox, call: PayPalCall): boolean {
  const earlier = remembered(sandbox, call);
  return earlier !== undefined && earlier.fingerprint !== fingerprintOf(call);
}

/** The change that makes a successful call repeatable; none without a request id. */
export function rememberRequest({ store }: Sandbox, call: PayPalCall, objectId: string): Change[] {
  if (call.requestId === undefined) return [];
  const fingerprint = isOfV1(call) ? { fingerprint: fingerprintOf(call) } : {};
  const value = { key: keyOf(call), objectId, atMs: store.now().getTime(), ...fingerprint };
  return [{ kind: 'paypal.request', value }];
}

function remembered({ store }: Sandbox, call: PayPalCall): RememberedRequest | undefined {
  const earlier = store.requests.get(keyOf(call));
  if (earlier === undefined) return undefined;
  return store.now().getTime() - earlier.atMs < lifetimeOf(call) ? earlier : undefined;
}

function lifetimeOf(call: PayPalCall): number {
  if (isOfV1(call)) return V1_LIFETIME_MS;
  return call.route.includes('/v2/payments/') ? PAYMENTS_LIFETIME_MS : ORDERS_LIFETIME_MS;
}

function isOfV1({ route }: PayPalCall): boolean {
  return route.includes('/v1/payments/');
}

function fingerprintOf({ body }: PayPalCall): string {
  return createHash('sha256')
    .update(JSON.stringify(body ?? {}))
    .digest('base64url');
}

function keyOf(call: PayPalCall): string {
  return JSON.stringify([call.account, call.route, call.id, call.requestId]);
}
