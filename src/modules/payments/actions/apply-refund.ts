import { Injectable } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { Logger } from '../../../platform/logging/log';
import { newId, showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { type ProviderRefund } from '../../../providers/provider-parts';
import { Ledger } from '../../customers/customers.facade';
import { needsKnown } from '../domain/conflicts';
import { decideRefund } from '../domain/refund-news';
import { refundEvent } from '../payments.events';
import { ChargebacksRepository } from '../storage/chargebacks.repository';
import { conflictsOf, keepConflicts } from '../storage/conflicts';
import { FactsRepository } from '../storage/facts.repository';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { refundAmountOf, type RefundRow } from '../storage/refund.row';
import { RefundsRepository } from '../storage/refunds.repository';
import { isSecondOf, mayBeOneOf, overdrawnBy, ownOf } from './own-refund';
import {
  refundFactOf,
  type RefundNews,
  type RefundOddities,
  type RefundPlan,
  refundPlanOf,
  storedRefund,
} from './refund-plan';

export interface AppliedRefund {
  readonly payment: PaymentRow;
  /** As it stands afterwards; null for one that may be ours and is not known to be, and for a chargeback. */
  readonly refund: RefundRow | null;
  /**
   * `mismatch`: the provider shows another refund than ours; flagged, nothing was taken over. `left_alone`: it may be
   * one of ours whose answer we never saw; it is to be shown again once that one has ended.
   */
  readonly outcome: 'settled' | 'mismatch' | 'left_alone';
}

/** The only code that applies what a provider says about refunds: store the fact, decide, move, book, publish. */
@Injectable()
export class ApplyRefund {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
    private readonly chargebacks: ChargebacksRepository,
    private readonly operations: OperationsRepository,
    private readonly facts: FactsRepository,
    private readonly ledger: Ledger,
    private readonly events: Events,
    private readonly log: Logger,
  ) {}

  /** Applying the same news again changes nothing. */
  async execute(news: RefundNews): Promise<AppliedRefund> {
    await this.facts.store(refundFactOf(news));
    return this.database.inTransaction((tx) => this.applyLocked(tx, news));
  }

  private async applyLocked(tx: Tx, news: RefundNews): Promise<AppliedRefund> {
    const payment = await this.payments.lock(tx, news.payment.id);
    const known = await this.refunds.allOf(tx, payment.id);
    const own = ownOf(known, news);
    if (!own && mayBeOneOf(known, news.shown)) {
      return { payment, refund: null, outcome: 'left_alone' };
    }
    const refund = own ?? (await this.adopt(tx, { ...news, payment }));
    if (!refund) return { payment, refund: null, outcome: 'settled' };
    const room = await this.refunds.room(tx, payment.id);
    const others = known.filter(({ id }) => id !== refund.id);
    const oddities = {
      overdrawn: overdrawnBy(payment, [...others, asShown(refund, news.shown)], room),
      isSecond: !own && isSecondOf(known, news.shown),
    };
    const plan = await this.plan(tx, { ...news, payment, refund }, oddities);
    this.report(news, refund, plan);
    const changed = await this.carryOut(tx, { payment, refund, plan });
    await this.settleOperation(tx, { news, refund: changed, plan });
    const outcome = plan.decision.mismatch === null ? 'settled' : 'mismatch';
    return { payment: await this.payments.lock(tx, payment.id), refund: changed, outcome };
  }

  private async plan(
    tx: Tx,
    news: RefundNews & { readonly refund: RefundRow },
    oddities: RefundOddities,
  ): Promise<RefundPlan> {
    const { id, conflict } = news.payment;
    const blind = refundPlanOf(news, oddities);
    if (!needsKnown(conflict, blind.conflicts)) return blind;
    return refundPlanOf(news, oddities, await conflictsOf(tx, id));
  }

  private async carryOut(
    tx: Tx,
    { payment, refund, plan }: { payment: PaymentRow; refund: RefundRow; plan: RefundPlan },
  ): Promise<RefundRow> {
    const { change } = plan;
    if (!change) return refund;
    const { cause, actor } = change;
    await keepConflicts(tx, plan.conflicts, { paymentId: payment.id, cause, actor });
    const changed = await this.refunds.change(tx, refund, change);
    await this.events.runReactions(tx, change.events);
    if (change.to === 'refunded') await this.book(tx, payment, changed);
    return changed;
  }

  private async book(tx: Tx, payment: PaymentRow, refund: RefundRow): Promise<void> {
    const amount = refundAmountOf(refund);
    await this.ledger.post(tx, {
      causeKind: 'refund',
      causeId: `${refund.account}:${refund.provider_refund_id ?? refund.id}`,
      paymentId: payment.id,
      customerId: payment.customer_id,
      providerAccount: payment.account,
      amount: Money.zero(amount.currency).minus(amount),
    });
  }

  /** Nobody here asked for it: it was made in the provider's own dashboard. Null for a chargeback. */
  private async adopt(tx: Tx, { payment, shown }: RefundNews): Promise<RefundRow | null> {
    // PayPal shows a reversal as a refund, and its money is booked as what it is.
    const there = { account: payment.account, chargebackId: shown.refundId };
    if (await this.chargebacks.find(tx, there)) return null;
    if (shown.amount.isZero() || shown.amount.currency !== payment.currency) {
      this.log.warn({ payment: showId('pay', payment.id), refund: shown.refundId }, 'odd refund');
      return null;
    }
    const id = newId();
    const actor = KASSA.subject;
    const refund = {
      id,
      payment_id: payment.id,
      account: payment.account,
      state: 'pending',
      amount_minor: shown.amount.minor.toString(),
      currency: shown.amount.currency,
      origin: 'provider',
      version: 1,
    } as const;
    const events = [refundEvent('refund.created', refund)];
    const adopted = await this.refunds.insert(tx, {
      id,
      paymentId: payment.id,
      account: payment.account,
      amount: shown.amount,
      captureRef: shown.captureId,
      origin: 'provider',
      description: null,
      reason: null,
      accountHolderName: null,
      iban: null,
      actor,
      events,
    });
    await this.events.runReactions(tx, events);
    return adopted;
  }

  private async settleOperation(
    tx: Tx,
    { news, refund, plan }: { news: RefundNews; refund: RefundRow; plan: RefundPlan },
  ): Promise<void> {
    const operation = news.operation ?? (await this.unfinishedOf(tx, refund));
    if (!operation || !tellsEndOf(operation, refund)) return;
    const providerRef = news.shown.refundId;
    const { mismatch } = plan.decision;
    const trouble = { code: mismatch ?? '', message: MISMATCH, reference: null };
    const settlement =
      mismatch === null
        ? ({ state: 'succeeded', providerRef } as const)
        : ({ state: 'needs_review', trouble, providerRef } as const);
    await this.operations.settle(tx, operation.id, settlement);
  }

  /** News that nobody asked for may still tell what became of an operation that is not settled. */
  private async unfinishedOf(tx: Tx, refund: RefundRow): Promise<OperationRow | null> {
    const operation = await this.operations.findUnfinishedRefund(refund.payment_id, tx);
    return operation?.refund_id === refund.id ? operation : null;
  }

  private report({ cause, shown }: RefundNews, refund: RefundRow, { decision }: RefundPlan): void {
    const problem = decision.mismatch ?? decision.report ?? decision.conflict;
    if (problem === null) return;
    const ids = { refund: showId('ref', refund.id), payment: showId('pay', refund.payment_id) };
    this.log.warn({ ...ids, cause, problem, provider_state: shown.providerState }, 'refund news');
  }
}

/** As it is once this reading is applied. */
function asShown(refund: RefundRow, shown: ProviderRefund): RefundRow {
  return { ...refund, state: decideRefund(storedRefund(refund), shown).to ?? refund.state };
}

const MISMATCH = 'The provider shows another refund than the one that was asked for.';

/** That the provider has the refund tells the end of the refund's own operation; a cancel ends with `canceled`. */
function tellsEndOf({ kind }: OperationRow, refund: RefundRow): boolean {
  return kind === 'refund' || refund.state === 'canceled';
}
