import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';
import { REFUND_STATES, type RefundState } from '../domain/refund-lifecycle';
import { OperationResponse, PaymentErrorResponse } from './payment.response';

const nullable = (description: string, example: string | null = null) => ({
  description,
  type: String,
  nullable: true,
  example,
});

export class RefundLinks {
  @ApiProperty({ description: 'The refund itself.', format: 'uri' })
  self!: string;

  @ApiProperty({ description: 'The payment that it belongs to.', format: 'uri' })
  payment!: string;

  @ApiProperty({
    ...nullable('Where it can be called off; null once that is too late.'),
    format: 'uri',
  })
  cancel!: string | null;
}

/** Money of a payment that goes back to the payer. */
export class RefundResponse {
  @ApiProperty({ description: 'Id of the refund.', example: exampleIds.refund })
  id!: string;

  @ApiProperty({ description: 'Always `refund`.', enum: ['refund'] })
  type!: 'refund';

  @ApiProperty({ description: 'The payment.', example: exampleIds.paidPaypal })
  payment!: string;

  @ApiProperty({ description: 'The provider account.', example: 'paypal' })
  provider!: string;

  @ApiProperty({
    description:
      '`pending`: held back from the payment and under way; `refunded`: it went back; `failed` and `canceled`: it ' +
      'did not, and can be refunded again.',
    enum: REFUND_STATES,
  })
  state!: RefundState;

  @ApiProperty({ description: 'Amount in minor units.', type: 'integer', example: 500 })
  amount!: number;

  @ApiProperty({ description: 'The same as a decimal.', example: '5.00' })
  amount_decimal!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty(nullable('Shown to the payer.', 'One mug was broken'))
  description!: string | null;

  @ApiProperty(nullable('For colleagues.', 'Broken on arrival'))
  reason!: string | null;

  @ApiProperty({
    description: '`api`: asked for here; `provider`: made in the provider’s own dashboard.',
    enum: ['api', 'provider'],
  })
  origin!: 'api' | 'provider';

  @ApiProperty(nullable('The provider’s id of it.', '1JU08902781691411'))
  provider_refund_id!: string | null;

  @ApiProperty(nullable('The provider’s own word for where it stands.', 'COMPLETED'))
  provider_state!: string | null;

  @ApiProperty({ description: 'Why it failed.', type: PaymentErrorResponse, nullable: true })
  error!: PaymentErrorResponse | null;

  @ApiProperty({
    description: 'What is not finished; null when all is settled.',
    type: OperationResponse,
    nullable: true,
  })
  operation!: OperationResponse | null;

  @ApiProperty({ ...nullable('When the money went back.'), format: 'date-time' })
  refunded_at!: string | null;

  @ApiProperty({ description: 'When it was created.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'When it last changed.', format: 'date-time' })
  updated_at!: string;

  @ApiProperty({ description: 'Where to go from here.' })
  _links!: RefundLinks;
}
