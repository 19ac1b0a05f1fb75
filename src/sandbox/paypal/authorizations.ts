import { type Answer } from '../http/answer';
import { isObject } from '../http/json';
import { paypalId } from '../ids';
import { type Sandbox } from '../sandbox';
import { isLive } from './authorization';
import { reauthorizeProblems, voidIssue, wantedOf } from './authorization-rules';
import { type PayPalCall } from './call';
import { malformed, refuse, unknownId } from './errors';
import { findAuthorization, type FoundAuthorization } from './find';
import { authorizationNews } from './notifications/authorization-events';
import { type Authorization, withUnit } from './order';
import { authorizationView, shortOf } from './payment-views';
import { rememberedId, rememberRequest } from './request-ids';
import { endAuthorization } from './end-authorization';

/** `GET /v2/payments/authorizations/{id}`, which always shows everything. */
export function getAuthorization(sandbox: Sandbox, call: PayPalCall): Answer {
  const found = findAuthorization(sandbox, call.id);
  if (found?.order.account !== call.account) return unknownId('authorization_id');
  const related = { supplementary_data: { related_ids: { order_id: found.order.id } } };
  return { status: 200, body: { ...authorizationView(sandbox, found.order, found), ...related } };
}

/** `POST …/{id}/reauthorize`: https://developer.paypal.com/docs/api/payments/v2/#authorizations_reauthorize */
export function reauthorize(sandbox: Sandbox, call: PayPalCall): Answer {
  const { store } = sandbox;
  const found = findAuthorization(sandbox, call.id);
  if (found?.order.account !== call.account) return unknownId('authorization_id');
  const body = call.body ?? {};
  if (!isObject(body)) return malformed();
  const replayed = findAuthorization(sandbox, rememberedId(sandbox, call) ?? '');
  if (replayed) return shown(sandbox, call, { status: 200, found: replayed });
  const [first, ...others] = reauthorizeProblems(sandbox, found, body);
  if (first) return refuse([first, ...others]);
  const at = store.now().toISOString();
  const authorization: Authorization = {
    id: paypalId(),
    status: found.authorization.status,
    amount: wantedOf(found.authorization, body),
    renews: found.authorization.id,
    createdAt: at,
    // A renewal does not outlive the 29 days of the first one.
    expiresAt: found.authorization.expiresAt,
  };
  const unit = { ...found.unit, authorizations: [...found.unit.authorizations, authorization] };
  const made = { order: withUnit(found.order, unit, at), unit, authorization };
  store.commit(
    { kind: 'paypal.order', value: made.order },
    ...authorizationNews(sandbox, made),
    ...rememberRequest(sandbox, call, authorization.id),
  );
  return shown(sandbox, call, { status: 201, found: made });
}

/** `POST …/{id}/void`, which has no request id: https://developer.paypal.com/docs/api/payments/v2/#authorizations_void */
export function voidAuthorization(sandbox: Sandbox, call: PayPalCall): Answer {
  const found = findAuthorization(sandbox, call.id);
  if (found?.order.account !== call.account) return unknownId('authorization_id');
  const issue = voidIssue(found);
  if (issue !== undefined) return refuse([{ issue }]);
  const ended = endAuthorization(sandbox, found, { hasExpired: false });
  if (!call.fullAnswer) return { status: 204 };
  return { status: 200, body: authorizationView(sandbox, ended.order, ended) };
}

/** Ends what nobody has captured within its 29 days; called when the clock has been moved. */
export function expireAuthorizations(sandbox: Sandbox): void {
  const nowMs = sandbox.store.now().getTime();
  const due = [...sandbox.store.orders.values()]
    .flatMap((order) => order.units.flatMap((unit) => unit.authorizations))
    .filter((one) => isLive(one) && one.renews === undefined && nowMs >= Date.parse(one.expiresAt));
  for (const { id } of due) {
    const found = findAuthorization(sandbox, id);
    if (found) endAuthorization(sandbox, found, { hasExpired: true });
  }
}

function shown(
  sandbox: Sandbox,
  { fullAnswer }: PayPalCall,
  { status, found }: { status: number; found: FoundAuthorization },
): Answer {
  const view = authorizationView(sandbox, found.order, found);
  return { status, body: fullAnswer ? view : shortOf(view) };
}
