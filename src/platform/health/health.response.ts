import { ApiProperty } from '@nestjs/swagger';
import { type BrowserOrigin } from '../pdf/found-browser';

/** Whether the process works. */
export class HealthResponse {
  @ApiProperty({ description: 'Always `ok`; trouble is an error.', enum: ['ok'] })
  status!: 'ok';
}

/** Whether the process can take requests, and what it has at hand. */
export class ReadinessResponse extends HealthResponse {
  @ApiProperty({
    description:
      'Where the browser that prints PDFs was found: named by the setting, on the machine, in `.cache/browsers`, in an npm package; null without one, when everything but PDFs works.',
    type: String,
    enum: ['setting', 'system', 'cache', 'package', null],
    nullable: true,
  })
  pdf_browser!: BrowserOrigin | null;
}
