import { Injectable } from '@nestjs/common';
import { type CallTrouble } from '../../../providers/provider-call';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { isUnfinished, type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { failureEvents } from './failure-event';
import { refusalError } from './refusals';
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

  async execute(attempt: Given, trouble: CallTrouble): Promise<CommandResult> {
    const { payment, operation } = await this.database.inTransaction((tx) =>
      this.settle(tx, attempt, trouble),
    );
    // Somebody else found out in the same moment.
    if (operation.state === 'refused') throw refusalError(operation, payment);
    return { payment, unsettled: isUnfinished(operation) ? operation : null };
  }

  private async settle(tx: Tx, attempt: Given, trouble: CallTrouble): Promise<Left> {
    const { operation } = attempt;
    const payment = await this.payments.lock(tx, operation.payment_id);
    const before = await this.operations.find(operation.id, tx);
    const settlement = { state: 'needs_review', trouble, attempt: operation.attempts } as const;
    const isOurs = await this.operations.settle(tx, operation.id, settlement);
    if (!isOurs || !before) return { payment, operation: before ?? operation };
    // The payment itself does not change: what was read of it meanwhile still counts.
    const failed = { operation: before, trouble, actor: settledBy(operation, attempt) };
    for (const event of failureEvents(failed, payment)) await this.events.publish(tx, event);
    return { payment, operation: { ...before, state: 'needs_review' } };
  }
}

type Given = Omit<Attempt, 'payment'>;

interface Left {
  readonly payment: PaymentRow;
  /** As it stands: waiting for a person, unless somebody else was faster. */
  readonly operation: OperationRow;
}
