import { type Queryable } from '../database/database';
import { statement } from '../database/statement';

/** Transactions that a server can count before its epoch, the upper half of their number, goes up by one. */
const EPOCH_BITS = 32n;

interface Ahead {
  /** The largest number that is stored here. */
  readonly stored: string;
  /** What the server comes to next. */
  readonly next: string;
}

/**
 * What is read here was committed, so on its own server its number is below the next one, whatever still runs and after
 * any crash. Webhooks keep their place in the feed in the same numbers.
 */
const findAhead = statement<Ahead>(
  'find-transactions-ahead',
  `SELECT s.tx::text AS stored, pg_snapshot_xmax(pg_current_snapshot())::text AS next FROM (
     (SELECT e.tx_id AS tx FROM platform.events e ORDER BY e.tx_id DESC, e.id DESC LIMIT 1)
     UNION ALL SELECT r.tx_id FROM webhooks.relay r
     UNION ALL SELECT pg_snapshot_xmin(p.made_at_snapshot) FROM webhooks.endpoints p
   ) s WHERE s.tx >= pg_snapshot_xmax(pg_current_snapshot()) ORDER BY s.tx DESC LIMIT 1`,
);

export interface Move {
  readonly message: string;
  readonly cure: string;
}

/**
 * Events are read in the order of their transactions' numbers, which each server counts for itself. A dump takes them to
 * one that counts from the beginning: there all that is new comes before what was read long ago, and nobody is told of it.
 */
export async function findMove(on: Queryable): Promise<Move | null> {
  const [ahead] = await on.query(findAhead, []);
  if (ahead === undefined) return null;
  const { stored, next } = ahead;
  const epoch = (BigInt(stored) >> EPOCH_BITS) + 1n;
  return {
    message:
      'This database was restored on another server: its events carry transaction numbers ' +
      `up to ${stored}, and this server is only at ${next}. New events would reach nobody.`,
    cure:
      `Stop the PostgreSQL server, run pg_resetwal -e ${epoch} with its data folder, and start it ` +
      'again; first read "Moving to another server" in docs/operations.md.',
  };
}

export async function refuseMove(on: Queryable): Promise<void> {
  const move = await findMove(on);
  if (move !== null) throw new Error(`${move.message} ${move.cure}`);
}
