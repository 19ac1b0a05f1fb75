import { payproId } from '../ids';
import { toDecimal } from '../money';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { newCustomer } from './customers';
import { type Mandate, RECURRING_METHODS } from './mandate';
import { movementNews } from './notifications/payment-events';
import { hasMoney, type Payment, type PaymentState } from './payment';
import { seconds } from './time';

/** A payment after a step, and all that has to be stored and told of it. */
export interface Movement {
  moved: Payment;
  changes: Change[];
}

/** Moves a payment, tells so and, when it becomes paid for the first time, moves its money. */
export function movePayment(sandbox: Sandbox, payment: Payment, state: PaymentState): Payment {
  const { moved, changes } = movementOf(sandbox, payment, state);
  sandbox.store.commit(...changes);
  return moved;
}

export function movementOf(sandbox: Sandbox, payment: Payment, state: PaymentState): Movement {
  const moved = { ...payment, state };
  if (hasMoney(moved) && !hasMoney(payment)) return paidMovement(sandbox, payment, moved);
  const news = movementNews(sandbox, { before: payment, after: moved });
  return { moved, changes: [{ kind: 'paypro.payment', value: moved }, ...news] };
}

function paidMovement(sandbox: Sandbox, before: Payment, moved: Payment): Movement {
  const now = sandbox.store.now();
  // PayPro gives a payment without a customer one of its own, at the latest when it is paid.
  const customer = moved.customer === null ? newCustomer(moved.account, {}, now) : undefined;
  const paid: Payment = {
    ...moved,
    payMethod: moved.payMethod ?? moved.payMethods?.[0] ?? 'ideal',
    customer: moved.customer ?? customer?.id ?? null,
    paidAt: seconds(now),
  };
  const mandate = mandateFrom(paid, now);
  const after = mandate ? { ...paid, mandate: mandate.id } : paid;
  const changes: Change[] = [
    ...(customer ? [{ kind: 'paypro.customer', value: customer } as const] : []),
    ...(mandate ? [{ kind: 'paypro.mandate', value: mandate } as const] : []),
    { kind: 'paypro.payment', value: after },
    captureOf(after, now),
    ...movementNews(sandbox, { before, after }),
  ];
  return { moved: after, changes };
}

/** What a first payment with `setup_mandate` leaves behind. */
function mandateFrom(payment: Payment, now: Date): Mandate | undefined {
  const payMethod = RECURRING_METHODS.get(payment.payMethod ?? '');
  const isWanted = payment.setsUpMandate === true && payMethod !== undefined;
  if (!isWanted || payment.customer === null) return undefined;
  const { account, customer } = payment;
  const id = payproId('MD');
  const unknown = { iban: null, accountHolderName: null };
  const createdAt = seconds(now);
  return { id, account, state: 'approved', customer, payMethod, ...unknown, createdAt };
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
