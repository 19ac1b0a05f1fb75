import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseGauges } from '../metrics/database-gauges';

/** More than there are tasks, so that only a database full of strange ones is cut short. */
const ROWS_MAX = 200;

/** `locked` is a job that somebody works on; `dead` failed at its last try, and only a person can start it again. */
const STATE = `CASE WHEN j.locked_at IS NOT NULL THEN 'running' WHEN j.attempts >= j.max_attempts THEN 'dead'
  WHEN j.run_at > now() THEN 'scheduled' ELSE 'waiting' END`;

/** How long the queue is, for metrics. */
@Injectable()
export class JobGauges implements OnModuleInit {
  constructor(private readonly gauges: DatabaseGauges) {}

  onModuleInit(): void {
    this.gauges.add({
      name: 'kassa_jobs',
      help: 'Jobs in the queue: waiting (due), scheduled (later), running, dead (nobody tries them again).',
      labels: ['task', 'state'],
      sql: `SELECT jsonb_build_object('task', s.task, 'state', s.state) AS labels, count(*) AS value FROM (
        SELECT j.task_identifier AS task, ${STATE} AS state FROM graphile_worker.jobs j
      ) s GROUP BY s.task, s.state ORDER BY count(*) DESC LIMIT ${ROWS_MAX}`,
    });
    this.gauges.add({
      name: 'kassa_jobs_oldest_waiting_seconds',
      help: 'How long the oldest job that is due has waited for a worker; 0 without one.',
      labels: [],
      sql: `SELECT NULL::jsonb AS labels, coalesce(extract(epoch FROM now() - min(j.run_at)), 0) AS value
        FROM graphile_worker.jobs j
        WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at <= now()`,
    });
  }
}
