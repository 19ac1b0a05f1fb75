import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access';
import { Database } from '../database/database';
import { lacksMigrations } from '../database/migrate';
import { statement } from '../database/statement';
import { Documented } from '../http/documented';
import { databaseUnavailable } from '../http/http.errors';
import { HealthResponse } from './health.response';

const answer = (description: string) => ({
  status: 200,
  description,
  type: HealthResponse,
  example: { status: 'ok' },
});

const ping = statement<{ ok: number }>('ping', 'SELECT 1 AS ok');

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  /** Nothing undoes a migration under a running process, so a yes is remembered. */
  private isMigrated = false;

  constructor(private readonly database: Database) {}

  @Get('live')
  @Documented({
    operationId: 'getLiveness',
    summary: 'Is the process alive?',
    description: 'Answers without asking anything else; restart the process when it does not.',
    answers: [answer('It is.')],
    isPublic: true,
  })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Documented({
    operationId: 'getReadiness',
    summary: 'Can the process take requests?',
    description: 'Asks the database; send requests elsewhere while it does not answer.',
    answers: [answer('It can.')],
    errors: [databaseUnavailable],
    isPublic: true,
  })
  async ready(): Promise<HealthResponse> {
    await this.database.query(ping, []);
    this.isMigrated ||= !(await lacksMigrations(this.database));
    if (!this.isMigrated) {
      throw databaseUnavailable(
        'The database lacks migrations of this version. Start one process with MIGRATE_ON_START=true.',
      );
    }
    return { status: 'ok' };
  }
}
