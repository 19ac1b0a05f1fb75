import { Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { type Money } from '../../../shared/money/money';
import { type ChargebackState } from '../domain/chargeback-lifecycle';
import { CHARGEBACK_COLUMNS, type ChargebackRow } from './chargeback.row';
import { StaleWriteError } from './payments.repository';

/** A chargeback as it is from now on, and how that came. */
export interface ChargebackChange {
  readonly state: ChargebackState;
  readonly providerState: string;
  readonly amount: Money;
  readonly takenMinor: bigint;
  /** Whether money moved. */
  readonly isMovement: boolean;
  readonly reason: string | null;
  readonly conflict: string | null;
  readonly captureRef: string | null;
  readonly trigger: string;
  /** What caused it: `notification`, `watch`. */
  readonly cause: string;
  readonly actor: string;
}

export interface NewChargeback extends ChargebackChange {
  readonly id: string;
  readonly paymentId: string;
  readonly account: string;
  readonly providerChargebackId: string;
  readonly openedAt: Date | null;
}

const insertHistory = `INSERT INTO payments.chargeback_changes (chargeback_id, seq, from_state, to_state, trigger,
  provider_state, amount_minor, taken_minor, cause, actor)`;

const insert: Statement<{ row: ChargebackRow }> = statement(
  'insert-chargeback',
  `WITH c AS (
     INSERT INTO payments.chargebacks (id, payment_id, account, provider_chargeback_id, opened_at, state,
       provider_state, amount_minor, currency, taken_minor, movements, reason, conflict, capture_ref)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::boolean::int, $12, $13, $17) RETURNING *
   ), history AS (
     ${insertHistory}
     SELECT id, version, NULL, state, $14, provider_state, amount_minor, taken_minor, $15, $16 FROM c
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${CHARGEBACK_COLUMNS} FROM c) r`,
);

const change: Statement<{ row: ChargebackRow }> = statement(
  'change-chargeback',
  `WITH c AS (
     UPDATE payments.chargebacks SET version = version + 1, updated_at = now(), state = $3, provider_state = $4,
       amount_minor = $5, taken_minor = $6, movements = movements + $7::boolean::int, reason = $8, conflict = $9,
       capture_ref = $14, next_look_at = coalesce(next_look_at, now() + interval '1 day')
     WHERE id = $1 AND version = $2 RETURNING *
   ), history AS (
     ${insertHistory}
     SELECT id, version, $10, state, $11, provider_state, amount_minor, taken_minor, $12, $13 FROM c
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${CHARGEBACK_COLUMNS} FROM c) r`,
);

const find: Statement<{ row: ChargebackRow }> = statement(
  'find-chargeback-of-provider',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${CHARGEBACK_COLUMNS} FROM payments.chargebacks c
     WHERE c.account = $1 AND c.provider_chargeback_id = $2) r`,
);

const refundNamed: Statement<{ id: string }> = statement(
  'find-refund-taken-for-chargeback',
  'SELECT id FROM payments.refunds WHERE account = $1 AND provider_refund_id = $2',
);

/** The only code that writes chargebacks; the caller holds the lock of their payment. */
@Injectable()
export class ChargebacksRepository {
  /** In a statement of its own, after the lock: what was read while waiting for it may be out of date. */
  async find(
    tx: Tx,
    there: { readonly account: string; readonly chargebackId: string },
  ): Promise<ChargebackRow | null> {
    const [found] = await tx.query(find, [there.account, there.chargebackId]);
    return found?.row ?? null;
  }

  /** Whether the provider told of it as a refund before: then its money is booked as one. */
  async isRefund(
    tx: Tx,
    there: { readonly account: string; readonly chargebackId: string },
  ): Promise<boolean> {
    const rows = await tx.query(refundNamed, [there.account, there.chargebackId]);
    return rows.length > 0;
  }

  async insert(tx: Tx, chargeback: NewChargeback): Promise<ChargebackRow> {
    const [inserted] = await tx.query(insert, [
      chargeback.id,
      chargeback.paymentId,
      chargeback.account,
      chargeback.providerChargebackId,
      chargeback.openedAt,
      chargeback.state,
      chargeback.providerState,
      chargeback.amount.minor.toString(),
      chargeback.amount.currency,
      chargeback.takenMinor.toString(),
      chargeback.isMovement,
      chargeback.reason,
      chargeback.conflict,
      chargeback.trigger,
      chargeback.cause,
      chargeback.actor,
      chargeback.captureRef,
    ]);
    if (!inserted) throw new Error(`chargeback ${chargeback.id} was not stored`);
    return inserted.row;
  }

  /** Throws `StaleWriteError` when it is not the version that was read. */
  async change(tx: Tx, before: ChargebackRow, to: ChargebackChange): Promise<ChargebackRow> {
    const [changed] = await tx.query(change, [
      before.id,
      before.version,
      to.state,
      to.providerState,
      to.amount.minor.toString(),
      to.takenMinor.toString(),
      to.isMovement,
      to.reason,
      to.conflict,
      before.state,
      to.trigger,
      to.cause,
      to.actor,
      to.captureRef,
    ]);
    if (!changed) throw new StaleWriteError(`stale write to chargeback ${before.id} refused`);
    return changed.row;
  }
}
