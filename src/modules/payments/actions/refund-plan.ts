import { type ProviderRefund } from '../../../providers/provider-parts';
import { type DomainEvent } from '../../../platform/events/events';
import { showId } from '../../../shared/id';
import {
  type ConflictPlan,
  type Finding,
  findingOf,
  type KnownConflict,
  planConflicts,
} from '../domain/conflicts';
import { decideRefund, type RefundDecision } from '../domain/refund-news';
import { refundEvent } from '../payments.events';
import { type Fact } from '../storage/facts.repository';
import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { refundAmountOf, type RefundRow } from '../storage/refund.row';
import { type RefundChange } from '../storage/refunds.repository';
import { conflictEvents } from './news-events';

/** What a provider showed of a refund, and what it was shown for. */
export interface RefundNews {
  readonly payment: PaymentRow;
  /** Null where it is still to be found out whether it is one of ours. */
  readonly refund: RefundRow | null;
  readonly shown: ProviderRefund;
  readonly cause: string;
  readonly actor: string;
  /** The operation that it answers. */
  readonly operation?: OperationRow | undefined;
}

/** All that follows for a refund as it stands; carried out in one transaction. */
export interface RefundPlan {
  readonly decision: RefundDecision;
  /** Null when the refund stays as it is. */
  readonly change: RefundChange | null;
  readonly conflicts: ConflictPlan;
}

/** What of a payment's refunds, taken together, is for a person to look at. */
export interface RefundOddities {
  /** They and the chargebacks return or hold back more than was taken; null when they do not. */
  readonly overdrawn: Finding | null;
  /** The provider made two refunds of one of ours. */
  readonly isSecond: boolean;
}

/** Pure: the same news for the same refund is always the same plan. */
export function refundPlanOf(
  news: RefundNews & { readonly refund: RefundRow },
  oddities: RefundOddities,
  known: readonly KnownConflict[] = [],
): RefundPlan {
  const { payment, refund, shown, cause, actor, operation } = news;
  const decision = decideRefund(storedRefund(refund), shown);
  const findings = refundFindings(news, oddities);
  const isRight = false;
  const conflicts = planConflicts({ shown: payment.conflict, known }, { findings, isRight });
  const isAccepted = decision.mismatch === null;
  if (!conflicts.isChanged && !(isAccepted && tellsAnything(refund, shown, decision))) {
    return { decision, change: null, conflicts };
  }
  const told = isAccepted ? fieldsOf(shown) : {};
  const events = eventsOf(news, decision, conflicts);
  const conflict = conflicts.isChanged ? conflicts.shown : null;
  const change = { ...told, to: decision.to, conflict, cause, actor, events };
  return { decision, change: { ...change, operationId: operation?.id ?? null }, conflicts };
}

/** What a person must look into, new or not. */
function refundFindings(
  { refund, shown }: { readonly refund: RefundRow; readonly shown: ProviderRefund },
  { isSecond, overdrawn }: RefundOddities,
): readonly Finding[] {
  const { conflict, mismatch } = decideRefund(storedRefund(refund), shown);
  const about = showId('ref', refund.id);
  const evidence = evidenceOf(shown);
  const isAnew = mismatch === null && refund.provider_state !== shown.providerState;
  return [
    ...(conflict === null ? [] : [findingOf({ code: conflict, about, evidence, isAnew })]),
    ...(isSecond ? [findingOf({ code: 'refunded_twice', about, evidence })] : []),
    ...(overdrawn ? [overdrawn] : []),
  ];
}

/** What the provider said about money, as evidence. */
export function refundFactOf({ payment, refund, shown, operation }: RefundNews): Fact {
  const { providerState, reference, captureId, createdAt } = shown;
  return {
    account: payment.account,
    kind: 'refund',
    ref: shown.refundId,
    state: shown.state,
    paymentId: payment.id,
    amount: shown.amount,
    source: operation ? 'answer' : 'read',
    problem: refund ? decideRefund(storedRefund(refund), shown).mismatch : null,
    raw: {
      state: providerState,
      reference,
      capture: captureId,
      created_at: createdAt?.toISOString() ?? null,
    },
  };
}

export function storedRefund(refund: RefundRow) {
  return {
    state: refund.state,
    amount: refundAmountOf(refund),
    reference: refund.origin === 'api' ? showId('ref', refund.id) : null,
    refundId: refund.provider_refund_id,
    captureId: refund.capture_ref,
  };
}

function evidenceOf({ refundId, amount, captureId, reference }: ProviderRefund): string {
  const refund = `refund ${refundId} of ${amount.toString()}`;
  return `${refund}, capture ${captureId ?? 'unknown'}, reference ${reference ?? 'none'}`;
}

function tellsAnything(refund: RefundRow, shown: ProviderRefund, { to }: RefundDecision): boolean {
  return (
    to !== null ||
    refund.provider_refund_id === null ||
    refund.provider_state !== shown.providerState ||
    (refund.capture_ref === null && shown.captureId !== null)
  );
}

function fieldsOf(shown: ProviderRefund) {
  return {
    providerRefundId: shown.refundId,
    providerState: shown.providerState,
    captureRef: shown.captureId,
  };
}

function eventsOf(
  { payment, refund, actor }: RefundNews & { readonly refund: RefundRow },
  { to }: RefundDecision,
  conflicts: ConflictPlan,
): readonly DomainEvent[] {
  const isEnd = to !== null && to !== 'pending';
  const moved = { ...refund, state: to ?? refund.state, version: refund.version + 1 };
  const told = { ...payment, conflict: conflicts.shown, version: payment.version + 1, actor };
  return [
    ...(isEnd ? [refundEvent(`refund.${to}`, moved)] : []),
    ...conflictEvents(payment, told, conflicts),
  ];
}
