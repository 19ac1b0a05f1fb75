import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';
import { CHARGEBACK_STATES, type ChargebackState } from '../domain/chargeback-lifecycle';

const nullable = (description: string, example: string | null = null) => ({
  description,
  type: String,
  nullable: true,
  example,
});

const integer = (description: string, example: number) => ({
  description,
  type: 'integer' as const,
  example,
});

const time = (description: string) => ({ description, format: 'date-time' });

/** Where to go from a chargeback. */
export class ChargebackLinks {
  @ApiProperty({ description: 'This chargeback.', format: 'uri' })
  self!: string;

  @ApiProperty({ description: 'The payment that it is of.', format: 'uri' })
  payment!: string;
}

/** Money that a payer, or the payer’s bank, takes back. */
export class ChargebackResponse {
  @ApiProperty({ description: 'Id of the chargeback.', example: 'chg_01kajwhz00e008000000000061' })
  id!: string;

  @ApiProperty({ description: 'Always `chargeback`.', enum: ['chargeback'] })
  type!: 'chargeback';

  @ApiProperty({
    description: 'The payment that it is of; that one stays `paid`.',
    example: exampleIds.paidPaypal,
  })
  payment!: string;

  @ApiProperty({ description: 'The provider account that told of it.', example: 'paypal' })
  provider!: string;

  @ApiProperty({ description: 'The provider’s id of it.', example: 'PP-D-27803' })
  provider_chargeback_id!: string;

  @ApiProperty({
    description:
      '`open`: not decided; `lost`: the payer keeps the money; `won`: you do. An appeal opens it again.',
    enum: CHARGEBACK_STATES,
  })
  state!: ChargebackState;

  @ApiProperty({ description: 'The provider’s own word for the state.', example: 'UNDER_REVIEW' })
  provider_state!: string;

  @ApiProperty(integer('What it is about, in minor units.', 500))
  amount!: number;

  @ApiProperty({ description: 'The same as a decimal.', example: '5.00' })
  amount_decimal!: string;

  @ApiProperty(
    integer(
      'What it has taken from your account at the provider as of now, in minor units; the ledger follows it. At ' +
        'PayPal the money of a dispute goes by a reversal, which is a chargeback of its own: sum up this, not `amount`.',
      0,
    ),
  )
  taken_amount!: number;

  @ApiProperty({ description: 'The same as a decimal.', example: '0.00' })
  taken_amount_decimal!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty(nullable('The provider’s word for why.', 'UNAUTHORISED'))
  reason!: string | null;

  @ApiProperty(
    nullable('Set when what the provider shows does not fit the payment; a person must look.'),
  )
  conflict!: string | null;

  @ApiProperty({ ...nullable('When it began, by the provider’s word.'), format: 'date-time' })
  opened_at!: string | null;

  @ApiProperty(time('When we heard of it.'))
  created_at!: string;

  @ApiProperty(time('When it last changed.'))
  updated_at!: string;

  @ApiProperty({ description: 'Where to go from here.' })
  _links!: ChargebackLinks;
}
