import { Injectable } from '@nestjs/common';
import { Logger } from '../../../platform/logging/log';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { showId } from '../../../shared/id';
import { Ledger } from '../../customers/customers.facade';
import { needsKnown } from '../domain/conflicts';
import { conflictsOf, keepConflicts } from '../storage/conflicts';
import { FactsRepository } from '../storage/facts.repository';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository, StaleWriteError } from '../storage/payments.repository';
import { tellFailure } from './failure-event';
import { factsOf } from './news-facts';
import { type News, type NewsPlan, planOf } from './news-plan';

export interface AppliedNews {
  /** As it stands afterwards. */
  readonly payment: PaymentRow;
  /**
   * `settled`: taken over. `mismatch`: the provider shows another payment than ours; flagged, nothing was taken
   * over. `unclear`: it does not say what became of the operation. `overtaken`: the payment changed since before the
   * provider was asked, so that what it said may be out of date; nothing was taken over. Never for an answer to an
   * operation, which tells what became of that.
   */
  readonly outcome: 'settled' | 'mismatch' | 'unclear' | 'overtaken';
}

/** The only code that applies what a provider says: store the facts, decide, move, book, publish. */
@Injectable()
export class ApplyNews {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly facts: FactsRepository,
    private readonly ledger: Ledger,
    private readonly events: Events,
    private readonly log: Logger,
  ) {}

  /** Applying the same news again changes nothing. */
  async execute(news: News): Promise<AppliedNews> {
    for (const fact of factsOf(news)) await this.facts.store(fact);
    const applied = news.operation ? await this.applyUnlocked(news) : null;
    return applied ?? this.database.inTransaction((tx) => this.applyLocked(tx, news));
  }

  /**
   * The answer to an operation mostly finds the payment as its intent left it, and has one statement to write,
   * which compares the version: no lock is needed then. Null when it does not.
   */
  private async applyUnlocked(news: News): Promise<AppliedNews | null> {
    const plan = planOf(news, news.payment);
    const { change } = plan;
    if (!change || plan.posts.length > 0 || plan.isUnwanted) return null;
    if (needsKnown(news.payment.conflict, plan.conflicts)) return null;
    if (this.events.hasReactions(change.events) || tellFailure(change.events)) return null;
    try {
      const changed = await this.payments.change(this.database, news.payment, change);
      this.report(news, plan);
      return { payment: changed, outcome: plan.outcome };
    } catch (error) {
      if (error instanceof StaleWriteError) return null;
      throw error;
    }
  }

  private async applyLocked(tx: Tx, given: News): Promise<AppliedNews> {
    const locked = await this.payments.lock(tx, given.payment.id);
    const isOvertaken = locked.version !== given.payment.version && !given.operation;
    if (isOvertaken) return { payment: locked, outcome: 'overtaken' };
    const { news, plan } = await this.planLocked(tx, given, locked);
    this.report(news, plan);
    if (!plan.change) {
      await this.settleAlone(tx, news, plan);
      return { payment: locked, outcome: plan.outcome };
    }
    const { cause, actor } = plan.change;
    await keepConflicts(tx, plan.conflicts, { paymentId: locked.id, cause, actor });
    const changed = await this.payments.change(tx, locked, plan.change);
    await this.events.runReactions(tx, plan.change.events);
    for (const posting of plan.posts) await this.ledger.post(tx, posting);
    if (plan.isUnwanted) await this.queueCancel(tx, changed, given.actor);
    return { payment: changed, outcome: plan.outcome };
  }

  /** A failure is told once: only while the operation is still unsettled under the lock. */
  private async planLocked(tx: Tx, given: News, locked: PaymentRow) {
    const operation = given.operation ?? (await this.unfinished(tx, locked));
    const news = { ...given, operation };
    const blind = planOf(news, locked);
    const isConcerned = needsKnown(locked.conflict, blind.conflicts);
    const known = isConcerned ? await conflictsOf(tx, locked.id) : [];
    const plan = isConcerned ? planOf(news, locked, known) : blind;
    if (!operation || !plan.change || !tellFailure(plan.change.events)) return { news, plan };
    const now = await this.operations.find(operation.id, tx);
    const asOfNow = { ...news, operation: now ?? operation };
    return { news: asOfNow, plan: planOf(asOfNow, locked, known) };
  }

  /** News that nobody asked for may still tell what became of an operation that is not settled. */
  private async unfinished(tx: Tx, payment: PaymentRow): Promise<OperationRow | undefined> {
    return (await this.operations.findUnfinished(payment.id, tx)) ?? undefined;
  }

  private async settleAlone(tx: Tx, { operation }: News, { settle }: NewsPlan): Promise<void> {
    // What waits for a person already keeps the reason that it was told with.
    if (!operation || !settle || settle.state === operation.state) return;
    await this.operations.settle(tx, operation.id, settle);
  }

  /** The sweeper cancels it at the provider; written here so that the wish survives a crash. */
  private async queueCancel(tx: Tx, payment: PaymentRow, actor: string): Promise<void> {
    const intent = { paymentId: payment.id, kind: 'cancel', requestHash: 'wish', actor } as const;
    await this.operations.insert(tx, { ...intent, isLeased: false });
  }

  private report({ payment, shown, cause }: News, { decision }: NewsPlan): void {
    const problem = decision.mismatch ?? decision.report ?? decision.conflict;
    if (problem === null) return;
    const id = showId('pay', payment.id);
    this.log.warn({ payment: id, cause, problem, provider_state: shown.providerState }, 'news');
  }
}
