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

  async execute({
    operation,
    result,
    trigger,
    cause,
    actor,
  }: RefusedOperation): Promise<PaymentRow> {
    const { refusal, trouble } = refusalOf(result);
    return this.database.inTransaction(async (tx) => {
      const payment = await this.payments.lock(tx, operation.payment_id);
      const settlement = {
        state: 'refused',
        refusal,
        trouble,
        attempt: operation.attempts,
      } as const;
      const isOurs = await this.operations.settle(tx, operation.id, settlement);
      if (refusal === 'not_sent' && isOurs) await releaseKey(tx, operation.id);
      const step = trigger && isOurs ? move(payment.state, trigger) : null;
      if (step?.kind !== 'moved' || !trigger) return payment;
      const changed = await this.payments.change(tx, payment, {
        move: { to: step.to, trigger },
        error: { code: trouble.code, message: trouble.message },
        cause,
        actor,
        operationId: operation.id,
      });
      const event = step.to === 'expired' ? 'payment.expired' : 'payment.failed';
      await this.events.publish(tx, paymentEvent(event, changed));
      return changed;
    });
  }
}
