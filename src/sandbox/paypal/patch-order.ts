import { type Answer } from '../http/answer';
import { isList, isObject, type JsonObject, textMember } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type PayPalCall } from './call';
import { toUnit } from './create-order';
import { refuse, unknownOrder } from './errors';
import { findOrder } from './find';
import { type Issue, type Problem } from './issues';
import { isClosed, type Order, type PurchaseUnit } from './order';
import { unitRuleProblems } from './order-rules';
import { unitSyntaxProblems } from './order-syntax';
import { parsePatchPath, type PatchTarget } from './patch-path';

type Patched = { order: Order } | { problems: [Problem, ...Problem[]] };

/** `PATCH …/{id}`, all operations or none: https://developer.paypal.com/docs/api/orders/v2/#orders_patch */
export function patchOrder(sandbox: Sandbox, call: PayPalCall): Answer {
  const order = findOrder(sandbox, call);
  if (!order) return unknownOrder();
  if (!isList(call.body)) return refuse([{ issue: 'MALFORMED_REQUEST_JSON', location: 'body' }]);
  if (isClosed(order)) return refuse([{ issue: 'ORDER_ALREADY_COMPLETED' }]);
  let current = order;
  for (const [index, operation] of call.body.entries()) {
    const patched = applyOne(current, operation, `/${index}`);
    if ('problems' in patched) return refuse(patched.problems);
    current = patched.order;
  }
  const updatedAt = sandbox.store.now().toISOString();
  sandbox.store.commit({ kind: 'paypal.order', value: { ...current, updatedAt } });
  return { status: 204 };
}

function applyOne(order: Order, operation: unknown, field: string): Patched {
  const path = textMember(operation, 'path');
  const op = textMember(operation, 'op');
  if (op === undefined) return problem('MISSING_REQUIRED_PARAMETER', `${field}/op`);
  if (path === undefined) return problem('PATCH_PATH_REQUIRED', `${field}/path`);
  const target = parsePatchPath(path);
  if ('issue' in target) return problem(target.issue, path);
  if (!target.operations.includes(op)) return problem('INVALID_PATCH_OPERATION', path);
  const value = isObject(operation) ? operation['value'] : undefined;
  if (op !== 'remove' && value === undefined) return problem('PATCH_VALUE_REQUIRED', path);
  return target.kind === 'intent'
    ? withIntent(order, value)
    : withUnitMember(order, target, op === 'remove' ? undefined : value);
}

function withIntent(order: Order, value: unknown): Patched {
  if (value !== 'CAPTURE' && value !== 'AUTHORIZE') {
    return problem('INVALID_PARAMETER_VALUE', '/intent');
  }
  if (value === 'AUTHORIZE' && order.units.length > 1)
    return problem('UNSUPPORTED_INTENT', '/intent');
  return { order: { ...order, intent: value } };
}

function withUnitMember(
  order: Order,
  target: Extract<PatchTarget, { kind: 'unit' }>,
  value: unknown,
): Patched {
  const unit = order.units.find((candidate) => candidate.referenceId === target.referenceId);
  if (!unit) return problem('REFERENCE_ID_NOT_FOUND', `/purchase_units/${target.referenceId}`);
  const body = setMember(unit.body, target.members, value);
  const [first, ...others] = unitProblems(body, order.units.indexOf(unit));
  if (first) return { problems: [first, ...others] };
  const changed: PurchaseUnit = toUnit(body);
  if (changed.amount.currency_code !== unit.amount.currency_code && order.units.length > 1) {
    return problem('MULTI_CURRENCY_ORDER', '/purchase_units');
  }
  return { order: { ...order, units: order.units.map((it) => (it === unit ? changed : it)) } };
}

function unitProblems(body: JsonObject, index: number): Problem[] {
  const syntax = unitSyntaxProblems(body, `/purchase_units/${index}`);
  return syntax.length > 0 ? syntax : unitRuleProblems(body);
}

function setMember(
  body: JsonObject,
  [first, second]: [string, string?],
  value: unknown,
): JsonObject {
  const inner = body[first];
  const next =
    second === undefined ? value : { ...(isObject(inner) ? inner : {}), [second]: value };
  return { ...body, [first]: next };
}

function problem(issue: Issue, field: string): Patched {
  return { problems: [{ issue, field, location: 'body' }] };
}
