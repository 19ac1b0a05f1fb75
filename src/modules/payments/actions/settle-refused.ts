import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { releaseKey } from '../../../platform/http/idempotency';
import { move } from '../domain/payment-lifecycle';
import { paymentEvent } from '../payments.events';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { failureEvents, whyOf } from './failure-event';
import { type Refused, refusalOf } from './refusals';

export interface RefusedOperation {
  readonly operation: OperationRow;
  readonly result: Refused;
  /** What becomes of the payment; a trigger that does not fit its state by now changes nothing. */
  readonly trigger: 'fail' | 'expire' | null;
  readonly cause: string;
  readonly actor: string;
}

/** Records that an operation certainly did nothing at the provider. */
@Injectable()
export class SettleRefused {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
  ) {}

  async execute(refused: RefusedOperation): Promise<PaymentRow> {
    const { operation, result } = refused;
    const { refusal, trouble } = refusalOf(result);
    return this.database.inTransaction(async (tx) => {
      const payment = await this.payments.lock(tx, operation.payment_id);
      const end = { state: 'refused', refusal, trouble, attempt: operation.attempts } as const;
      const isOurs = await this.operations.settle(tx, operation.id, end);
      if (!isOurs) return payment;
      if (refusal === 'not_sent') await releaseKey(tx, operation.id);
      const change = changeOf(refused, payment);
      if (change.events.length === 0) return payment;
      const changed = await this.payments.change(tx, payment, change);
      await this.events.runReactions(tx, change.events);
      return changed;
    });
  }
}

/** What the refusal makes of the payment, and what is told of it; without events it stays as it is. */
function changeOf(refused: RefusedOperation, payment: PaymentRow) {
  const { operation, result, trigger, cause, actor } = refused;
  const { trouble } = refusalOf(result);
  const failed = { operation, trouble, actor };
  const why = { cause, actor, operationId: operation.id };
  const step = trigger && move(payment.state, trigger);
  const version = payment.version + 1;
  if (step?.kind !== 'moved' || !trigger) {
    return { ...why, events: failureEvents(failed, { ...payment, version }) };
  }
  const told = { ...payment, state: step.to, version };
  const type = step.to === 'expired' ? 'payment.expired' : 'payment.failed';
  return {
    ...why,
    move: { to: step.to, trigger },
    error: { code: trouble.code, message: trouble.message },
    events: [...failureEvents(failed, told), paymentEvent(type, { ...told, ...whyOf(failed) })],
  };
}
