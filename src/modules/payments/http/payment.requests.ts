import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCurrency } from '../../../platform/http/is-currency';
import { OptionalText } from '../../../platform/http/request-fields';
import { IsSmallObject } from '../../../platform/http/small-object';
import { exampleIds } from '../../../shared/example-ids';
import { type CaptureMethod } from '../../../providers/payment-provider';
import { type JsonObject } from '../../../shared/json';
import { IsReturnUrl } from './is-return-url';

/** Largest amount: a million million minor units less one, far inside what JSON numbers hold exactly. */
export const AMOUNT_MAX = 999_999_999_999;
const CAPTURE_METHODS: readonly CaptureMethod[] = ['automatic', 'manual'];
const PAY_METHODS_MAX = 20;
const URL_MAX = 2_000;
export const AMOUNT_HELP =
  'Send a whole number of minor units from 1 to 999999999999: for EUR 10.00 send 1000.';

const url = (description: string, example: string) => ({
  description:
    `${description} \`paymentId=<id of the payment>\` is added to it, unless the provider adds ids of its own ` +
    '(`return_ids` of the account is `theirs`).',
  type: String,
  nullable: true,
  format: 'uri',
  maxLength: URL_MAX,
  example,
});

/** What to be paid, by whom, and where the payer goes afterwards. */
export class CreatePaymentRequest {
  @ApiProperty({
    description: 'Amount in minor units: 1000 is EUR 10.00.',
    type: 'integer',
    minimum: 1,
    maximum: AMOUNT_MAX,
    example: 1000,
  })
  @Max(AMOUNT_MAX, { message: AMOUNT_HELP })
  @Min(1, { message: AMOUNT_HELP })
  @IsInt({ message: AMOUNT_HELP })
  amount!: number;

  @ApiProperty({ description: 'ISO 4217 code; PayPro takes EUR only.', example: 'EUR' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({
    description:
      '`manual`: approving only holds the money; capture it later, in parts if need be. Not every provider can. ' +
      'Left out: `automatic`.',
    enum: CAPTURE_METHODS,
    nullable: true,
  })
  @IsOptional()
  @IsIn(CAPTURE_METHODS, { message: `Send one of ${CAPTURE_METHODS.join(', ')}.` })
  capture_method?: CaptureMethod | null;

  @ApiPropertyOptional({
    description: 'Provider account that takes the payment; left out, the configuration chooses.',
    type: String,
    nullable: true,
    example: 'paypal',
  })
  @IsOptional()
  @IsString({ message: 'Send the name of a provider account.' })
  @MaxLength(40)
  provider?: string | null;

  @ApiPropertyOptional({
    description: 'Id of the customer who pays. Staff may leave it out.',
    type: String,
    nullable: true,
    example: exampleIds.customer,
  })
  @IsOptional()
  @IsString({ message: 'Send the id of a customer, such as cus_….' })
  @MaxLength(100)
  customer?: string | null;

  @OptionalText(255, 'Shown to the payer.', 'Order 1234')
  description?: string | null;

  @ApiPropertyOptional(url('Where the payer goes afterwards.', 'https://shop.example.com/return'))
  @IsOptional()
  @IsReturnUrl(URL_MAX)
  return_url?: string | null;

  @ApiPropertyOptional(
    url('Where the payer goes after canceling.', 'https://shop.example.com/cancel'),
  )
  @IsOptional()
  @IsReturnUrl(URL_MAX)
  cancel_url?: string | null;

  @ApiPropertyOptional({
    description: 'Allowed pay methods; left out: all. Not together with `mandate`.',
    type: [String],
    nullable: true,
    example: ['ideal'],
  })
  @IsOptional()
  @IsArray({ message: 'Send a list of pay methods such as ["ideal"], or leave it out.' })
  @ArrayNotEmpty({ message: 'Name at least one pay method, or leave the field out.' })
  @ArrayMaxSize(PAY_METHODS_MAX)
  @ArrayUnique({ message: 'Name every pay method once.' })
  @IsString({ each: true })
  @Length(1, 40, { each: true })
  pay_methods?: string[] | null;

  @ApiPropertyOptional({
    description: 'Your own data, returned as given; at most 50 keys and 8 kB.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { order: '1234' },
  })
  @IsOptional()
  @IsObject({ message: 'Send an object, such as {"order": "1234"}.' })
  @IsSmallObject()
  metadata?: JsonObject | null;

  @ApiPropertyOptional({
    description:
      'Take the money as soon as we hear that the payer agreed, even if the payer never comes back. Left out: ' +
      'the setting AUTO_APPROVE. Where paying takes the money anyway (PayPro) it changes nothing.',
    type: Boolean,
    nullable: true,
  })
  @IsOptional()
  @IsBoolean({ message: 'Send true or false.' })
  auto_approve?: boolean | null;

  @ApiPropertyOptional({
    description:
      'Set up a mandate for later charges. Needs `customer`; not together with `mandate`.',
    type: Boolean,
    nullable: true,
  })
  @IsOptional()
  @IsBoolean({ message: 'Send true or false.' })
  setup_mandate?: boolean | null;

  @OptionalText(
    100,
    'Charge this approved mandate, without a redirect. It says who pays; not with `pay_methods`, `setup_mandate`.',
    'MD6ULYXJ4HP9RJ',
  )
  mandate?: string | null;

  @OptionalText(
    35,
    'Language of the pay page, such as `nl` or `nl-NL`; an unknown one is ignored.',
    'nl',
  )
  locale?: string | null;
}

/** What the return page was called with. */
export class ApprovePaymentRequest {
  @OptionalText(100, '`PayerID` of the return URL; compared with who agreed.', '7E7MGXCWTTKK2')
  payer_id?: string | null;

  @OptionalText(100, '`token` of the return URL; compared with the payment.', '5O190127TN364715T')
  token?: string | null;
}

/** A payment by any id that the return page knows. */
export class ApproveAnyPaymentRequest extends ApprovePaymentRequest {
  @OptionalText(
    100,
    'Our id of the payment (`paymentId` of the return URL) or the provider’s.',
    exampleIds.openPaypal,
  )
  payment_id?: string | null;
}

/** A payment by any id that the cancel page knows. */
export class CancelAnyPaymentRequest {
  @OptionalText(
    100,
    'Our id of the payment (`paymentId` of the cancel URL) or the provider’s.',
    exampleIds.openPaypal,
  )
  payment_id?: string | null;

  @OptionalText(100, '`token` of the cancel URL.', '5O190127TN364715T')
  token?: string | null;
}

/** Cancel and refresh take nothing. */
export class EmptyRequest {}
