import { type ProviderRefund } from '../../../providers/provider-parts';
import { type DomainEvent } from '../../../platform/events/events';
import { showId } from '../../../shared/id';
import { isNewConflict } from '../domain/payment-news';
import { decideRefund, OVERDRAWN, type RefundDecision } from '../domain/refund-news';
import { paymentEvent, refundEvent } from '../payments.events';
import { type Fact } from '../storage/facts.repository';
import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { refundAmountOf, type RefundRow } from '../storage/refund.row';
import { type RefundChange } from '../storage/refunds.repository';

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
}

/** What of a payment's refunds, taken together, is for a person to look at. */
export interface RefundOddities {
  /** They and the chargebacks return or hold back more than was taken. */
  readonly isOverdrawn: boolean;
  /** The provider made two refunds of one of ours. */
  readonly isSecond: boolean;
}

/** Pure: the same news for the same refund is always the same plan. */
export function refundPlanOf(
  news: Omit<RefundNews, 'refund'>,
  refund: RefundRow,
  oddities: RefundOddities,
): RefundPlan {
  const { payment, shown, cause, actor, operation } = news;
  const decision = decideRefund(storedRefund(refund), shown);
  const found = decision.conflict ?? conflictOf(oddities);
  const conflict = isNewConflict(payment, found) ? found : null;
  const isAccepted = decision.mismatch === null;
  if (conflict === null && !(isAccepted && tellsAnything(refund, shown, decision))) {
    return { decision, change: null };
  }
  const told = isAccepted ? fieldsOf(shown) : {};
  const events = eventsOf({ payment, refund }, { decision, conflict, actor });
  const change = { ...told, to: decision.to, conflict, cause, actor, events };
  return { decision, change: { ...change, operationId: operation?.id ?? null } };
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

function conflictOf({ isSecond, isOverdrawn }: RefundOddities): string | null {
  if (isSecond) return 'refunded_twice';
  return isOverdrawn ? OVERDRAWN : null;
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
  before: { readonly payment: PaymentRow; readonly refund: RefundRow },
  after: {
    readonly decision: RefundDecision;
    readonly conflict: string | null;
    readonly actor: string;
  },
): readonly DomainEvent[] {
  const { payment, refund } = before;
  const { to } = after.decision;
  const events: DomainEvent[] = [];
  if (to !== null && to !== 'pending') {
    events.push(refundEvent(`refund.${to}`, { ...refund, state: to, version: refund.version + 1 }));
  }
  if (after.conflict !== null) {
    const { conflict, actor } = after;
    const told = { ...payment, conflict, version: payment.version + 1, actor };
    events.push(paymentEvent('payment.conflict', told));
  }
  return events;
}
