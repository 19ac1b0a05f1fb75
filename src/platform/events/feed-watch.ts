import { type Database } from '../database/database';
import { statement } from '../database/statement';
import { type Logger } from '../logging/log';

/** Transactions of ours take milliseconds: whoever is waited for this long was forgotten. */
const HELD_S = 60;
/** A small question each time, and early enough beside the minute that has passed by then. */
const LOOK_PAUSE_MS = 10_000;
/** Who was told has to find the transaction first. */
const WARNED_PAUSE_MS = 60_000;

interface HeldEvent {
  readonly seconds: number;
  /** Whose end is waited for, as `backend_xid` has it; `backend_xmin` shows who waits, too. */
  readonly transaction: string;
}

const findHeld = statement<HeldEvent>(
  'find-held-event',
  `SELECT extract(epoch FROM now() - e.created_at)::int AS seconds,
     pg_snapshot_xmin(pg_current_snapshot())::xid::text AS transaction
   FROM (SELECT created_at FROM platform.events WHERE tx_id >= pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY tx_id, id LIMIT 1) e
   WHERE e.created_at < now() - $1::int * interval '1 second'`,
);

/**
 * Readers of the feed wait for every transaction that writes, in whichever database of the server it runs: one
 * that is left open anywhere makes the feed and all webhooks stand still, and nothing else shows it.
 */
export class FeedWatch {
  private nextLookMs = 0;

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
    private readonly nowMs: () => number,
  ) {}

  /** Cheap to call again and again: it looks only now and then. */
  async look(): Promise<void> {
    const nowMs = this.nowMs();
    if (nowMs < this.nextLookMs) return;
    const [held] = await this.database.query(findHeld, [HELD_S]);
    this.nextLookMs = nowMs + (held ? WARNED_PAUSE_MS : LOOK_PAUSE_MS);
    if (!held) return;
    this.log.warn(
      { seconds: held.seconds, transaction: held.transaction },
      'events wait for a transaction that is still open somewhere on the database server: look for its number ' +
        'in backend_xid of pg_stat_activity, and in pg_prepared_xacts',
    );
  }
}
