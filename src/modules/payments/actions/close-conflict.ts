import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { conflictClosed, conflictNotClosable, conflictNotFound } from '../conflicts.errors';
import { planConflicts, shownOf } from '../domain/conflicts';
import { isEnded } from '../domain/payment-lifecycle';
import { operationInProgress } from '../payments.errors';
import { closeConflict, conflictsOf, keepConflicts } from '../storage/conflicts';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { conflictEvents } from './news-events';

export interface CloseConflictInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly paymentId: string;
  readonly conflictId: string;
  /** Why, for colleagues. */
  readonly note: string;
}

/**
 * Closes what a person has looked into, and nothing else: what was found beside it stays open, and other evidence of the
 * same is found anew. Only of a payment that takes no more money, because a conflict is what keeps one from taking it.
 */
@Injectable()
export class CloseConflict {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
    private readonly log: Logger,
  ) {}

  /** Throws `conflict_not_found` (404), `conflict_closed`, `conflict_not_closable` or `operation_in_progress` (409). */
  async execute(input: CloseConflictInput): Promise<{ readonly replayed: boolean }> {
    if (await findClaimed(this.database, input.idempotency)) return { replayed: true };
    await this.database.inTransaction((tx) => this.closeLocked(tx, input));
    const { paymentId, conflictId, caller } = input;
    const ids = { payment: showId('pay', paymentId), conflict: showId('con', conflictId) };
    this.log.info({ ...ids, by: caller.subject }, 'conflict closed');
    return { replayed: false };
  }

  private async closeLocked(tx: Tx, input: CloseConflictInput): Promise<void> {
    const { conflictId, note, idempotency } = input;
    const { subject: actor } = input.caller;
    const payment = await this.payments.lock(tx, input.paymentId);
    // Before all else: the same request, a moment earlier, is no other person.
    await claimKey(tx, idempotency, { resourceId: conflictId, operationId: null });
    const known = await this.allOf(tx, payment, actor);
    const conflict = known.find(({ id }) => id === conflictId);
    if (!conflict) throw conflictNotFound('The payment has no conflict with this id.');
    if (conflict.state !== 'open') throw closedBefore(payment);
    await this.refuseWhileMoneyMayCome(tx, payment);
    await closeConflict(tx, conflictId, { by: actor, note });
    const left = known.filter(({ id, state }) => state === 'open' && id !== conflictId);
    const shown = shownOf(left);
    const told = { ...payment, conflict: shown, version: payment.version + 1, actor };
    const events = conflictEvents(payment, told, { found: [], shown });
    const end = { conflict: shown, endsConflict: shown === null };
    await this.payments.change(tx, payment, { ...end, cause: 'review', actor, events });
    await this.events.runReactions(tx, events);
  }

  /** With one that only the payment tells of, which would else be closed together with this one. */
  private async allOf(tx: Tx, { id, conflict }: PaymentRow, actor: string) {
    const known = await conflictsOf(tx, id);
    const plan = planConflicts({ shown: conflict, known }, { findings: [], isRight: false });
    if (plan.adopted === null) return known;
    await keepConflicts(tx, plan, { paymentId: id, cause: 'review', actor });
    return conflictsOf(tx, id);
  }

  private async refuseWhileMoneyMayCome(tx: Tx, payment: PaymentRow): Promise<void> {
    const members = { payment: showId('pay', payment.id), state: payment.state };
    if (payment.state !== 'paid' && !isEnded(payment.state)) {
      const detail = `The payment is ${payment.state} and may still take money: as long as that is so, nobody closes its conflicts.`;
      throw conflictNotClosable(detail, { members });
    }
    const operation = await this.operations.findUnfinished(payment.id, tx);
    if (!operation) return;
    const detail = `The ${operation.kind} of the payment is not finished (${operation.state}). Settle it first.`;
    throw operationInProgress(detail, {
      members: { ...members, operation: showId('op', operation.id) },
    });
  }
}

function closedBefore({ id }: PaymentRow) {
  const detail = 'This conflict was closed before. Read who closed it, and why.';
  return conflictClosed(detail, { members: { payment: showId('pay', id) } });
}
