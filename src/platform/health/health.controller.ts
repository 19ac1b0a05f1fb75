import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access';
import { Documented } from '../http/documented';
import { databaseUnavailable, shuttingDown } from '../http/http.errors';
import { PdfRenderer } from '../pdf/pdf-renderer';
import { HealthResponse, ReadinessResponse } from './health.response';
import { Readiness } from './readiness';

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

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
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
    description:
      'Asks the database; send requests elsewhere while it does not answer or only reads, or while the process ends.',
    answers: [READY],
    errors: [databaseUnavailable, shuttingDown],
    isPublic: true,
  })
  async ready(): Promise<ReadinessResponse> {
    await this.readiness.check();
    return { status: 'ok', pdf_browser: await this.pdf.findBrowser() };
  }
}
