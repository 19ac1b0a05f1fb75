import { toDecimal } from '../money';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { movedRefundNews } from './notifications/refund-events';
import { type Refund, type RefundState } from './refund';
import { seconds } from './time';

/** Moves a refund, tells so and, when it becomes refunded, moves its money. */
export function moveRefund(sandbox: Sandbox, refund: Refund, state: RefundState): Refund {
  if (refund.state === state) return refund;
  const { store } = sandbox;
  const isDone = state === 'refunded';
  const moved: Refund = { ...refund, state, refundedAt: isDone ? seconds(store.now()) : null };
  store.commit(
    { kind: 'paypro.refund', value: moved },
    ...(isDone ? [outflowOf(sandbox, moved)] : []),
    ...movedRefundNews(sandbox, moved),
  );
  return moved;
}

function outflowOf({ store }: Sandbox, refund: Refund): Change {
  return {
    kind: 'ledger',
    value: {
      gateway: 'paypro',
      kind: 'refund',
      id: refund.id,
      payment_id: refund.payment,
      metadata: store.payments.get(refund.payment)?.metadata ?? {},
      amount: toDecimal(BigInt(refund.amount), 2),
      currency: 'EUR',
      at: store.now().toISOString(),
    },
  };
}
