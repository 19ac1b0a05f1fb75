import { paypalAccountId } from '../ids';
import { type Sandbox } from '../sandbox';
import { orderNews } from './notifications/order-events';
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
  store.commit(
    { kind: 'paypal.order', value: approved },
    ...orderNews(sandbox, approved, 'CHECKOUT.ORDER.APPROVED'),
  );
  return approved;
}

/** Ends the approval window at once: the order is gone for everybody. */
export function expireOrder({ store }: Sandbox, order: Order): void {
  store.commit({
    kind: 'paypal.order',
    value: { ...order, windowEndsAtMs: store.now().getTime() },
  });
}
