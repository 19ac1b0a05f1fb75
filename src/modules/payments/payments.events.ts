import { type DomainEvent } from '../../platform/events/events';
import { showId, showSubjectId } from '../../shared/id';
import { minorToJson } from '../../shared/money/money';
import { type PaymentState } from './domain/payment-lifecycle';
import { type RefundState } from './domain/refund-lifecycle';
import { type OperationKind } from './storage/operation.row';
import { type PaymentRow } from './storage/payment.row';
import { type RefundRow } from './storage/refund.row';

/** What other modules and merchants can hear about payments. */
export type PaymentEventType =
  | 'payment.created'
  /** `payment.failed` also where the provider refused to create it: `reason` says which. */
  | `payment.${Exclude<PaymentState, 'initialized'>}`
  /** The payer agreed; `approve` would now take the money. */
  | 'payment.approvable'
  /** More was taken: a part of what was held or the rest of it, or money that `payment.paid` does not tell of. */
  | 'payment.captured'
  /** The money was not taken, or held, although the payer agreed: refused, declined, or nobody knows and a person must look. */
  | 'payment.approval_failed'
  /** The same of a part of the money that is held. */
  | 'payment.capture_failed'
  /** It was not canceled, or its hold not set free. */
  | 'payment.cancellation_failed'
  /** The provider and we disagree about one more thing; a person must look. */
  | 'payment.conflict'
  /** No conflict is open any more: a right reading ended the last one, or a person closed it. */
  | 'payment.conflict_ended';

/** What an event says of a payment. */
export type ToldPayment = Pick<
  PaymentRow,
  | 'id'
  | 'account'
  | 'state'
  | 'amount_minor'
  | 'captured_minor'
  | 'currency'
  | 'customer_id'
  | 'subject_kind'
  | 'subject_id'
  | 'conflict'
  | 'version'
>;

/** Why something failed. */
export interface FailureReason {
  /** What was tried, such as `create` or `capture`; null where the provider told of the failure by itself. */
  readonly operation: OperationKind | null;
  /** The provider's word for it, or ours. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

/** Besides the payment: who made it happen, and for failures why. */
export interface ToldBy {
  /** Subject of the caller who asked for it; `kassa` for what nobody asked for. */
  readonly actor: string;
  readonly reason?: FailureReason;
}

export function paymentEvent(type: PaymentEventType, payment: ToldPayment & ToldBy): DomainEvent {
  return {
    type,
    subjectKind: 'payment',
    subjectId: payment.id,
    subjectSeq: payment.version,
    data: {
      id: showId('pay', payment.id),
      provider: payment.account,
      state: payment.state,
      amount: minorToJson(BigInt(payment.amount_minor)),
      captured_amount: minorToJson(BigInt(payment.captured_minor)),
      currency: payment.currency,
      customer: payment.customer_id === null ? null : showId('cus', payment.customer_id),
      subject: subjectOf(payment),
      conflict: payment.conflict,
      actor: payment.actor,
      ...(payment.reason ? { reason: { ...payment.reason } } : {}),
    },
  };
}

/** What a payment pays for, as callers see it; null for nothing in particular. */
export function subjectOf({
  subject_kind: kind,
  subject_id: id,
}: Pick<PaymentRow, 'subject_kind' | 'subject_id'>) {
  return kind === null || id === null ? null : { kind, id: showSubjectId({ kind, id }) };
}

/** What other modules and merchants can hear about refunds; `created` also for one that the provider made. */
export type RefundEventType = 'refund.created' | `refund.${Exclude<RefundState, 'pending'>}`;

/** What an event says of a refund. */
export type ToldRefund = Pick<
  RefundRow,
  'id' | 'payment_id' | 'account' | 'state' | 'amount_minor' | 'currency' | 'origin' | 'version'
>;

export function refundEvent(type: RefundEventType, refund: ToldRefund): DomainEvent {
  return {
    type,
    subjectKind: 'refund',
    subjectId: refund.id,
    subjectSeq: refund.version,
    data: {
      id: showId('ref', refund.id),
      payment: showId('pay', refund.payment_id),
      provider: refund.account,
      state: refund.state,
      amount: minorToJson(BigInt(refund.amount_minor)),
      currency: refund.currency,
      origin: refund.origin,
    },
  };
}
