import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

/** What changed the balance. */
export class BalanceCause {
  @ApiProperty({
    description: 'What kind of movement it was.',
    enum: ['capture', 'refund', 'chargeback', 'invoice', 'credit_note'],
    example: 'capture',
  })
  kind!: 'capture' | 'refund' | 'chargeback' | 'invoice' | 'credit_note';

  @ApiProperty({
    description:
      'Provider account and the provider’s id of the movement. A chargeback that moves money again counts on: ' +
      '`…:2` is its second movement. Of an invoice or credit note: its id.',
    example: 'paypal:3C679366HH908993F',
  })
  id!: string;

  @ApiProperty({
    description: 'The payment that the money belongs to; null where there is none.',
    type: String,
    nullable: true,
    example: exampleIds.paidPaypal,
  })
  payment!: string | null;
}

/** Where to go from an entry. */
export class BalanceEntryLinks {
  @ApiProperty({ description: 'The customer.', format: 'uri' })
  customer!: string;

  @ApiPropertyOptional({ description: 'The payment; absent where there is none.', format: 'uri' })
  payment?: string;

  @ApiPropertyOptional({
    description: 'The invoice or credit note; absent where it was neither.',
    format: 'uri',
  })
  invoice?: string;
}

/** One movement of a customer’s balance. It is never changed: what was wrong is corrected by another one. */
export class BalanceEntryResponse {
  @ApiProperty({ description: 'Id of the entry.', example: exampleIds.balanceEntry })
  id!: string;

  @ApiProperty({ description: 'Always `balance_entry`.', enum: ['balance_entry'] })
  type!: 'balance_entry';

  @ApiProperty({ description: 'Whose balance it is.', example: exampleIds.customer })
  customer!: string;

  @ApiProperty({
    description:
      'What the balance changed by, in minor units; negative for money that left. Null where it is beyond ' +
      '±9007199254740991, which JSON readers would round; the decimal text is always exact.',
    type: 'integer',
    nullable: true,
    example: 1000,
  })
  amount!: number | null;

  @ApiProperty({ description: 'The same as a decimal text.', example: '10.00' })
  amount_decimal!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({
    description:
      'Balance in this currency after the entry, in minor units, in the order in which entries are listed: by the time ' +
      'they were booked. One that was begun earlier and finished later goes before those that were listed ' +
      'meanwhile, which changes the balance after them. Null where JSON readers would round it.',
    type: 'integer',
    nullable: true,
    example: 2500,
  })
  balance_amount!: number | null;

  @ApiProperty({ description: 'The same as a decimal text.', example: '25.00' })
  balance_amount_decimal!: string;

  @ApiProperty({ description: 'What changed the balance.' })
  cause!: BalanceCause;

  @ApiProperty({ description: 'When it was booked.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'Addresses of related resources.' })
  _links!: BalanceEntryLinks;
}
