import { Injectable } from '@nestjs/common';
import { type Queryable, type Tx } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { type DomainEvent, eventRows, insertEventsSql } from '../../../platform/events/events';
import { type Money } from '../../../shared/money/money';
import { type RefundState } from '../domain/refund-lifecycle';
import { StaleWriteError } from './payments.repository';
import { REFUND_COLUMNS, type RefundOrigin, type RefundRow } from './refund.row';

export interface NewRefund {
  readonly id: string;
  readonly paymentId: string;
  readonly account: string;
  readonly amount: Money;
  readonly captureRef: string | null;
  readonly origin: RefundOrigin;
  readonly description: string | null;
  readonly reason: string | null;
  readonly accountHolderName: string | null;
  readonly iban: string | null;
  readonly actor: string;
  readonly events: readonly DomainEvent[];
}

/** A pending refund holds its amount back from the payment at once, whoever made it. */
const insert: Statement<{ row: RefundRow }> = statement(
  'insert-refund',
  `WITH r AS (
     INSERT INTO payments.refunds (id, payment_id, account, amount_minor, currency, capture_ref, origin, description,
       reason, account_holder_name, iban, created_by, next_look_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now() + interval '2 minutes') RETURNING *
   ), reserved AS (
     UPDATE payments.payments p SET refund_reserved_minor = p.refund_reserved_minor + r.amount_minor,
       version = p.version + 1, updated_at = now() FROM r WHERE p.id = r.payment_id
   ), history AS (
     INSERT INTO payments.refund_changes (refund_id, seq, to_state, cause, actor)
     SELECT id, version, state, origin, created_by FROM r
   ), told AS (${insertEventsSql('$13')})
   SELECT row_to_json(s) AS row FROM (SELECT ${REFUND_COLUMNS} FROM r) s`,
);

/** The amount leaves the reservation when the refund ends, and counts as refunded when that end is `refunded`. */
const change: Statement<{ row: RefundRow }> = statement(
  'change-refund',
  `WITH old AS (
     SELECT state FROM payments.refunds WHERE id = $1 AND version = $2
   ), r AS (
     UPDATE payments.refunds SET
       state = coalesce($3, state), version = version + 1, updated_at = now(),
       provider_refund_id = coalesce(provider_refund_id, $4), provider_state = coalesce($5, provider_state),
       capture_ref = coalesce(capture_ref, $6), error_code = coalesce($7, error_code),
       error_message = coalesce($8, error_message),
       refunded_at = CASE WHEN $3 = 'refunded' THEN now() ELSE refunded_at END,
       account_holder_name = CASE WHEN $4 IS NULL AND $3 IS NULL THEN account_holder_name END,
       iban = CASE WHEN $4 IS NULL AND $3 IS NULL THEN iban END
     WHERE id = $1 AND version = $2 RETURNING *
   ), moved AS (
     UPDATE payments.payments p SET
       refund_reserved_minor = p.refund_reserved_minor
         - CASE WHEN old.state = 'pending' AND r.state <> 'pending' THEN r.amount_minor ELSE 0 END,
       refunded_minor = p.refunded_minor
         + CASE WHEN old.state <> 'refunded' AND r.state = 'refunded' THEN r.amount_minor ELSE 0 END,
       conflict = coalesce($9, p.conflict), version = p.version + 1, updated_at = now()
     FROM r, old WHERE p.id = r.payment_id AND (old.state <> r.state OR $9::text IS NOT NULL)
   ), history AS (
     INSERT INTO payments.refund_changes (refund_id, seq, from_state, to_state, cause, actor, operation_id)
     SELECT r.id, r.version, old.state, r.state, $10, $11, $12::uuid FROM r, old WHERE old.state <> r.state
   ), told AS (${insertEventsSql('$13')} WHERE EXISTS (SELECT FROM r)
   )
   SELECT row_to_json(s) AS row FROM (SELECT ${REFUND_COLUMNS} FROM r) s`,
);

export interface RefundChange {
  /** The new state; left out when it stays. */
  readonly to?: RefundState | null;
  readonly providerRefundId?: string | null;
  readonly providerState?: string | null;
  readonly captureRef?: string | null;
  readonly error?: { readonly code: string; readonly message: string };
  /** The one that the payment shows from now on, where this found any. */
  readonly conflict?: string | null;
  /** What caused it: `api`, `refresh`, `notification`, `sweeper`, `watch`, `review`. */
  readonly cause: string;
  readonly actor: string;
  readonly operationId?: string | null;
  /** What is told about it; their reactions are the caller's to run. */
  readonly events: readonly DomainEvent[];
}

