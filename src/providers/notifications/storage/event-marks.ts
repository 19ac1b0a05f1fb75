import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** How far a provider's list of events was read, on the database's clock; never in the future. */
export interface EventMark {
  /** Null before the first look. */
  readonly readUntil: Date | null;
  /** Where a reading that did not reach the end goes on; null when the last one did. */
  readonly resumeFrom: Date | null;
  readonly now: Date;
}

/** The clock of a process may be fast, and a mark in the future would keep everybody from reading until then. */
const find = statement<EventMark>(
  'find-event-mark',
  `SELECT CASE WHEN read_until IS NOT NULL THEN least(read_until, now()) END AS "readUntil",
     CASE WHEN resume_from IS NOT NULL THEN least(resume_from, now()) END AS "resumeFrom", now() AS now
   FROM (SELECT $1::text AS account) a LEFT JOIN providers.event_marks m USING (account)`,
);

const finish = statement<never>(
  'finish-event-mark',
  `INSERT INTO providers.event_marks AS m (account, read_until) VALUES ($1, least($2::timestamptz, now()))
   ON CONFLICT (account) DO UPDATE SET read_until = least(greatest(m.read_until, excluded.read_until), now()),
     resume_from = NULL`,
);

const move = statement<never>(
  'move-event-mark',
  `INSERT INTO providers.event_marks AS m (account, read_until, resume_from)
   VALUES ($1, least($2::timestamptz, now()), least($2::timestamptz, now()))
   ON CONFLICT (account) DO UPDATE SET read_until = least(greatest(m.read_until, excluded.read_until), now()),
     resume_from = excluded.resume_from`,
);

/** Remembers for each account how far its list of events was read. */
@Injectable()
export class EventMarks {
  constructor(private readonly database: Database) {}

  async find(account: string): Promise<EventMark> {
    const [mark] = await this.database.query(find, [account]);
    if (!mark) throw new Error('the database told no time');
    return mark;
  }

  /** The list was read to its end. */
  async finish(account: string, until: Date): Promise<void> {
    await this.database.query(finish, [account, until]);
  }

  /** The list was read until then, and there is more of it. */
  async move(account: string, until: Date): Promise<void> {
    await this.database.query(move, [account, until]);
  }
}
