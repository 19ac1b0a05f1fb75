import { type Sandbox } from '../../sandbox';
import { type FoundCapture, findCapture } from '../find';
import { type Capture, isGone, type Order } from '../order';
import { type V1Details } from './details';

/** A payment of Payments v1: an order with one unit, whose capture is called a sale. */
export type V1Payment = Order & { v1: V1Details };

export interface FoundSale extends FoundCapture {
  order: V1Payment;
}

interface Wanted {
  account: string;
  id: string;
}

export function isV1(order: Order): order is V1Payment {
  return order.v1 !== undefined;
}

/** The caller's payment while it exists; ids of before 2019 begin with `PAY-` only. */
export function findPayment({ store }: Sandbox, { account, id }: Wanted): V1Payment | undefined {
  const order = store.orders.get(id) ?? store.orders.get(id.replace(/^PAY-/, 'PAYID-'));
  if (!order || order.account !== account || !isV1(order)) return undefined;
  return isGone(order, store.now().getTime()) ? undefined : order;
}

/** The caller's sale with the payment it belongs to. */
export function findSale(sandbox: Sandbox, { account, id }: Wanted): FoundSale | undefined {
  const { order, unit, capture } = findCapture(sandbox, id) ?? {};
  if (!order || !isV1(order) || order.account !== account || !unit || !capture) return undefined;
  return { order, unit, capture };
}

/** `approved` is a payment that was carried out; one that the payer only agreed to is still `created`. */
export function stateOf({ status, v1 }: V1Payment): 'created' | 'approved' | 'failed' {
  if (v1.failureReason !== null) return 'failed';
  return status === 'COMPLETED' ? 'approved' : 'created';
}

const SALE_STATES = {
  COMPLETED: 'completed',
  PENDING: 'pending',
  DECLINED: 'denied',
  PARTIALLY_REFUNDED: 'partially_refunded',
  REFUNDED: 'refunded',
} as const satisfies Record<Capture['status'], string>;

export function saleStateOf({ status }: Capture): (typeof SALE_STATES)[Capture['status']] {
  return SALE_STATES[status];
}
