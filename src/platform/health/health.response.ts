import { ApiProperty } from '@nestjs/swagger';

/** Whether the process works. */
export class HealthResponse {
  @ApiProperty({ description: 'Always `ok`; trouble is an error.', enum: ['ok'] })
  status!: 'ok';
}
