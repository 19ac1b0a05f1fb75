import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../../../platform/http/page.request';
import { OptionalTime } from '../../../platform/http/time-query';
import { exampleIds } from '../../../shared/example-ids';
import { PAYMENT_STATES, type PaymentState } from '../domain/payment-lifecycle';

/** Which payments to list. */
export class ListPaymentsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only payments of this customer.',
    example: exampleIds.customer,
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  customer?: string;

  @ApiPropertyOptional({ description: 'Only payments in this state.', enum: PAYMENT_STATES })
  @IsOptional()
  @IsIn(PAYMENT_STATES, { message: `Send one of ${PAYMENT_STATES.join(', ')}.` })
  state?: PaymentState;

  @ApiPropertyOptional({
    description: 'Only payments at this provider account.',
    example: 'paypal',
  })
  @IsOptional()
  @Matches(/^[a-z0-9_]{1,40}$/, { message: 'Send the name of a provider account.' })
  provider?: string;

  @ApiPropertyOptional({
    description:
      'Only payments that contradict what the provider shows and wait for a person, or only others.',
    type: Boolean,
    example: true,
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Send true or false.' })
  conflict?: string;

  @OptionalTime('Created at or after this time.')
  created_from?: string;

  @OptionalTime('Created before this time.')
  created_to?: string;
}
