import { toDecimal } from '../money';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { newCustomer } from './customers';
import { hasMoney, type Payment, type PaymentState } from './payment';
import { seconds } from './time';

/** Moves a payment and, when it becomes paid for the first time, its money. */
export function movePayment({ store }: Sandbox, payment: Payment, state: PaymentState): Payment {
  const nowPaid = { ...payment, state };
  if (!hasMoney(nowPaid) || hasMoney(payment)) {
    store.commit({ kind: 'paypro.payment', value: nowPaid });
    return nowPaid;
  }
  const now = store.now();
  // PayPro gives a payment without a customer one of its own, at the latest when it is paid.
  const customer = payment.customer === null ? newCustomer(payment.account, {}, now) : undefined;
  const paid: Payment = {
    ...nowPaid,
    payMethod: payment.payMethod ?? payment.payMethods?.[0] ?? 'ideal',
    customer: payment.customer ?? customer?.id ?? null,
    paidAt: seconds(now),
  };
  store.commit(
    ...(customer ? [{ kind: 'paypro.customer', value: customer } as const] : []),
    { kind: 'paypro.payment', value: paid },
    captureOf(paid, now),
  );
  return paid;
}

function captureOf(payment: Payment, now: Date): Change {
  return {
    kind: 'ledger',
    value: {
      gateway: 'paypro',
      kind: 'capture',
      id: payment.id,
      payment_id: payment.id,
      metadata: payment.metadata,
      amount: toDecimal(BigInt(payment.amount), 2),
      currency: payment.currency,
      at: now.toISOString(),
    },
  };
}
