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
  /** As it was before; where it may have been settled meanwhile, read again under the payment's lock. */
  readonly operation: OperationRow;
  readonly trouble: Pick<CallTrouble, 'code' | 'message'>;
  readonly actor: string;
}

const FAILURES: Readonly<Partial<Record<OperationKind, PaymentEventType>>> = {
  authorize: 'payment.approval_failed',
  capture: 'payment.approval_failed',
  charge: 'payment.approval_failed',
  cancel: 'payment.cancellation_failed',
  void: 'payment.cancellation_failed',
};

const FAILURE_TYPES: ReadonlySet<string> = new Set([
  ...Object.values(FAILURES),
  'payment.capture_failed',
]);

/**
 * What is told of it, once: nothing of one that was settled or left to people before, because that was told then.
 * Nothing of a create or charge with which the payment failed, which its own end tells, and of refunds, which have
 * events of their own.
 */
export function failureEvents(
  failed: FailedOperation,
  payment: ToldPayment,
): readonly DomainEvent[] {
  const { operation } = failed;
  const type = isPart(operation) ? 'payment.capture_failed' : FAILURES[operation.kind];
  if (type === undefined || operation.state !== 'unsettled') return [];
  if (operation.kind === 'charge' && payment.state === 'failed') return [];
  return [paymentEvent(type, { ...payment, ...whyOf(failed) })];
}

/** Whether they tell of something that is told once. */
export function tellFailure(events: readonly DomainEvent[]): boolean {
  return events.some(({ type }) => FAILURE_TYPES.has(type));
}

/** Who asked for what failed, and the reason. */
export function whyOf({ operation, trouble, actor }: FailedOperation): Required<ToldBy> {
  const { code, message } = trouble;
  return { actor, reason: { operation: operation.kind, code, message } };
}
