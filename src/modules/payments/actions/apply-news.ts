import { Injectable } from '@nestjs/common';
import { Logger } from '../../../platform/logging/log';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { showId } from '../../../shared/id';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { Ledger } from '../../customers/customers.facade';
import { isEnded } from '../domain/payment-lifecycle';
import { capturedMinor, decideNews, type NewsDecision } from '../domain/payment-news';
import { paymentEvent } from '../payments.events';
import { FactsRepository } from '../storage/facts.repository';
import { type OperationRow } from '../storage/operation.row';
import { OperationsRepository } from '../storage/operations.repository';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';

export interface News {
  readonly payment: PaymentRow;
  readonly shown: ProviderPayment;
  readonly cause: string;
  readonly actor: string;
  /** The operation that the news answers; it is settled in the same transaction. */
  readonly operation?: OperationRow;
}

export interface AppliedNews {
  /** As it stands afterwards. */
  readonly payment: PaymentRow;
  /** False when the provider shows another payment than ours: flagged, and nothing of it was taken over. */
  readonly isAccepted: boolean;
}

/** The only code that applies what a provider says: store the facts, lock, decide, move, book, publish. */
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
    await this.storeFacts(news);
    return this.database.inTransaction((tx) => this.record(tx, news));
  }

  private async storeFacts({ payment, shown, operation }: News): Promise<void> {
    const { mismatch } = decideNews(storedOf(payment), shown);
    for (const capture of shown.captures) {
      await this.facts.store({
        account: payment.account,
        kind: 'capture',
        ref: capture.captureId,
        state: capture.state,
        paymentId: payment.id,
        amount: capture.amount,
        source: operation ? 'answer' : 'read',
        problem: mismatch,
        raw: shown.raw,
      });
    }
  }

  private async record(tx: Tx, news: News): Promise<AppliedNews> {
    const locked = await this.payments.lock(tx, news.payment.id);
    const decision = decideNews(storedOf(locked), news.shown);
    if (news.operation) {
      const state = decision.mismatch ? 'needs_review' : 'succeeded';
      await this.operations.settle(tx, news.operation.id, { state });
    }
    this.report(locked, news, decision);
    const isAccepted = decision.mismatch === null;
    if (!changesAnything(locked, news.shown, decision)) return { payment: locked, isAccepted };
    const changed = await this.payments.change(tx, locked, {
      ...(decision.mismatch ? {} : fieldsOf(locked, news.shown)),
      ...(decision.move ? { move: decision.move } : {}),
      ...(news.operation?.kind === 'cancel' ? { canceledVia: 'provider' } : {}),
      conflict: locked.conflict ?? decision.conflict,
      cause: news.cause,
      actor: news.actor,
      operationId: news.operation?.id ?? null,
    });
    if (!decision.mismatch) await this.book(tx, changed, news.shown);
    await this.publish(tx, locked, changed);
    if (isAccepted && isUnwanted(locked, news.shown)) {
      await this.queueCancel(tx, changed, news.actor);
    }
    return { payment: changed, isAccepted };
  }

  /** The sweeper cancels it at the provider; written here so that the wish survives a crash. */
  private async queueCancel(tx: Tx, payment: PaymentRow, actor: string): Promise<void> {
    const intent = { paymentId: payment.id, kind: 'cancel', requestHash: 'wish', actor } as const;
    await this.operations.insert(tx, { ...intent, isLeased: false });
  }

  private async book(tx: Tx, payment: PaymentRow, shown: ProviderPayment): Promise<void> {
    for (const capture of shown.captures.filter(({ state }) => state === 'completed')) {
      await this.ledger.post(tx, {
        causeKind: 'capture',
        causeId: `${payment.account}:${capture.captureId}`,
        paymentId: payment.id,
        customerId: payment.customer_id,
        providerAccount: payment.account,
        amount: capture.amount,
      });
    }
  }

  private async publish(tx: Tx, before: PaymentRow, after: PaymentRow): Promise<void> {
    const { state } = after;
    if (state !== before.state && state !== 'initialized') {
      await this.events.publish(tx, paymentEvent(`payment.${state}`, after));
    }
    if (before.payer_agreed_at === null && after.payer_agreed_at !== null && state === 'open') {
      await this.events.publish(tx, paymentEvent('payment.approvable', after));
    }
    if (before.conflict === null && after.conflict !== null) {
      await this.events.publish(tx, paymentEvent('payment.conflict', after));
    }
  }

  private report(payment: PaymentRow, { shown, cause }: News, decision: NewsDecision): void {
    const problem = decision.mismatch ?? decision.report ?? decision.conflict;
    if (problem === null) return;
    const id = showId('pay', payment.id);
    this.log.warn({ payment: id, cause, problem, provider_state: shown.providerState }, 'news');
  }
}

/** It ended here before the provider's answer to its create was known, and over there it can still be paid. */
function isUnwanted(before: PaymentRow, shown: ProviderPayment): boolean {
  return before.provider_payment_id === null && isEnded(before.state) && shown.state === 'open';
}

function storedOf(payment: PaymentRow) {
  return {
    state: payment.state,
    amount: amountOf(payment),
    reference: showId('pay', payment.id),
    providerId: payment.provider_payment_id,
  };
}

function fieldsOf(payment: PaymentRow, shown: ProviderPayment) {
  return {
    providerPaymentId: shown.providerId,
    providerToken: shown.token,
    providerState: shown.providerState,
    checkoutUrl: shown.checkoutUrl,
    payMethod: shown.payMethod,
    payerId: shown.payerId,
    payerAgreed: shown.payerAgreed,
    paidAt: shown.paidAt,
    capturedMinor: capturedMinor(shown, payment.currency) || null,
    providerCustomer: shown.providerCustomer,
    mandate: shown.mandate,
    subscription: shown.subscription,
    installmentPlan: shown.installmentPlan,
  };
}

/** A read that tells nothing new writes nothing. */
function changesAnything(
  payment: PaymentRow,
  shown: ProviderPayment,
  { move, mismatch, conflict }: NewsDecision,
): boolean {
  if (move !== null || (conflict !== null && payment.conflict === null)) return true;
  if (mismatch !== null) return false;
  return (
    payment.provider_payment_id === null ||
    payment.provider_state !== shown.providerState ||
    (shown.payerAgreed && payment.payer_agreed_at === null) ||
    (shown.checkoutUrl !== null && payment.checkout_url !== shown.checkoutUrl) ||
    (capturedMinor(shown, payment.currency) || 0n) > BigInt(payment.captured_minor)
  );
}
