import { type Sandbox } from '../sandbox';
import { type Authorization, type Capture, isGone, type Order, type PurchaseUnit } from './order';

/** The caller's order while it exists: not another account's, not one past its approval window. */
export function findOrder(
  { store }: Sandbox,
  { account, id }: { account: string; id: string },
): Order | undefined {
  const order = store.orders.get(id);
  if (!order || order.account !== account) return undefined;
  return isGone(order, store.now().getTime()) ? undefined : order;
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
