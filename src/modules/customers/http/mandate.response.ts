import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

/** Where to go from a mandate. */
export class MandateLinks {
  @ApiProperty({
    description: 'This mandate; the list of them while its id is not known.',
    format: 'uri',
  })
  self!: string;

  @ApiProperty({ description: 'Who gave it.', format: 'uri' })
  customer!: string;
}

/** A standing permission to charge a customer without a redirect, as its provider shows it. */
export class MandateResponse {
  @ApiProperty({
    description: 'The provider’s id; null while nobody knows whether it was made.',
    type: String,
    nullable: true,
    example: 'MD6ULYXJ4HP9RJ',
  })
  id!: string | null;

  @ApiProperty({ description: 'Always `mandate`.', enum: ['mandate'] })
  type!: 'mandate';

  @ApiProperty({ description: 'The provider account that holds it.', example: 'paypro' })
  provider!: string;

  @ApiProperty({ description: 'Who gave it.', example: exampleIds.customer })
  customer!: string;

  @ApiProperty({
    description:
      'Only an `approved` one can be charged. `unknown`: a word of the provider that we do not know; ' +
      '`unsettled`: nobody knows whether it was made.',
    enum: ['pending', 'approved', 'unknown', 'unsettled'],
  })
  state!: 'pending' | 'approved' | 'unknown' | 'unsettled';

  @ApiProperty({
    description: 'The provider’s word for the state.',
    type: String,
    nullable: true,
    example: 'approved',
  })
  provider_state!: string | null;

  @ApiProperty({
    description: 'How it is charged.',
    type: String,
    nullable: true,
    example: 'direct-debit',
  })
  pay_method!: string | null;

  @ApiProperty({
    description: 'When it was made, by the provider’s word.',
    type: String,
    nullable: true,
    format: 'date-time',
  })
  created_at!: string | null;

  @ApiProperty({ description: 'Addresses of related resources.' })
  _links!: MandateLinks;
}
