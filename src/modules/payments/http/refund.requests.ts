import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIBAN, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsCurrency } from '../../../platform/http/is-currency';
import { PageQuery } from '../../../platform/http/page.request';
import { OptionalText } from '../../../platform/http/request-fields';
import { exampleIds } from '../../../shared/example-ids';
import { REFUND_STATES, type RefundState } from '../domain/refund-lifecycle';

const AMOUNT_MAX = 999_999_999_999;
const AMOUNT_HELP =
  'Send a whole number of minor units, or leave amount out to refund all that is left.';
/** Shown to the payer by the provider. */
const DESCRIPTION_MAX = 200;
/** Our reference travels beside it, so there is less room than the provider has. */
const REASON_MAX = 150;

/** How much goes back, and why. */
export class CreateRefundRequest {
  @ApiPropertyOptional({
    description: 'Amount in minor units; left out: all that is left to refund.',
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: AMOUNT_MAX,
    example: 500,
  })
  @IsOptional()
  @Max(AMOUNT_MAX, { message: AMOUNT_HELP })
  @Min(1, { message: AMOUNT_HELP })
  @IsInt({ message: AMOUNT_HELP })
  amount?: number | null;

  @ApiPropertyOptional({
    description: 'ISO 4217 code; it can only be that of the payment.',
    type: String,
    nullable: true,
    example: 'EUR',
  })
  @IsOptional()
  @IsCurrency()
  currency?: string | null;

  @OptionalText(DESCRIPTION_MAX, 'Shown to the payer.', 'One mug was broken')
  description?: string | null;

  @OptionalText(REASON_MAX, 'For colleagues; the payer does not see it.', 'Broken on arrival')
  reason?: string | null;

  @OptionalText(
    100,
    'Holder of the bank account that the money goes to. PayPro needs it for Bancontact and credit cards; refused where it is not needed.',
    'Walter Lebowski',
  )
  account_holder_name?: string | null;

  @ApiPropertyOptional({
    description:
      'IBAN that the money goes to. PayPro needs it for Bancontact; refused where it is not needed. Not shown again.',
    type: String,
    nullable: true,
    example: 'BE68539007547034',
  })
  @IsOptional()
  @IsIBAN({}, { message: 'Send an IBAN such as BE68539007547034; its check digits must fit.' })
  iban?: string | null;
}

/** Which refunds to list. */
export class ListRefundsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only refunds of this payment.',
    example: exampleIds.paidPaypal,
  })
  @IsOptional()
  @IsString({ message: 'Send the id of a payment.' })
  @MaxLength(100)
  payment?: string;

  @ApiPropertyOptional({ description: 'Only refunds in this state.', enum: REFUND_STATES })
  @IsOptional()
  @IsIn(REFUND_STATES, { message: `Send one of ${REFUND_STATES.join(', ')}.` })
  state?: RefundState;

  @ApiPropertyOptional({ description: 'Only refunds at this provider account.', example: 'paypal' })
  @IsOptional()
  @IsString({ message: 'Send the name of a provider account.' })
  @MaxLength(40)
  provider?: string;
}
