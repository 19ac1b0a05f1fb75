import { type Sandbox } from '../sandbox';
import {
  type Authorization,
  type Capture,
  isGone,
  type Order,
  type PurchaseUnit,
  tokenOf,
} from './order';

/** The caller's order while it exists: not another account's, not one past its approval window. */
export function findOrder(
  { store }: Sandbox,
  { account, id }: { account: string; id: string },
): Order | undefined {
  const order = store.orders.get(id);
  if (!order || order.account !== account || order.v1) return undefined;
  return isGone(order, store.now().getTime()) ? undefined : order;
}

/** The order or payment that the address of a pay page names. */
export function findByToken({ store }: Sandbox, token: string): Order | undefined {
  const order = store.orders.get(store.orderOfToken.get(token) ?? token);
  return order && tokenOf(order) === token ? order : undefined;
}

export interface FoundCapture {
  order: Order;
  unit: PurchaseUnit;
  capture: Capture;
}

/** A capture with the order and the unit it belongs to, whoever owns it. */
export function findCapture({ store }: Sandbox, id: string): FoundCapture | undefined {
  const order = store.orders.get(store.orderOfPayment.get(id) ?? '');
  for (const unit of order?.units ?? []) {
    const capture = unit.captures.find((candidate) => candidate.id === id);
    if (order && capture) return { order, unit, capture };
  }
  return undefined;
}

/** The caller's capture as Payments v2 knows it: a sale of Payments v1 is none. */
export function findOwnCapture(
  sandbox: Sandbox,
  { account, id }: { account: string; id: string },
): FoundCapture | undefined {
  const found = findCapture(sandbox, id);
  return found?.order.account === account && !found.order.v1 ? found : undefined;
}

export interface FoundAuthorization {
  order: Order;
  unit: PurchaseUnit;
  authorization: Authorization;
}

/** An authorization with the order and the unit it belongs to, whoever owns it. */
export function findAuthorization({ store }: Sandbox, id: string): FoundAuthorization | undefined {
  const order = store.orders.get(store.orderOfPayment.get(id) ?? '');
  for (const unit of order?.units ?? []) {
    const authorization = unit.authorizations.find((candidate) => candidate.id === id);
    if (order && authorization) return { order, unit, authorization };
  }
  return undefined;
}