const lockedFor = statement<{ row: RefundRow }>(
  'read-refunds-of-locked-payment',
  `SELECT row_to_json(s) AS row FROM (
     SELECT ${REFUND_COLUMNS} FROM payments.refunds r WHERE r.payment_id = $1 ORDER BY r.created_at, r.id) s`,
);

const room = statement<RefundRoom>(
  'read-refund-room',
  `SELECT p.refund_reserved_minor::text AS reserved_minor, (
     SELECT coalesce(sum(c.taken_minor), 0)::text FROM payments.chargebacks c
     WHERE c.payment_id = p.id AND c.currency = p.currency) AS charged_back_minor, (
     SELECT coalesce(sum(c.movements), 0)::int FROM payments.chargebacks c
     WHERE c.payment_id = p.id AND c.currency = p.currency) AS charged_back_moves, (
     SELECT coalesce(json_agg(json_build_object('ref', f.ref, 'left_minor', (f.amount_minor - coalesce((
         SELECT sum(x.amount_minor) FROM payments.refunds x WHERE x.payment_id = p.id AND x.capture_ref = f.ref
           AND x.state IN ('pending', 'refunded')), 0) - coalesce((
         SELECT sum(b.taken_minor) FROM payments.chargebacks b WHERE b.payment_id = p.id AND b.capture_ref = f.ref
           AND b.currency = p.currency), 0))::text) ORDER BY f.seen_at, f.ref), '[]')
     FROM (SELECT ref, max(amount_minor) AS amount_minor, min(seen_at) AS seen_at FROM payments.facts
           WHERE payment_id = p.id AND kind = 'capture' AND state = 'completed' AND problem IS NULL
             AND currency = p.currency GROUP BY ref) f) AS captures
   FROM payments.payments p WHERE p.id = $1`,
);

/** What of a payment's money can still go back. */
export interface RefundRoom {
  /** Held back for refunds that are under way. */
  readonly reserved_minor: string;
  /** What chargebacks have taken, in the currency of the payment. */
  readonly charged_back_minor: string;
  /** How often money was taken or came back by them. */
  readonly charged_back_moves: number;
  /** The captures that took the money, oldest first, and what is left of each. */
  readonly captures: readonly { readonly ref: string; readonly left_minor: string }[];
}

/** The only code that writes refunds; the caller holds the lock of their payment. */
@Injectable()
export class RefundsRepository {
  async insert(tx: Tx, refund: NewRefund): Promise<RefundRow> {
    const [inserted] = await tx.query(insert, [
      refund.id,
      refund.paymentId,
      refund.account,
      refund.amount.minor.toString(),
      refund.amount.currency,
      refund.captureRef,
      refund.origin,
      refund.description,
      refund.reason,
      refund.accountHolderName,
      refund.iban,
      refund.actor,
      eventRows(refund.events),
    ]);
    if (!inserted) throw new Error(`refund ${refund.id} was not stored`);
    return inserted.row;
  }

  /** Throws `StaleWriteError` when it is not the version that was read. */
  async change(tx: Tx, refund: RefundRow, to: RefundChange): Promise<RefundRow> {
    const [changed] = await tx.query(change, [
      refund.id,
      refund.version,
      to.to ?? null,
      to.providerRefundId ?? null,
      to.providerState ?? null,
      to.captureRef ?? null,
      to.error?.code ?? null,
      to.error?.message ?? null,
      to.conflict ?? null,
      to.cause,
      to.actor,
      to.operationId ?? null,
      eventRows(to.events),
    ]);
    if (!changed) throw new StaleWriteError(`stale write to refund ${refund.id} refused`);
    return changed.row;
  }

  /** All refunds of a payment, oldest first. */
  async allOf(on: Queryable, paymentId: string): Promise<readonly RefundRow[]> {
    const rows = await on.query(lockedFor, [paymentId]);
    return rows.map(({ row }) => row);
  }

  /** In a statement of its own, after the lock: what was read while waiting for it may be out of date. */
  async room(tx: Tx, paymentId: string): Promise<RefundRoom> {
    const [found] = await tx.query(room, [paymentId]);
    if (!found) throw new Error(`payment ${paymentId} vanished`);
    return found;
  }
}
