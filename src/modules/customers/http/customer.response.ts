import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';
import { type JsonObject } from '../../../shared/json';

const text = (description: string, example: string) => ({
  description,
  example,
  type: String,
  nullable: true,
});

/** What a customer has to its credit (positive) or owes (negative) in one currency. */
export class BalanceResponse {
  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({
    description:
      'Balance in minor units; negative when the customer owes. Null where it is beyond ±9007199254740991, which JSON ' +
      'readers would round; the decimal text is always exact.',
    type: 'integer',
    nullable: true,
    example: 1000,
  })
  amount!: number | null;

  @ApiProperty({ description: 'The same as a decimal text.', example: '10.00' })
  amount_decimal!: string;
}

/** Where to go from a customer. */
export class CustomerLinks {
  @ApiProperty({ description: 'This customer.', format: 'uri' })
  self!: string;

  @ApiProperty({ description: 'Its payments.', format: 'uri' })
  payments!: string;

  @ApiProperty({ description: 'What changed its balances.', format: 'uri' })
  balance_entries!: string;
}

/** Somebody who pays. */
export class CustomerResponse {
  @ApiProperty({ description: 'Id of the customer.', example: exampleIds.customer })
  id!: string;

  @ApiProperty({ description: 'Always `customer`.', enum: ['customer'] })
  type!: 'customer';

  @ApiProperty(text('Name for people.', 'Walter Lebowski'))
  name!: string | null;

  @ApiProperty(text('E-mail address.', 'walter@example.com'))
  email!: string | null;

  @ApiProperty(text('First name.', 'Walter'))
  first_name!: string | null;

  @ApiProperty(text('Last name.', 'Lebowski'))
  last_name!: string | null;

  @ApiProperty(text('Company.', 'Sobchak Security'))
  company_name!: string | null;

  @ApiProperty(text('Street and number.', 'Keizersgracht 1'))
  address!: string | null;

  @ApiProperty(text('Postal code.', '1015 CN'))
  postal!: string | null;

  @ApiProperty(text('City.', 'Amsterdam'))
  city!: string | null;

  @ApiProperty(text('ISO 3166-1 alpha-2 country.', 'NL'))
  country!: string | null;

  @ApiProperty(text('VAT identification number.', 'NL123456789B01'))
  vat_number!: string | null;

  @ApiProperty(text('Telephone number.', '+31 20 123 4567'))
  phone_number!: string | null;

  @ApiProperty(text('Language for pages and documents.', 'nl'))
  locale!: string | null;

  @ApiProperty(text('Your own reference.', 'shop-customer-17'))
  reference!: string | null;

  @ApiProperty({
    description: 'Your own data, returned as given.',
    type: 'object',
    additionalProperties: true,
  })
  metadata!: JsonObject;

  @ApiProperty({
    description: 'Subjects of the keys that see and act for this customer.',
    type: [String],
    example: ['walter'],
  })
  owners!: string[];

  @ApiProperty({ description: 'Balances, one per currency.', type: [BalanceResponse] })
  balances!: BalanceResponse[];

  @ApiProperty({
    description:
      'Ids of the customer at providers that keep customers of their own, by provider account. Made there ' +
      'when they are first needed.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { paypro: 'CU7JRN6W6K3DA9' },
  })
  provider_refs!: Record<string, string>;

  @ApiProperty({ description: 'When it was created.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'When it last changed.', format: 'date-time' })
  updated_at!: string;

  @ApiProperty({ description: 'Addresses of related resources.' })
  _links!: CustomerLinks;
}
