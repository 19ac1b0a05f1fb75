import { type ProviderPayment } from '../../../providers/payment-provider';
import { type DomainEvent } from '../../../platform/events/events';
import { isEnded } from '../domain/payment-lifecycle';
import { type ConflictPlan } from '../domain/conflicts';
import { capturedMinor, type NewsDecision } from '../domain/payment-news';
import {
  type FailureReason,
  paymentEvent,
  type ToldBy,
  type ToldPayment,
} from '../payments.events';
import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { isPart } from './concludes';
import { type FailedOperation, failureEvents } from './failure-event';

/** News and what was decided about it, as far as it is told. */
export interface ToldNews {
  readonly shown: ProviderPayment;
  readonly actor: string;
  readonly operation?: OperationRow | undefined;
  readonly decision: NewsDecision;
  readonly conflicts: Pick<ConflictPlan, 'found' | 'shown'>;
  /** What becomes of the operation; null when it stays unsettled. */
  readonly settle: { readonly state: 'succeeded' | 'needs_review' } | null;
}

/** What is told of news, in the order in which it is to be understood. Pure. */
export function newsEvents(before: PaymentRow, news: ToldNews): readonly DomainEvent[] {
  const { shown, decision, conflicts, actor } = news;
  const state = decision.move?.to ?? before.state;
  const captured = decision.mismatch === null ? capturedMinor(shown, before.currency) : 0n;
  const isMore = captured > BigInt(before.captured_minor);
  const captured_minor = isMore ? captured.toString() : before.captured_minor;
  const version = before.version + 1;
  const told = { ...before, state, conflict: conflicts.shown, captured_minor, version, actor };
  const failed = failedBy(news);
  const events: DomainEvent[] = failed ? [...failureEvents(failed, told)] : [];
  // Of a payment that is taken at once, `payment.paid` tells of the money that makes it so.
  if (isMore && (before.capture_method === 'manual' || decision.move?.to !== 'paid')) {
    events.push(paymentEvent('payment.captured', told));
  }
  if (decision.move && state !== 'initialized') {
    const why = state === 'failed' ? { reason: reasonOf(news) } : {};
    events.push(paymentEvent(`payment.${state}`, { ...told, ...why }));
  }
  const isFirstAgreement = shown.payerAgreed && before.payer_agreed_at === null;
  if (isFirstAgreement && state === 'open' && decision.mismatch === null) {
    events.push(paymentEvent('payment.approvable', told));
  }
  events.push(...conflictEvents(before, told, conflicts));
  return events;
}

const MISMATCH = 'The provider shows another payment than the one that was asked for.';

/** Each that was found is told, also beside another one; the end only once none is left. */
export function conflictEvents(
  before: Pick<PaymentRow, 'conflict'>,
  told: ToldPayment & ToldBy,
  { found, shown }: Pick<ConflictPlan, 'found' | 'shown'>,
): readonly DomainEvent[] {
  const events = found.map(({ code }) =>
    paymentEvent('payment.conflict', { ...told, conflict: code }),
  );
  // One that is open already, and that the payment did not show.
  const isBack = before.conflict === null && shown !== null && found.length === 0;
  if (isBack) return [paymentEvent('payment.conflict', told)];
  const isOver = before.conflict !== null && shown === null;
  return isOver ? [...events, paymentEvent('payment.conflict_ended', told)] : events;
}

/** The operation that is left to people, or whose money did not come. */
function failedBy({ shown, actor, operation, decision, settle }: ToldNews): FailedOperation | null {
  if (!operation || !settle) return null;
  if (settle.state === 'needs_review') {
    const trouble = { code: decision.mismatch ?? 'unclear_answer', message: MISMATCH };
    return { operation, actor, trouble };
  }
  const takes = operation.kind === 'capture' || operation.kind === 'authorize';
  const isInVain = decision.move !== null && isEnded(decision.move.to);
  return takes && !isPart(operation) && isInVain
    ? { operation, actor, trouble: shownAs(shown) }
    : null;
}

function reasonOf({ shown, operation, settle }: ToldNews): FailureReason {
  return { operation: settle && operation ? operation.kind : null, ...shownAs(shown) };
}

function shownAs({ providerState }: ProviderPayment) {
  return { code: providerState, message: `The provider shows it as "${providerState}".` };
}
