import { Injectable } from '@nestjs/common';
import { type CallTrouble } from '../../../providers/provider-call';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { failureEvents } from './failure-event';
import { settledBy } from './settled-by';

/** Leaves an operation to people when nobody can find out what became of it, and tells who waits for it. */
@Injectable()
export class LeaveToPerson {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
  ) {}

  async execute(attempt: Attempt, trouble: CallTrouble): Promise<CommandResult> {
    const payment = await this.database.inTransaction((tx) => this.settle(tx, attempt, trouble));
    return { payment, unsettled: { ...attempt.operation, state: 'needs_review' } };
  }

  private async settle(tx: Tx, attempt: Attempt, trouble: CallTrouble): Promise<PaymentRow> {
    const { operation } = attempt;
    const payment = await this.payments.lock(tx, operation.payment_id);
    const before = await this.operations.find(operation.id, tx);
    const settlement = { state: 'needs_review', trouble, attempt: operation.attempts } as const;
    const isOurs = await this.operations.settle(tx, operation.id, settlement);
    if (!isOurs || !before) return payment;
    // The payment itself does not change: what was read of it meanwhile still counts.
    const failed = { operation: before, trouble, actor: settledBy(operation, attempt) };
    for (const event of failureEvents(failed, payment)) await this.events.publish(tx, event);
    return payment;
  }
}
