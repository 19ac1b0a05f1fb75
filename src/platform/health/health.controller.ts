import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access';
import { Database } from '../database/database';
import { lacksMigrations } from '../database/migrate';
import { statement } from '../database/statement';
import { Documented } from '../http/documented';
import { databaseUnavailable } from '../http/http.errors';
import { PdfRenderer } from '../pdf/pdf-renderer';
import { HealthResponse, ReadinessResponse } from './health.response';

const ALIVE = {
  status: 200,
  description: 'It is.',
  type: HealthResponse,
  example: { status: 'ok' },
};
const READY = {
  status: 200,
  description: 'It can.',
  type: ReadinessResponse,
  example: { status: 'ok', pdf_browser: 'system' },
};

const ping = statement<{ ok: number }>('ping', 'SELECT 1 AS ok');

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  /** Nothing undoes a migration under a running process, so a yes is remembered. */
  private isMigrated = false;

  constructor(
    private readonly database: Database,
    private readonly pdf: PdfRenderer,
  ) {}

  @Get('live')
  @Documented({
    operationId: 'getLiveness',
    summary: 'Is the process alive?',
    description: 'Answers without asking anything else; restart the process when it does not.',
    answers: [ALIVE],
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
    answers: [READY],
    errors: [databaseUnavailable],
    isPublic: true,
  })
  async ready(): Promise<ReadinessResponse> {
    await this.database.query(ping, []);
    this.isMigrated ||= !(await lacksMigrations(this.database));
    if (!this.isMigrated) {
      throw databaseUnavailable(
        'The database lacks migrations of this version. Start one process with MIGRATE_ON_START=true.',
      );
    }
    return { status: 'ok', pdf_browser: await this.pdf.findBrowser() };
  }
}
