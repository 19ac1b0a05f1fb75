import { newId } from '../../../shared/id';
import { type Refusal } from '../../../providers/provider-call';

export const OPERATION_KINDS = [
  'create',
  'charge',
  'authorize',
  'capture',
  'reauthorize',
  'cancel',
  'void',
  'refund',
  'cancel_refund',
] as const;
export const OPERATION_STATES = ['unsettled', 'needs_review', 'succeeded', 'refused'] as const;
export const REVIEW_DECISIONS = ['retry', 'link', 'failed'] as const;

export type OperationKind = (typeof OPERATION_KINDS)[number];
export type OperationState = (typeof OPERATION_STATES)[number];

/** What a person said about an operation whose outcome nobody could find out. */
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** Why an operation was refused: the provider's kind of no, or that nothing reached it. */
export type OperationRefusal = Refusal['kind'] | 'not_sent' | 'not_found';

/** An intent that was committed before a provider was called, and what is known of it. */
export interface OperationRow {
  readonly id: string;
  readonly payment_id: string;
  /** The refund that it makes or cancels; null for everything else. */
  readonly refund_id: string | null;
  readonly kind: OperationKind;
  readonly slot: number;
  readonly provider_key: string;
  /** What was asked for, in brief: two that are the same are the same wish. */
  readonly request_hash: string;
  readonly state: OperationState;
  /** What is to be captured or given back; null where it is the amount of the payment. */
  readonly amount_minor: string | null;
  /** A capture after which the rest of the hold is set free. */
  readonly is_final: boolean;
  /** The provider's id of the hold that is captured or renewed; null for anything else. */
  readonly target_ref: string | null;
  readonly attempts: number;
  /** Seconds since the first byte may have been sent, or since a person said to send it again; database's clock. */
  readonly age_s: number;
  /** Seconds since this attempt was due; negative where somebody looked before that. */
  readonly overdue_s: number;
  /** Somebody is working on it right now. */
  readonly is_leased: boolean;
  readonly refusal: OperationRefusal | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly error_reference: string | null;
  /** What a person decided last; null when nobody was asked. */
  readonly review_decision: ReviewDecision | null;
  readonly created_by: string;
}

export type RefundOperationKind = Extract<OperationKind, 'refund' | 'cancel_refund'>;

/** SELECT list of `OperationRow` over an alias `o`. */
export const OPERATION_COLUMNS = `
  o.id, o.payment_id, o.refund_id, o.kind, o.slot, o.provider_key, o.request_hash, o.state,
  o.amount_minor::text AS amount_minor, o.is_final, o.target_ref, o.attempts,
  extract(epoch FROM now() - CASE o.review_decision WHEN 'retry' THEN o.reviewed_at
    ELSE o.first_sent_at END)::float8 AS age_s,
  extract(epoch FROM now() - o.next_attempt_at)::float8 AS overdue_s, o.lease_until > now() AS is_leased,
  o.refusal, o.error_code, o.error_message, o.error_reference,
  o.review_decision, o.created_by`;

/** Whether the payment begins with it at the provider; `charge` moves money by that, `create` does not. */
export function isBeginning(kind: OperationKind): kind is 'create' | 'charge' {
  return kind === 'create' || kind === 'charge';
}

/** Unfinished: nobody knows yet what the provider did, or a person must say. */
export function isUnfinished(operation: OperationRow): boolean {
  return operation.state === 'unsettled' || operation.state === 'needs_review';
}

/** The operation that an intent is about to write, as it will read back. */
export function newOperation(intent: {
  readonly paymentId: string;
  readonly kind: OperationKind;
  readonly key: string;
  readonly requestHash: string;
  readonly actor: string;
}): OperationRow {
  return {
    id: newId(),
    payment_id: intent.paymentId,
    refund_id: null,
    kind: intent.kind,
    slot: 1,
    provider_key: intent.key,
    request_hash: intent.requestHash,
    state: 'unsettled',
    amount_minor: null,
    is_final: false,
    target_ref: null,
    attempts: 1,
    age_s: 0,
    overdue_s: 0,
    is_leased: true,
    refusal: null,
    error_code: null,
    error_message: null,
    error_reference: null,
    review_decision: null,
    created_by: intent.actor,
  };
}
