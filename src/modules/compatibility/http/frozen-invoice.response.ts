import { ApiProperty } from '@nestjs/swagger';

/** What is invoiced. */
export class FrozenInvoiceItemResponse {
  @ApiProperty({ description: 'Amount with VAT; the items add up to the total.', example: '90.00' })
  amount!: string;

  @ApiProperty({ description: 'What it is.', example: 'Monthly fee for premium plan' })
  description!: string;

  @ApiProperty({ description: 'When the invoice was issued.', format: 'date-time' })
  created_at!: string;
}

/** An issued invoice in the older API. */
export class FrozenInvoiceResponse {
  @ApiProperty({ description: 'Address of the invoice.', format: 'uri' })
  url!: string;

  @ApiProperty({
    description:
      'Id of the invoice, 32 hexadecimal digits: the same UUID as `inv_…` of /api/invoices.',
    example: '019aa5c8fc0070008000000000000050',
  })
  uuid!: string;

  @ApiProperty({ description: 'With VAT, in the one currency of this API.', example: '90.00' })
  total_amount!: string;

  @ApiProperty({
    description: 'Address of the PDF; null while there is none.',
    type: String,
    nullable: true,
    format: 'uri',
  })
  pdf!: string | null;

  @ApiProperty({
    description: 'First day of what is invoiced.',
    type: String,
    nullable: true,
    format: 'date',
  })
  start_date!: string | null;

  @ApiProperty({ description: 'Last day of it.', type: String, nullable: true, format: 'date' })
  end_date!: string | null;

  @ApiProperty({ description: 'What is invoiced.', type: [FrozenInvoiceItemResponse] })
  items!: FrozenInvoiceItemResponse[];

  @ApiProperty({ description: 'Address of the customer.', format: 'uri' })
  customer!: string;

  @ApiProperty({ description: 'Id of the customer.', example: '019aa5c8fc0070008000000000000001' })
  customer_uuid!: string;

  @ApiProperty({ description: 'Who was billed.', example: 'Walter Lebowski' })
  customer_name!: string;
}
