import { type CallTrouble } from '../../../providers/provider-call';
import { type DomainEvent } from '../../../platform/events/events';
import {
  paymentEvent,
  type PaymentEventType,
  type ToldBy,
  type ToldPayment,
} from '../payments.events';
import { type OperationKind, type OperationRow } from '../storage/operation.row';
import { isPart } from './concludes';

/** An operation that ended without what it was to do, and why. */
export interface FailedOperation {
  /** As it was before. */
  readonly operation: OperationRow;
  readonly trouble: Pick<CallTrouble, 'code' | 'message'>;
  readonly actor: string;
}

const FAILURES: Readonly<Partial<Record<OperationKind, PaymentEventType>>> = {
  authorize: 'payment.approval_failed',
  capture: 'payment.approval_failed',
  cancel: 'payment.cancellation_failed',
  void: 'payment.cancellation_failed',
};

/**
 * What is told of it, once: a person's word on what was told when it was left to people is no news. Nothing of a
 * create that failed, which the payment's own end tells, and of refunds, which have events of their own.
 */
export function failureEvents(
  failed: FailedOperation,
  payment: ToldPayment,
): readonly DomainEvent[] {
  const { operation } = failed;
  const type = isPart(operation) ? 'payment.capture_failed' : FAILURES[operation.kind];
  if (type === undefined || operation.state === 'needs_review') return [];
  return [paymentEvent(type, { ...payment, ...whyOf(failed) })];
}

/** Who asked for what failed, and the reason. */
export function whyOf({ operation, trouble, actor }: FailedOperation): Required<ToldBy> {
  const { code, message } = trouble;
  return { actor, reason: { operation: operation.kind, code, message } };
}
