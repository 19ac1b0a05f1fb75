import { ApiProperty } from '@nestjs/swagger';

const nullableTime = (description: string) => ({
  description,
  type: String,
  nullable: true,
  format: 'date-time',
  example: null,
});

/** Money that the provider holds until it is captured or set free. */
export class AuthorizationResponse {
  @ApiProperty({ description: 'The provider’s id of it.', example: '0AW2184448108334S' })
  id!: string;

  @ApiProperty({
    description: 'What was held, in minor units.',
    type: 'integer',
    example: 1000,
  })
  amount!: number;

  @ApiProperty({ description: 'The same as a decimal text.', example: '10.00' })
  amount_decimal!: string;

  @ApiProperty({
    description: 'What can still be captured; 0 once the hold is over.',
    type: 'integer',
    example: 600,
  })
  capturable_amount!: number;

  @ApiProperty({ description: 'The same as a decimal text.', example: '6.00' })
  capturable_amount_decimal!: string;

  @ApiProperty(
    nullableTime(
      'Until then the provider vouches for the money; renew it afterwards, or risk a refusal.',
    ),
  )
  honored_until!: string | null;

  @ApiProperty(nullableTime('Then what was not captured is free again.'))
  expires_at!: string | null;
}
