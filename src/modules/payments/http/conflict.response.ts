import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

const nullable = (description: string, example: string | null = null) => ({
  description,
  type: String,
  nullable: true,
  example,
});

/** Something in which we and the provider disagree about a payment, or once did. */
export class ConflictResponse {
  @ApiProperty({ description: 'Id of the conflict.', example: exampleIds.conflict })
  id!: string;

  @ApiProperty({ description: 'Always `conflict`.', enum: ['conflict'] })
  type!: 'conflict';

  @ApiProperty({ description: 'The payment.', example: exampleIds.paidPaypro })
  payment!: string;

  @ApiProperty({ description: 'What is wrong, in a word.', example: 'paid_after_canceled' })
  code!: string;

  @ApiProperty(
    nullable(
      'What of the payment it is about: our id of a refund, or the provider’s of a capture; null for the payment as a whole.',
    ),
  )
  about!: string | null;

  @ApiProperty(
    nullable(
      'What the provider showed. Other evidence of the same is another conflict. Null where it was found before evidence was kept.',
      'paid, captured EUR 10.00',
    ),
  )
  evidence!: string | null;

  @ApiProperty({
    description:
      'What brought the reading: `api`, `refresh`, `notification`, `watch`, `sweeper`, …',
    example: 'refresh',
  })
  cause!: string;

  @ApiProperty({ description: 'Whose request that was; `kassa` for none.', example: 'demo-staff' })
  created_by!: string;

  @ApiProperty({ description: 'When it was found.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ ...nullable('When it ended; null while it is open.'), format: 'date-time' })
  closed_at!: string | null;

  @ApiProperty(nullable('Who closed it, or whose reading showed that it is over.'))
  closed_by!: string | null;

  @ApiProperty(nullable('Why a person closed it; null where a right reading ended it.'))
  note!: string | null;
}
