import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { paymentEvent } from '../payments.events';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { hasHoldEndedFor, isOlderThan } from '../storage/payment-age';
import { type HoldFields, type PaymentChange } from '../storage/payment-change';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type FailedOperation, failureEvents } from './failure-event';

export interface VanishedPayment {
  readonly payment: PaymentRow;
  readonly cause: string;
  readonly actor: string;
}

interface VanishedEnd extends Pick<PaymentChange, 'hold'>, Required<Pick<PaymentChange, 'move'>> {
  /** What could not be finished any more. */
  readonly unfinished?: OperationRow | null;
}

/** Clocks differ, and PayPal may take its time to end a hold. */
const HOLD_MARGIN_S = 86_400;

const HOLD_OVER = {
  state: 'refused',
  refusal: 'not_found',
  trouble: {
    code: 'hold_over',
    message: 'The hold had ended, and the provider does not know the payment any more.',
    reference: null,
  },
} as const;

/**
 * Judges a 404 for a payment that the provider once confirmed: it has expired there when the time to agree is
 * over, or else that of the hold, and nothing about it is unsettled. Earlier than that a 404 proves nothing.
 */
@Injectable()
export class ExpireVanished {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
  ) {}

  /** The payment, ended where that is certain. */
  async execute(vanished: VanishedPayment): Promise<PaymentRow> {
    return this.database.inTransaction(async (tx) => {
      const payment = await this.payments.lock(tx, vanished.payment.id);
      // Money that is under way does not expire by a 404.
      if (payment.state === 'open') return this.endOpen(tx, { ...vanished, payment });
      return payment.state === 'authorized' ? this.endHold(tx, { ...vanished, payment }) : payment;
    });
  }

  private async endOpen(tx: Tx, vanished: VanishedPayment): Promise<PaymentRow> {
    const { payment } = vanished;
    const { approvalWindowMs } = this.registry.get(payment.account).capabilities;
    if (approvalWindowMs === null) return payment;
    const isOver = await isOlderThan(tx, payment.id, Math.ceil(approvalWindowMs / 1000));
    if (!isOver || (await this.operations.findUnfinished(payment.id, tx))) return payment;
    return this.end(tx, vanished, { move: { to: 'expired', trigger: 'expire' } });
  }

  /** What was captured of it stays; a void that nobody could finish has nothing left to set free. */
  private async endHold(tx: Tx, vanished: VanishedPayment): Promise<PaymentRow> {
    const { payment } = vanished;
    if (!(await hasHoldEndedFor(tx, payment.id, HOLD_MARGIN_S))) return payment;
    const unfinished = await this.operations.findUnfinished(payment.id, tx);
    if (unfinished && unfinished.kind !== 'void') return payment;
    if (unfinished) await this.operations.settle(tx, unfinished.id, HOLD_OVER);
    const isPaid = BigInt(payment.captured_minor) > 0n;
    const move = isPaid
      ? ({ to: 'paid', trigger: 'pay' } as const)
      : ({ to: 'expired', trigger: 'expire' } as const);
    return this.end(tx, vanished, { move, hold: endedHold(payment), unfinished });
  }

  private async end(
    tx: Tx,
    { payment, cause, actor }: VanishedPayment,
    { unfinished, ...change }: VanishedEnd,
  ): Promise<PaymentRow> {
    const told = { ...payment, state: change.move.to, version: payment.version + 1, actor };
    const events = [
      ...(unfinished ? failureEvents(failedWith(unfinished), told) : []),
      paymentEvent(change.move.to === 'paid' ? 'payment.paid' : 'payment.expired', told),
    ];
    const changed = await this.payments.change(tx, payment, { ...change, cause, actor, events });
    await this.events.runReactions(tx, events);
    return changed;
  }
}

function failedWith(operation: OperationRow): FailedOperation {
  return { operation, trouble: HOLD_OVER.trouble, actor: operation.created_by };
}

function endedHold(payment: PaymentRow): HoldFields | null {
  const { authorization_id: id, authorized_minor: amount } = payment;
  if (id === null || amount === null) return null;
  const honoredUntil = payment.authorization_honored_until;
  return { id, amount, capturable: '0', honoredUntil, expiresAt: payment.authorization_expires_at };
}
