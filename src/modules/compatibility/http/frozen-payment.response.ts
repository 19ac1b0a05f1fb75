import { ApiProperty } from '@nestjs/swagger';
import { SHOWN_STATES, type ShownState } from '../actions/shown-state';

/** A payment in the older API. */
export class FrozenPaymentResponse {
  @ApiProperty({ description: 'Address of the payment.', format: 'uri' })
  url!: string;

  @ApiProperty({
    description:
      'Id of the payment, 32 hexadecimal digits: the same UUID as `pay_…` of /api/payments.',
    example: '019aa5c8fc0070008000000000000010',
  })
  uuid!: string;

  @ApiProperty({ description: 'When it was created.', format: 'date-time' })
  created!: string;

  @ApiProperty({ description: 'When it last changed.', format: 'date-time' })
  modified!: string;

  @ApiProperty({
    description:
      '`Initial`: recorded, not yet known at PayPal. `Created`: waits for the payer, or for the money. ' +
      '`Approved`: paid. `Cancelled`, `Erred`: ended without money.',
    enum: SHOWN_STATES,
  })
  state!: ShownState;

  @ApiProperty({ description: 'Amount in the one currency of this API.', example: '99.99' })
  amount!: string;

  @ApiProperty({ description: 'Always zero: the amount includes taxes.', example: '0.00' })
  tax!: string;

  @ApiProperty({
    description: 'Address of the customer; null for a payment that staff made without one.',
    type: String,
    nullable: true,
    format: 'uri',
  })
  customer!: string | null;

  @ApiProperty({ description: 'Where the payer agrees; empty until it is known.' })
  approval_url!: string;

  @ApiProperty({ description: 'Why the last command failed; empty when none did.' })
  error_message!: string;
}

/** What became of a request, or why it was refused. */
export class DetailResponse {
  @ApiProperty({ description: 'A sentence; always the same one for the same outcome.' })
  detail!: string;
}
