import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { hexId, newId } from '../../../shared/id';
import { type CallTrouble } from '../../../providers/provider-call';
import {
  OPERATION_COLUMNS,
  type OperationKind,
  type OperationRefusal,
  type OperationRow,
  type OperationState,
} from './operation.row';

/**
 * How long an operation is left to who works on it without a sign of life; `HoldLease` renews it while a provider
 * call lasts. After a crash others take over this much later. The lease lives on the database's clock.
 */
export const LEASE_S = 10;

/** Pauses before the sweeper's next look, by number of attempts; the last one repeats. */
const BACKOFF_S = [2, 10, 30, 120, 600, 3_600, 21_600];

/** In its first hour an operation is looked at this often, however many callers asked about it meanwhile. */
const YOUNG_PAUSE_MAX_S = 120;

/**
 * The index stops a second unfinished decision; the condition stops a finished one, such as a local cancel, too.
 * Refunds have an index of their own and may go on beside a decision about the payment.
 */
const insert = statement<OperationRow>(
  'insert-operation',
  `INSERT INTO payments.operations AS o
     (id, payment_id, kind, slot, provider_key, request_hash, state, settled_at, created_by, lease_until, next_attempt_at,
      refund_id, amount_minor, is_final, target_ref)
   SELECT $1, $2, $3, s.slot, $4 || s.slot, $5, $6,
     CASE WHEN $6 = 'succeeded' THEN clock_timestamp() END, $7,
     now() + $8::int * interval '1 second', now() + $8::int * interval '1 second', $9::uuid, $10::bigint, $11::boolean, $12
   FROM (SELECT coalesce(max(slot), 0) + 1 AS slot FROM payments.operations
         WHERE payment_id = $2 AND kind = $3) s
   WHERE $9::uuid IS NOT NULL OR NOT EXISTS (SELECT FROM payments.operations u WHERE u.payment_id = $2
     AND u.kind IN ('capture', 'authorize', 'reauthorize', 'cancel', 'void')
     AND u.state IN ('unsettled', 'needs_review'))
   ON CONFLICT DO NOTHING RETURNING ${OPERATION_COLUMNS}`,
);

const settle = statement<{ id: string }>(
  'settle-operation',
  `UPDATE payments.operations SET state = $2, refusal = $3, error_code = $4, error_message = $5,
     error_reference = $6, provider_ref = coalesce($7, provider_ref), lease_until = now(),
     settled_at = CASE WHEN $2 IN ('succeeded', 'refused') THEN clock_timestamp() END
   WHERE id = $1 AND state IN ('unsettled', 'needs_review') AND ($8::int IS NULL OR attempts = $8)
   RETURNING id`,
);

const postpone = statement<never>(
  'postpone-operation',
  `UPDATE payments.operations SET lease_until = now(), error_code = $2, error_message = $3,
     error_reference = $4,
     next_attempt_at = now() + least(($5::int[])[least(attempts, array_length($5::int[], 1))],
       CASE WHEN first_sent_at > now() - interval '1 hour' THEN ${YOUNG_PAUSE_MAX_S} END) * interval '1 second'
   WHERE id = $1 AND state = 'unsettled' AND attempts = $6`,
);

const take = statement<OperationRow>(
  'take-operation',
  `UPDATE payments.operations AS o SET attempts = attempts + 1, lease_until = now() + $2::int * interval '1 second'
   WHERE id = $1 AND state = 'unsettled' AND lease_until <= now() RETURNING ${OPERATION_COLUMNS}`,
);

const takeDue = statement<OperationRow>(
  'take-due-operations',
  `UPDATE payments.operations AS o SET attempts = attempts + 1, lease_until = now() + $2::int * interval '1 second'
   WHERE o.id IN (SELECT id FROM payments.operations
                  WHERE state = 'unsettled' AND next_attempt_at <= now() AND lease_until <= now()
                  ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
   RETURNING ${OPERATION_COLUMNS}`,
);

const renew = statement<never>(
  'renew-operation-lease',
  `UPDATE payments.operations
   SET lease_until = now() + $2::int * interval '1 second', next_attempt_at = now() + $2::int * interval '1 second'
   WHERE id = $1 AND state = 'unsettled' AND attempts = $3`,
);

const find = statement<OperationRow>(
  'find-operation',
  `SELECT ${OPERATION_COLUMNS} FROM payments.operations o WHERE o.id = $1`,
);

const findUnfinished = statement<OperationRow>(
  'find-unfinished-operation',
  `SELECT ${OPERATION_COLUMNS} FROM payments.operations o
   WHERE o.payment_id = $1 AND o.state IN ('unsettled', 'needs_review') AND o.refund_id IS NULL
   ORDER BY o.created_at LIMIT 1`,
);

const findUnfinishedRefund = statement<OperationRow>(
  'find-unfinished-refund-operation',
  `SELECT ${OPERATION_COLUMNS} FROM payments.operations o
   WHERE o.payment_id = $1 AND o.state IN ('unsettled', 'needs_review') AND o.refund_id IS NOT NULL`,
);

/** Captures of held money name their amount; those of other payments take all of it. */
const findParts = statement<OperationRow>(
  'find-part-captures',
  `SELECT ${OPERATION_COLUMNS} FROM payments.operations o
   WHERE o.payment_id = $1 AND o.kind = 'capture' AND o.amount_minor IS NOT NULL AND o.state <> 'refused'`,
);

