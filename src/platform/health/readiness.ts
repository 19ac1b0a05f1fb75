import { type OnModuleDestroy } from '@nestjs/common';
import { type Database } from '../database/database';
import { lacksMigrations } from '../database/migrate';
import { ONLY_READS } from '../database/sql-state';
import { statement } from '../database/statement';
import { databaseUnavailable, shuttingDown } from '../http/http.errors';

const ping = statement<{ is_standby: boolean }>('ping', 'SELECT pg_is_in_recovery() AS is_standby');

/** Whether this process can take requests: its database answers, writes, and has the schema of this version. */
export class Readiness implements OnModuleDestroy {
  /** Nothing undoes a migration under a running process, so a yes is remembered. */
  private isMigrated = false;
  private isEnding = false;

  constructor(private readonly database: Database) {}

  /** From now on it is not ready; requests that come nevertheless are still answered. */
  end(): void {
    this.isEnding = true;
  }

  /** The first that a closing process does. */
  onModuleDestroy(): void {
    this.end();
  }

  /** Throws the reason, with what to do about it, when it is not ready. */
  async check(): Promise<void> {
    if (this.isEnding) {
      const detail = 'The process ends. Send requests to another one.';
      throw shuttingDown(detail, { retryAfterS: 1 });
    }
    const [pinged] = await this.database.query(ping, []);
    if (pinged?.is_standby) {
      await this.leaveStandby();
      throw databaseUnavailable(
        'The database is a standby, which only reads. Promote it, or let DATABASE_URL lead to the primary.',
      );
    }
    this.isMigrated ||= !(await lacksMigrations(this.database));
    if (this.isMigrated) return;
    throw databaseUnavailable(
      'The database lacks migrations of this version. Start one process with MIGRATE_ON_START=true.',
    );
  }

  /**
   * Gives up the connection that the pool hands out first, the one that was just asked: kept in use by our questions, it would
   * lead to the standby long after its name leads to the primary.
   */
  private async leaveStandby(): Promise<void> {
    const refused = Object.assign(new Error('a standby only reads'), { code: ONLY_READS });
    await this.database.inTransaction(() => Promise.reject(refused)).catch(() => undefined);
  }
}
