import { type ProviderPayment } from '../../../providers/payment-provider';
import { type LedgerPosting } from '../../customers/customers.facade';
import { type DomainEvent } from '../../../platform/events/events';
import { isEnded } from '../domain/payment-lifecycle';
import { type ConflictPlan, type KnownConflict, planConflicts } from '../domain/conflicts';
import { capturedMinor, decideNews, type NewsDecision } from '../domain/payment-news';
import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { type PaymentChange } from '../storage/payment-change';
import { concludes } from './concludes';
import { changesHold, holdFieldsOf, isOtherHold } from './hold-news';
import { newsEvents } from './news-events';
import { findingsOf } from './news-findings';
import { settledBy } from './settled-by';
import { storedFor } from './stored-payment';

/** What a provider showed, and what it was shown for. */
export interface News {
  readonly payment: PaymentRow;
  readonly shown: ProviderPayment;
  readonly cause: string;
  readonly actor: string;
  /** The operation that it answers, or that it may tell the end of. */
  readonly operation?: OperationRow | undefined;
}

/** All that follows from the news for a payment as it stands; carried out in one transaction. */
export interface NewsPlan {
  readonly decision: NewsDecision;
  readonly outcome: 'settled' | 'mismatch' | 'unclear';
  /** What becomes of the operation; null when it stays unsettled. */
  readonly settle: {
    readonly state: 'succeeded' | 'needs_review';
    readonly providerRef: string;
  } | null;
  /** Null when the payment stays as it is. */
  readonly change: (PaymentChange & { readonly events: readonly DomainEvent[] }) | null;
  readonly conflicts: ConflictPlan;
  readonly posts: readonly LedgerPosting[];
  /** It ended here before the provider's answer to its create was known, and over there it can still be paid. */
  readonly isUnwanted: boolean;
}

/** Pure: the same news for the same payment, whose conflicts are known, is always the same plan. */
export function planOf(
  news: News,
  payment: PaymentRow,
  known: readonly KnownConflict[] = [],
): NewsPlan {
  const { shown, operation } = news;
  const { decision, findings } = decide(news, payment);
  const isAccepted = decision.mismatch === null;
  const outcome = outcomeOf(news, isAccepted);
  const providerRef = shown.providerId;
  const settle =
    operation && outcome !== 'unclear'
      ? ({ state: isAccepted ? 'succeeded' : 'needs_review', providerRef } as const)
      : null;
  const isLeftToPerson = settle?.state === 'needs_review' && operation?.state === 'unsettled';
  const isWanted = payment.provider_payment_id !== null || !isEnded(payment.state);
  const seen = { findings, isRight: isAccepted && !isWaiting(operation) };
  const conflicts = planConflicts({ shown: payment.conflict, known }, seen);
  return {
    decision,
    outcome,
    settle,
    change:
      conflicts.isChanged || changesAnything(payment, shown, decision) || isLeftToPerson
        ? changeOf(news, payment, { decision, settle, conflicts })
        : null,
    conflicts,
    posts: isAccepted ? postingsOf(payment, shown) : [],
    isUnwanted: isAccepted && !isWanted && shown.state === 'open',
  };
}

function decide(news: News, payment: PaymentRow) {
  const { shown, operation } = news;
  const decided = decideNews(storedFor(news, payment), shown);
  const findings = findingsOf(decided, { payment, shown, operation });
  return { decision: { ...decided, conflict: findings[0]?.code ?? null }, findings };
}

function outcomeOf({ shown, operation }: News, isAccepted: boolean): NewsPlan['outcome'] {
  if (!isAccepted) return 'mismatch';
  return !operation || concludes(operation, shown) ? 'settled' : 'unclear';
}

function changeOf(
  news: News,
  payment: PaymentRow,
  { decision, settle, conflicts }: Pick<NewsPlan, 'decision' | 'settle' | 'conflicts'>,
): PaymentChange & { readonly events: readonly DomainEvent[] } {
  const { shown, operation } = news;
  const actor = settle && operation ? settledBy(operation, news) : news.actor;
  return {
    ...(decision.mismatch === null ? fieldsOf(news, payment) : {}),
    ...(decision.move ? { move: decision.move } : {}),
    ...canceledVia(news, decision),
    ...(settle ? { settle } : {}),
    conflict: conflicts.shown,
    endsConflict: conflicts.isChanged && conflicts.shown === null,
    cause: news.cause,
    actor,
    operationId: operation?.id ?? null,
    events: newsEvents(payment, { shown, actor, operation, decision, conflicts, settle }),
  };
}

/** How it became unpayable; a hold that ran out by itself was not canceled. */
function canceledVia({ shown, operation }: News, { move }: NewsDecision) {
  if (operation?.kind === 'cancel' && move?.to === 'canceled') {
    return { canceledVia: 'provider' } as const;
  }
  const isVoid = operation?.kind === 'void' && move !== null && shown.hold?.state === 'released';
  return isVoid ? ({ canceledVia: 'void' } as const) : {};
}

/** It waits for a person, maybe because of what a wrong reading showed: a right one alone does not end that. */
function isWaiting(operation: OperationRow | undefined): boolean {
  return operation?.state === 'needs_review' && operation.review_decision === null;
}

function postingsOf(payment: PaymentRow, shown: ProviderPayment): readonly LedgerPosting[] {
  return shown.captures
    .filter(({ state, amount }) => state === 'completed' && !amount.isZero())
    .map(({ captureId, amount }) => ({
      causeKind: 'capture',
      causeId: `${payment.account}:${captureId}`,
      paymentId: payment.id,
      customerId: payment.customer_id,
      providerAccount: payment.account,
      amount,
    }));
}

function fieldsOf(news: News, payment: PaymentRow) {
  const { shown } = news;
  // Another reading was faster: what it showed of the hold is newer than this.
  const isOvertaken = isOtherHold(payment, news.payment);
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
    hold: isOvertaken ? null : holdFieldsOf(payment, shown),
  };
}

/** A read that tells nothing new writes nothing. */
function changesAnything(
  payment: PaymentRow,
  shown: ProviderPayment,
  { move, mismatch }: NewsDecision,
): boolean {
  if (move !== null) return true;
  if (mismatch !== null) return false;
  return (
    payment.provider_payment_id === null ||
    payment.provider_state !== shown.providerState ||
    (shown.payerAgreed && payment.payer_agreed_at === null) ||
    (shown.payerId !== null && shown.payerId !== payment.payer_id) ||
    (shown.checkoutUrl !== null && payment.checkout_url !== shown.checkoutUrl) ||
    changesHold(payment, shown) ||
    (capturedMinor(shown, payment.currency) || 0n) > BigInt(payment.captured_minor)
  );
}
