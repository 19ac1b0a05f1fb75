import { type Sandbox } from '../sandbox';
import { familyOf, isLive, withFamily } from './authorization';
import { type FoundAuthorization } from './find';
import { authorizationNews } from './notifications/authorization-events';
import { type Order, withUnit } from './order';

/** Voids an authorization and those that renew it, and tells of each. */
export function endAuthorization(
  sandbox: Sandbox,
  { order, unit, authorization }: FoundAuthorization,
  { hasExpired }: { hasExpired: boolean },
): FoundAuthorization {
  const updatedAt = sandbox.store.now().toISOString();
  const ending = familyOf(unit, authorization).filter(isLive);
  const change = { status: 'VOIDED' as const, updatedAt, hasExpired };
  const changed = withFamily(unit, authorization, change);
  const value = withStatus(withUnit(order, changed, updatedAt));
  const ended = ending.map((one) => ({
    order: value,
    unit: changed,
    authorization: { ...one, ...change },
  }));
  sandbox.store.commit(
    { kind: 'paypal.order', value },
    ...ended.flatMap((one) => authorizationNews(sandbox, one)),
  );
  return { order: value, unit: changed, authorization: { ...authorization, ...change } };
}

/** An order is voided when all of it is and nothing was captured before. */
function withStatus(order: Order): Order {
  const isVoided = order.units.every(
    ({ authorizations, captures }) =>
      captures.every(({ status }) => status === 'DECLINED') &&
      authorizations.every(({ status }) => status === 'VOIDED'),
  );
  return isVoided ? { ...order, status: 'VOIDED' } : order;
}
