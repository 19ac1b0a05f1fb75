import { paypalAccountId } from '../ids';
import { type Sandbox } from '../sandbox';
import { approvalNews } from './notifications/order-events';
import { type Order } from './order';

/** What the payer's button leaves behind: pays, pays with an instrument that fails, or by slow eCheck. */
export function approveOrder(
  sandbox: Sandbox,
  order: Order,
  choice: Pick<Order, 'nextCapture' | 'manner'>,
): Order & { payer: NonNullable<Order['payer']> } {
  const { store } = sandbox;
  const payer = order.payer ?? {
    payerId: paypalAccountId(),
    email: 'sanne.de.vries@example.com',
    givenName: 'Sanne',
    surname: 'de Vries',
  };
  const updatedAt = store.now().toISOString();
  const approved = { ...order, status: 'APPROVED' as const, payer, ...choice, updatedAt };
  store.commit({ kind: 'paypal.order', value: approved }, ...approvalNews(sandbox, approved));
  return approved;
}

/** Ends the approval window at once: the order is gone for everybody. */
export function expireOrder({ store }: Sandbox, order: Order): void {
  const nowMs = store.now().getTime();
  const v1 = order.v1 ? { v1: { ...order.v1, vanishesAtMs: nowMs } } : {};
  store.commit({ kind: 'paypal.order', value: { ...order, ...v1, windowEndsAtMs: nowMs } });
}
