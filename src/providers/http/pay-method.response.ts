import { ApiProperty } from '@nestjs/swagger';
import { ListLinks, type ListResponse } from '../../platform/http/list.response';

const text = (description: string, example: string) => ({ description, example });

const amount = (description: string, example: number) =>
  ({ description, example, type: 'integer', nullable: true }) as const;

const decimal = (description: string, example: string) =>
  ({ description, example, type: String, nullable: true }) as const;

/** A pay method that is switched on for the account. */
export class PayMethodResponse {
  @ApiProperty(text('The word for `pay_methods`.', 'ideal'))
  id!: string;

  @ApiProperty({ description: 'Always `pay_method`.', enum: ['pay_method'] })
  type!: 'pay_method';

  @ApiProperty(text('The account that it belongs to.', 'paypro'))
  provider!: string;

  @ApiProperty(text('For people.', 'iDEAL'))
  name!: string;

  @ApiProperty({ description: 'ISO 4217 codes that it takes.', type: [String], example: ['EUR'] })
  currencies!: string[];

  @ApiProperty(decimal('Currency of the limits; null where the provider names none.', 'EUR'))
  currency!: string | null;

  @ApiProperty(
    amount('The least that one payment may be, in minor units; null: no such limit.', 10),
  )
  minimum_amount!: number | null;

  @ApiProperty(decimal('The same as decimal text.', '0.10'))
  minimum_amount_decimal!: string | null;

  @ApiProperty(
    amount('The most that one payment may be, in minor units; null: no such limit.', 5000000),
  )
  maximum_amount!: number | null;

  @ApiProperty(decimal('The same as decimal text.', '50000.00'))
  maximum_amount_decimal!: string | null;
}

/** All pay methods of one account. */
export class PayMethodListResponse implements ListResponse<PayMethodResponse> {
  @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
  type!: 'list';

  @ApiProperty({ description: 'In the provider’s order.', type: [PayMethodResponse] })
  data!: PayMethodResponse[];

  @ApiProperty({ description: 'How many there are.', type: 'integer', example: 1 })
  count!: number;

  @ApiProperty({ description: 'This page, which is the only one.' })
  _links!: ListLinks;
}