/** Whether taking or holding the money was ever decided on, other than one that certainly never left us. */
const hasCapture = statement<{ found: boolean }>(
  'has-capture-operation',
  `SELECT EXISTS (SELECT FROM payments.operations o WHERE o.payment_id = $1 AND o.kind IN ('capture', 'authorize')
     AND NOT (o.state = 'refused' AND o.refusal = 'not_sent')) AS found`,
);

export interface NewOperation {
  readonly paymentId: string;
  readonly kind: OperationKind;
  readonly requestHash: string;
  readonly actor: string;
  /** `succeeded` for a decision that needs no provider, such as a local cancel. */
  readonly state?: 'unsettled' | 'succeeded';
  /** Minor units; null where it is the amount of the payment. */
  readonly amountMinor?: bigint | null;
  readonly isFinal?: boolean;
  /** The provider's id of what is changed, where that is not the payment itself. */
  readonly targetRef?: string | null;
  /** False leaves it for the sweeper to start at once. */
  readonly isLeased?: boolean;
  readonly refundId?: string;
}

export interface Settlement {
  readonly state: Exclude<OperationState, 'unsettled'>;
  readonly refusal?: OperationRefusal;
  readonly trouble?: CallTrouble;
  /** The provider's id that the answer named. */
  readonly providerRef?: string;
  /** Which attempt says so: one that was overtaken by another may not speak of what did not happen. */
  readonly attempt?: number;
}

/** The only code that writes operations. */
@Injectable()
export class OperationsRepository {
  constructor(private readonly database: Database) {}

  /** Null when another operation on the payment is not finished; the caller holds the payment's lock. */
  async insert(tx: Tx, operation: NewOperation): Promise<OperationRow | null> {
    const { paymentId, kind, requestHash, actor, state = 'unsettled', isLeased = true } = operation;
    const { refundId = null, amountMinor = null, isFinal = false, targetRef = null } = operation;
    const keyPrefix = providerKeyPrefix(paymentId, kind);
    const leaseS = isLeased ? LEASE_S : 0;
    const values = [newId(), paymentId, kind, keyPrefix, requestHash, state, actor, leaseS];
    const part = [refundId, amountMinor?.toString() ?? null, isFinal, targetRef];
    const [row] = await tx.query(insert, [...values, ...part]);
    return row ?? null;
  }

  /** False when somebody else settled it meanwhile. */
  async settle(on: Queryable, id: string, settlement: Settlement): Promise<boolean> {
    const { state, refusal, trouble, providerRef, attempt } = settlement;
    const error = [trouble?.code ?? null, trouble?.message ?? null, trouble?.reference ?? null];
    const values = [id, state, refusal ?? null, ...error, providerRef ?? null, attempt ?? null];
    const rows = await on.query(settle, values);
    return rows.length > 0;
  }

  /** On its own, where nothing else has to be written with it. */
  async settleNow(id: string, settlement: Settlement): Promise<boolean> {
    return this.settle(this.database, id, settlement);
  }

  /** Still nobody knows: gives the lease back and looks again later; nothing once somebody else took over. */
  async postpone({ id, attempts }: OperationRow, trouble: CallTrouble): Promise<void> {
    const { code, message, reference } = trouble;
    const pauses = `{${BACKOFF_S.join(',')}}`;
    await this.database.query(postpone, [id, code, message, reference, pauses, attempts]);
  }

  /** Says that the holder of this attempt still works on the operation; nothing once somebody else took over. */
  async renew({ id, attempts }: OperationRow): Promise<void> {
    await this.database.query(renew, [id, LEASE_S, attempts]);
  }

  /** Takes over an operation that nobody works on; null when somebody does or it is settled. */
  async take(id: string): Promise<OperationRow | null> {
    const [row] = await this.database.query(take, [id, LEASE_S]);
    return row ?? null;
  }

  /** Takes up to `limit` operations whose time has come; any number of processes may ask at once. */
  async takeDue(limit: number): Promise<readonly OperationRow[]> {
    return this.database.query(takeDue, [limit, LEASE_S]);
  }

  /** Inside a transaction pass it: a second connection there could starve the pool. */
  async find(id: string, on: Queryable = this.database): Promise<OperationRow | null> {
    const [row] = await on.query(find, [id]);
    return row ?? null;
  }

  /** Whether anybody's capture of the payment was sent, or may have been. */
  async hasCapture(tx: Tx, paymentId: string): Promise<boolean> {
    const [row] = await tx.query(hasCapture, [paymentId]);
    return row?.found ?? false;
  }

  /** Captures of held money that were not refused, finished or not. */
  async findParts(tx: Tx, paymentId: string): Promise<readonly OperationRow[]> {
    return tx.query(findParts, [paymentId]);
  }

  /** About the payment itself. */
  async findUnfinished(
    paymentId: string,
    on: Queryable = this.database,
  ): Promise<OperationRow | null> {
    const [row] = await on.query(findUnfinished, [paymentId]);
    return row ?? null;
  }

  /** The one refund, or cancel of a refund, of the payment that is not finished. */
  async findUnfinishedRefund(
    paymentId: string,
    on: Queryable = this.database,
  ): Promise<OperationRow | null> {
    const [row] = await on.query(findUnfinishedRefund, [paymentId]);
    return row ?? null;
  }
}

/** `v1.<payment>.<kind>.` – with the slot behind it at most 60 characters, and the same over every retry. */
export function providerKeyPrefix(paymentId: string, kind: OperationKind): string {
  return `v1.${hexId(paymentId)}.${kind}.`;
}
