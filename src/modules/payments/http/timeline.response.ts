import { ApiProperty } from '@nestjs/swagger';
import { toTimestamp } from '../../../platform/http/timestamp';
import { type TimelineRow } from '../queries/payment-timeline';

/** One thing that happened. */
export class TimelineEntry {
  @ApiProperty({ description: 'When.', format: 'date-time' })
  at!: string;

  @ApiProperty({
    description:
      '`state`: it moved; `operation`: the provider was asked; `fact`: the provider told about money.',
    enum: ['state', 'operation', 'fact'],
  })
  kind!: string;

  @ApiProperty({ description: 'What, in a word or two.', example: 'paid' })
  what!: string;

  @ApiProperty({ description: 'Who caused it.', type: String, nullable: true, example: 'alice' })
  actor!: string | null;

  @ApiProperty({
    description: 'What else is known, by kind.',
    type: 'object',
    additionalProperties: true,
  })
  details!: Readonly<Record<string, string | number | null>>;
}

/** Everything that happened to a payment, oldest first. */
export class TimelineResponse {
  @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
  type!: 'list';

  @ApiProperty({ description: 'What happened, oldest first.', type: [TimelineEntry] })
  data!: TimelineEntry[];

  @ApiProperty({ description: 'How many entries there are.', type: 'integer', example: 3 })
  count!: number;
}

export function toTimelineResponse(rows: readonly TimelineRow[]): TimelineResponse {
  const data = rows.map((row) => ({ ...row, at: toTimestamp(row.at) }));
  return { type: 'list', data, count: data.length };
}
