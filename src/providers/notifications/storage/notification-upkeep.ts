import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { jobKeyOf, jobsFor } from './notifications.repository';

/** A job that used up its tries is still there and is never done: it counts as none. */
const requeue = statement<{ id: string }>(
  'requeue-lost-notifications',
  `WITH lost AS (
     SELECT n.id FROM providers.notifications n
     WHERE n.state = 'pending' AND n.next_try_at < now() - $1::int * interval '1 second' AND NOT EXISTS (
       SELECT FROM graphile_worker.jobs j
       WHERE j.key = ${jobKeyOf('n.id')} AND (j.locked_at IS NOT NULL OR j.attempts < j.max_attempts))
     ORDER BY n.next_try_at LIMIT $2
   ), again AS (
     UPDATE providers.notifications n SET next_try_at = now() FROM lost WHERE n.id = lost.id RETURNING n.id
   ), queued AS (${jobsFor({ relation: 'again', delay: '0' })})
   SELECT a.id FROM again a, queued`,
);

const forget = statement<{ id: string }>(
  'forget-notifications',
  `DELETE FROM providers.notifications WHERE id IN (
     SELECT id FROM providers.notifications
     WHERE state IN ('applied', 'ignored') AND created_at < now() - $1::int * interval '1 day' LIMIT $2)
   RETURNING id`,
);

/** What is done to many notifications at a time; each says how many there were. */
@Injectable()
export class NotificationUpkeep {
  constructor(private readonly database: Database) {}

  /** Gives those a new job that are overdue for so long and have none. */
  async requeue({ overdueS, most }: { overdueS: number; most: number }): Promise<number> {
    return (await this.database.query(requeue, [overdueS, most])).length;
  }

  /** Deletes what is done with and that old; what waits for people stays. */
  async forget({ olderThanDays, most }: { olderThanDays: number; most: number }): Promise<number> {
    return (await this.database.query(forget, [olderThanDays, most])).length;
  }
}
