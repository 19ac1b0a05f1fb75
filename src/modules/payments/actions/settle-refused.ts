import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { releaseKey } from '../../../platform/http/idempotency';
import { move } from '../domain/payment-lifecycle';
import { paymentEvent } from '../payments.events';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type FailedOperation, failureEvents, whyOf } from './failure-event';
import { type Refused, refusalOf } from './refusals';
import { settledBy } from './settled-by';

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
      const before = await this.operations.find(operation.id, tx);
      const end = { state: 'refused', refusal, trouble, attempt: operation.attempts } as const;
      const isOurs = await this.operations.settle(tx, operation.id, end);
      if (!isOurs || !before) return payment;
      if (refusal === 'not_sent') await releaseKey(tx, operation.id);
      return this.tell(tx, payment, { ...refused, operation: before });
    });
  }

  /** Where the refusal changes nothing of the payment, what was read of it meanwhile still counts. */
  private async tell(tx: Tx, payment: PaymentRow, refused: RefusedOperation): Promise<PaymentRow> {
    const failed = failedBy(refused);
    const change = changeOf(refused, failed, payment);
    if (!change) {
      for (const event of failureEvents(failed, payment)) await this.events.publish(tx, event);
      return payment;
    }
    const changed = await this.payments.change(tx, payment, change);
    await this.events.runReactions(tx, change.events);
    return changed;
  }
}

function failedBy({ operation, result, ...learnt }: RefusedOperation): FailedOperation {
  const { trouble } = refusalOf(result);
  return { operation, trouble, actor: settledBy(operation, learnt) };
}

/** What the refusal makes of the payment, and what is told of it; null where it stays as it is. */
function changeOf(
  { trigger, cause }: RefusedOperation,
  failed: FailedOperation,
  payment: PaymentRow,
) {
  const { operation, trouble, actor } = failed;
  const step = trigger && move(payment.state, trigger);
  if (step?.kind !== 'moved' || !trigger) return null;
  const told = { ...payment, state: step.to, version: payment.version + 1 };
  const type = step.to === 'expired' ? 'payment.expired' : 'payment.failed';
  return {
    cause,
    actor,
    operationId: operation.id,
    move: { to: step.to, trigger },
    error: { code: trouble.code, message: trouble.message },
    events: [...failureEvents(failed, told), paymentEvent(type, { ...told, ...whyOf(failed) })],
  };
}
