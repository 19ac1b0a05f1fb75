import { ApiProperty } from '@nestjs/swagger';
import { type SeriesReport } from '../queries/number-report';

/** The numbers of one series in one year. */
export class SeriesReportResponse {
  @ApiProperty({ description: 'Name of the series.', example: 'INV' })
  series!: string;

  @ApiProperty({ description: 'Year of the numbers.', type: 'integer', example: 2026 })
  year!: number;

  @ApiProperty({ description: 'The highest number that was drawn.', type: 'integer', example: 42 })
  last_number!: number;

  @ApiProperty({ description: 'Documents with a number of it.', type: 'integer', example: 42 })
  issued!: number;

  @ApiProperty({
    description: 'Numbers without a document, at most 100.',
    type: 'array',
    items: { type: 'integer' },
    example: [],
  })
  missing!: number[];

  @ApiProperty({ description: 'Whether 1 to `last_number` are all there, each once.' })
  is_complete!: boolean;
}

/** What the tax office asks for: that no number is missing. */
export class NumbersResponse {
  @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
  type!: 'list';

  @ApiProperty({ description: 'One entry per series and year.', type: [SeriesReportResponse] })
  data!: SeriesReportResponse[];

  @ApiProperty({ description: 'How many there are.', type: 'integer', example: 1 })
  count!: number;
}

export function toNumbersResponse(reports: readonly SeriesReport[]): NumbersResponse {
  const data = reports.map(({ series, year, last_number, issued, missing, beyond }) => ({
    series,
    year,
    last_number,
    issued,
    missing: [...missing],
    is_complete: issued === last_number && missing.length === 0 && beyond === 0,
  }));
  return { type: 'list', data, count: data.length };
}
