import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What to be paid, by whom, and where the payer goes afterwards. Other fields are ignored. */
export class CreateFrozenPaymentRequest {
  @ApiProperty({
    description:
      'Amount as a text or a number: at most 9 digits, with the decimals of the currency.',
    example: '99.99',
  })
  amount!: string;

  @ApiProperty({
    description: 'Address of the customer who pays, at /api/customers/. The host does not matter.',
    example: 'http://localhost:3000/api/customers/019aa5c8fc0070008000000000000001/',
  })
  customer!: string;

  @ApiProperty({
    description:
      'Where the payer goes after agreeing, http or https. `paymentId`, `token` and `PayerID` are added.',
    example: 'https://frontend.example.com/return/',
  })
  return_url!: string;

  @ApiProperty({
    description: 'Where the payer goes after canceling, http or https. `token` is added.',
    example: 'https://frontend.example.com/cancel/',
  })
  cancel_url!: string;
}

/** The payment, as the return page was told. Other fields are ignored. */
export class ApproveFrozenPaymentRequest {
  @ApiProperty({
    description: '`paymentId` of the return URL: PayPal’s id, or ours in any spelling.',
    example: '019aa5c8fc0070008000000000000014',
  })
  payment_id!: string;

  @ApiProperty({ description: '`PayerID` of the return URL.', example: '7E7MGXCWTTKK2' })
  payer_id!: string;

  @ApiPropertyOptional({
    description: '`token` of the return URL; must belong to the same payment.',
    example: 'EC-39L024900R781241G',
  })
  token?: string;
}

/** The payment, as the cancel page was told: at least one of the two. Other fields are ignored. */
export class CancelFrozenPaymentRequest {
  @ApiPropertyOptional({
    description: 'PayPal’s id, or ours in any spelling.',
    example: '019aa5c8fc0070008000000000000010',
  })
  payment_id?: string;

  @ApiPropertyOptional({
    description: '`token` of the cancel URL.',
    example: 'EC-39L024900R781241G',
  })
  token?: string;
}
