import { type Tx } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { newId } from '../../../shared/id';
import { type ConflictPlan, type KnownConflict } from '../domain/conflicts';

/** A conflict as the database hands it over. */
export interface ConflictRow {
  readonly id: string;
  readonly payment_id: string;
  readonly code: string;
  readonly about: string;
  readonly evidence: string | null;
  readonly cause: string;
  readonly actor: string;
  readonly created_at: string;
  readonly closed_at: string | null;
  readonly closed_by: string | null;
  readonly note: string | null;
}

/** SELECT list of `ConflictRow` over an alias `k`. */
export const CONFLICT_COLUMNS = `
  k.id, k.payment_id, k.code, k.about, k.evidence, k.cause, k.actor, k.created_at, k.closed_at, k.closed_by, k.note`;

const allOf = statement<KnownConflict & { readonly id: string }>(
  'read-conflicts-of-locked-payment',
  `SELECT id, code, about, evidence, CASE WHEN closed_at IS NULL THEN 'open'
     WHEN note IS NULL THEN 'ended_by_reading' ELSE 'closed_by_person' END AS state
   FROM payments.conflicts WHERE payment_id = $1 ORDER BY created_at, id`,
);

const insert = statement<never>(
  'insert-conflict',
  `INSERT INTO payments.conflicts (id, payment_id, code, about, evidence, cause, actor)
   VALUES ($1, $2, $3, $4, $5, $6, $7)`,
);

const close = statement<{ id: string }>(
  'close-conflict',
  `UPDATE payments.conflicts SET closed_at = clock_timestamp(), closed_by = $2, note = $3
   WHERE id = $1 AND closed_at IS NULL RETURNING id`,
);

/** All conflicts that a payment ever had, oldest first; the caller holds its lock. */
export function conflictsOf(
  tx: Tx,
  paymentId: string,
): Promise<readonly (KnownConflict & { readonly id: string })[]> {
  return tx.query(allOf, [paymentId]);
}

/** Keeps what was found and ends what is over. What the payment shows of it is the caller's to write. */
export async function keepConflicts(
  tx: Tx,
  { found, adopted, ended }: Pick<ConflictPlan, 'found' | 'adopted' | 'ended'>,
  by: { readonly paymentId: string; readonly cause: string; readonly actor: string },
): Promise<void> {
  const older = adopted === null ? [] : [{ code: adopted, about: '', evidence: null }];
  for (const { code, about, evidence } of [...older, ...found]) {
    await tx.query(insert, [newId(), by.paymentId, code, about, evidence, by.cause, by.actor]);
  }
  for (const id of ended) await closeConflict(tx, id, { by: by.actor, note: null });
}

/** Throws when it was closed before: the caller holds the lock of its payment, and read it under that. */
export async function closeConflict(
  tx: Tx,
  id: string,
  { by, note }: { readonly by: string; readonly note: string | null },
): Promise<void> {
  const [closed] = await tx.query(close, [id, by, note]);
  if (!closed) throw new Error(`conflict ${id} was closed before`);
}
