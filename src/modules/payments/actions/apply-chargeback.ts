import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { Logger } from '../../../platform/logging/log';
import { newId, showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { type ProviderChargeback } from '../../../providers/provider-parts';
import { Ledger } from '../../customers/customers.facade';
import { chargebackEvent } from '../chargebacks.events';
import { type ChargebackDecision, decideChargeback } from '../domain/chargeback-news';
import { planConflicts } from '../domain/conflicts';
import { type ChargebackRow, chargebackAmountOf } from '../storage/chargeback.row';
import { ChargebacksRepository } from '../storage/chargebacks.repository';
import { conflictsOf, keepConflicts } from '../storage/conflicts';
import { FactsRepository } from '../storage/facts.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
import { RefundsRepository } from '../storage/refunds.repository';
import { conflictEvents } from './news-events';
import { overdrawnBy } from './own-refund';

export interface ChargebackNews {
  readonly payment: PaymentRow;
  readonly shown: ProviderChargeback;
  /** The version that was stored before the provider was asked; null when there was none. */
  readonly seenVersion: number | null;
  readonly cause: string;
  readonly actor: string;
}

/** `refund`: it is one of our refunds, whatever it was called; nothing was taken over. */
export type AppliedChargeback = 'applied' | 'overtaken' | 'refund';

/** The only code that applies what a provider says of a chargeback: store the fact, decide, book, publish. */
@Injectable()
export class ApplyChargeback {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentsRepository,
    private readonly chargebacks: ChargebacksRepository,
    private readonly refunds: RefundsRepository,
    private readonly facts: FactsRepository,
    private readonly ledger: Ledger,
    private readonly events: Events,
    private readonly log: Logger,
  ) {}

  /**
   * Applying the same news again changes nothing. `overtaken`: somebody else applied other news since the provider
   * was asked; nobody can tell which is the newer one, so the provider has to be asked again.
   */
  async execute(news: ChargebackNews): Promise<AppliedChargeback> {
    await this.storeFact(news);
    return this.database.inTransaction((tx) => this.applyLocked(tx, news));
  }

  private async applyLocked(tx: Tx, news: ChargebackNews): Promise<AppliedChargeback> {
    const { shown } = news;
    const payment = await this.payments.lock(tx, news.payment.id);
    const there = { account: payment.account, chargebackId: shown.chargebackId };
    const before = await this.chargebacks.find(tx, there);
    if (!before && (await this.chargebacks.isRefund(tx, there))) return 'refund';
    const decision = decideChargeback(before && storedOf(before), shown, chargedOf(payment));
    if (!decision.isNews) return 'applied';
    if ((before?.version ?? null) !== news.seenVersion) return 'overtaken';
    const after = await this.write(tx, { news, before, decision });
    const { bookedMinor } = decision;
    const isNew = decision.trigger !== 'amend';
    if (isNew || bookedMinor !== 0n) {
      const told = { customerId: payment.customer_id, isNew };
      await this.events.publish(tx, chargebackEvent(after, told));
    }
    await this.book(tx, payment, { after, bookedMinor });
    await this.markOverdrawn(tx, payment, news);
    return 'applied';
  }

  private write(tx: Tx, { news, before, decision }: ToWrite): Promise<ChargebackRow> {
    const { shown, payment, cause, actor } = news;
    const change = {
      state: decision.state,
      providerState: shown.providerState,
      amount: decision.amount,
      takenMinor: decision.takenMinor,
      isMovement: decision.bookedMinor !== 0n,
      reason: shown.reason,
      conflict: decision.conflict,
      captureRef: decision.captureRef,
      trigger: decision.trigger,
      cause,
      actor,
    };
    if (before) return this.chargebacks.change(tx, before, change);
    const { chargebackId: providerChargebackId, createdAt: openedAt } = shown;
    const ours = { id: newId(), paymentId: payment.id, account: payment.account };
    return this.chargebacks.insert(tx, { ...change, ...ours, providerChargebackId, openedAt });
  }

  /** Every movement has a cause of its own, so that none is booked twice and one that comes back is not lost. */
  private async book(
    tx: Tx,
    payment: PaymentRow,
    { after, bookedMinor }: { readonly after: ChargebackRow; readonly bookedMinor: bigint },
  ): Promise<void> {
    if (bookedMinor === 0n) return;
    const id = `${after.account}:${after.provider_chargeback_id}`;
    const isBooked = await this.ledger.post(tx, {
      causeKind: 'chargeback',
      causeId: after.movements === 1 ? id : `${id}:${after.movements}`,
      paymentId: payment.id,
      customerId: payment.customer_id,
      providerAccount: payment.account,
      amount: Money.of(bookedMinor, after.currency),
    });
    if (!isBooked) throw new Error(`movement ${after.movements} of ${id} was booked before`);
  }

  /** Each may fit by itself, and all together still be more than was captured. */
  private async markOverdrawn(tx: Tx, payment: PaymentRow, news: ChargebackNews): Promise<void> {
    // That more was taken may only not have been told yet, and a conflict about money would stay.
    if (payment.state !== 'paid') return;
    const refunds = await this.refunds.allOf(tx, payment.id);
    const room = await this.refunds.room(tx, payment.id);
    const overdrawn = overdrawnBy(payment, refunds, room);
    if (!overdrawn) return;
    const { cause, actor } = news;
    const ids = { payment: showId('pay', payment.id) };
    this.log.warn({ ...ids, cause, problem: overdrawn.code }, 'chargeback');
    const stored = { shown: payment.conflict, known: await conflictsOf(tx, payment.id) };
    const plan = planConflicts(stored, { findings: [overdrawn], isRight: false });
    if (!plan.isChanged) return;
    await keepConflicts(tx, plan, { paymentId: payment.id, cause, actor });
    const told = { ...payment, conflict: plan.shown, version: payment.version + 1, actor };
    const events = conflictEvents(payment, told, plan);
    await this.payments.change(tx, payment, { conflict: plan.shown, cause, actor, events });
    await this.events.runReactions(tx, events);
  }

  private async storeFact({ payment, shown, cause }: ChargebackNews): Promise<void> {
    const { conflict: problem } = decideChargeback(null, shown, chargedOf(payment));
    await this.facts.store({
      account: payment.account,
      kind: 'chargeback',
      ref: shown.chargebackId,
      state: shown.providerState,
      paymentId: payment.id,
      amount: shown.amount,
      source: 'read',
      problem,
      raw: shown.raw,
    });
    if (problem === null) return;
    const line = { payment: showId('pay', payment.id), cause, problem };
    this.log.warn({ ...line, provider_state: shown.providerState }, 'chargeback');
  }
}

interface ToWrite {
  readonly news: ChargebackNews;
  readonly before: ChargebackRow | null;
  readonly decision: ChargebackDecision;
}

function storedOf(row: ChargebackRow) {
  return {
    state: row.state,
    providerState: row.provider_state,
    amount: chargebackAmountOf(row),
    takenMinor: BigInt(row.taken_minor),
    reason: row.reason,
    conflict: row.conflict,
    captureRef: row.capture_ref,
  };
}

function chargedOf({ currency, captured_minor }: PaymentRow) {
  return { currency, capturedMinor: BigInt(captured_minor) };
}
