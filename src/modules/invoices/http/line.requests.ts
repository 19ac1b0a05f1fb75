import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type VatCategory } from '../domain/invoice-document';
import { VAT_CATEGORIES } from '../domain/vat-categories';

/** One thing that is invoiced. Read by `readLines`, which names every mistake of every line. */
export class InvoiceLineRequest {
  @ApiProperty({
    description: 'What it is, for the tax office too. At most 10 line breaks.',
    maxLength: 500,
    example: 'Premium plan',
  })
  description!: string;

  @ApiPropertyOptional({
    description: 'How many, above 0, at most 6 decimals. Left out: 1.',
    type: String,
    default: '1',
    example: '1.5',
  })
  quantity?: string;

  @ApiPropertyOptional({
    description: 'Of what, such as `hour` or `month`; null where pieces are counted.',
    type: String,
    nullable: true,
    maxLength: 30,
    example: 'month',
  })
  unit?: string | null;

  @ApiProperty({
    description: 'Price of one in major units, at most 6 decimals: `"82.50"` is EUR 82.50.',
    type: String,
    example: '82.50',
  })
  unit_price!: string;

  @ApiPropertyOptional({ description: 'Whether `unit_price` holds the VAT.', default: false })
  price_includes_vat?: boolean;

  @ApiPropertyOptional({
    description:
      'S standard or reduced rate, Z zero rate, E exempt, AE reverse charge, K intra-Community supply, G export, ' +
      'O outside the VAT (EN 16931).',
    enum: VAT_CATEGORIES,
    default: 'S',
  })
  vat_category?: VatCategory;

  @ApiPropertyOptional({
    description: 'Percent, at most 2 decimals; needed for category S, `"0"` for all others.',
    type: String,
    example: '21',
  })
  vat_rate?: string;
}

/** What to take back of a line. */
export class CreditLineRequest {
  @ApiProperty({ description: 'Number of the line.', type: 'integer', minimum: 1, example: 1 })
  line!: number;

  @ApiPropertyOptional({
    description: 'How many of it; left out: all that is left.',
    type: String,
    nullable: true,
    example: '1',
  })
  quantity?: string | null;
}
