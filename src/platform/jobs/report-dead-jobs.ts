import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database';
import { statement } from '../database/statement';
import { toTimestamp } from '../http/timestamp';
import { Logger } from '../logging/log';
import { Jobs } from './jobs';

const REPORT_DEAD_JOBS = 'report-dead-jobs';

/** Often enough for an alarm, and rarely enough to be read. */
const EVERY_TEN_MINUTES = '*/10 * * * *';
/** Lines of one round: more than there are tasks, so that only a database full of strange ones is cut short. */
const TASKS_MAX = 50;

interface DeadJobs {
  readonly task: string;
  readonly count: number;
  readonly oldest: string;
}

/** One that is locked is at its last try. */
const findDead = statement<DeadJobs>(
  'find-dead-jobs',
  `SELECT j.task_identifier AS task, count(*)::int AS count, to_json(min(j.created_at)) #>> '{}' AS oldest
   FROM graphile_worker.jobs j WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL
   GROUP BY j.task_identifier ORDER BY min(j.created_at) LIMIT $1`,
);

/**
 * A job that failed at its last try stays where it is and nobody tries it again: staff have to hear of it for as
 * long as it is there, because only they can mend what is broken and let it be tried once more.
 */
@Injectable()
export class ReportDeadJobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.every({ task: REPORT_DEAD_JOBS, cron: EVERY_TEN_MINUTES }, () => this.report());
  }

  /** Names and numbers only: what a job carries may be about people. */
  private async report(): Promise<void> {
    for (const { task, count, oldest } of await this.database.query(findDead, [TASKS_MAX])) {
      const fields = { task, count, oldest: toTimestamp(oldest) };
      this.log.error(fields, 'jobs failed at their last try and are not tried again');
    }
  }
}
