import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { invalidRequest } from '../../../platform/http/http.errors';
import { PageQuery } from '../../../platform/http/page.request';
import { exampleIds } from '../../../shared/example-ids';
import { readAnyId } from '../../../shared/id';
import { CHARGEBACK_STATES, type ChargebackState } from '../domain/chargeback-lifecycle';
import { type ChargebackFilter } from '../queries/chargeback-queries';

/** Which chargebacks to list. */
export class ListChargebacksQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only chargebacks of this payment.',
    example: exampleIds.paidPaypal,
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  payment?: string;

  @ApiPropertyOptional({ description: 'Only chargebacks in this state.', enum: CHARGEBACK_STATES })
  @IsOptional()
  @IsIn(CHARGEBACK_STATES, { message: `Send one of ${CHARGEBACK_STATES.join(', ')}.` })
  state?: ChargebackState;

  @ApiPropertyOptional({
    description: 'Only chargebacks at this provider account.',
    example: 'paypal',
  })
  @IsOptional()
  @Matches(/^[a-z0-9_]{1,40}$/, { message: 'Send the name of a provider account.' })
  provider?: string;

  @ApiPropertyOptional({
    description:
      'Only chargebacks that do not fit their payment, or are in a state that nobody knows, and so wait for a person; or only others.',
    type: Boolean,
    example: true,
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Send true or false.' })
  conflict?: string;
}

export function toChargebackFilter(query: ListChargebacksQuery): ChargebackFilter {
  return {
    paymentId: query.payment === undefined ? null : filteredPayment(query.payment),
    state: query.state ?? null,
    provider: query.provider ?? null,
    hasConflict: query.conflict === undefined ? null : query.conflict === 'true',
  };
}

function filteredPayment(text: string): string {
  const id = readAnyId('pay', text);
  if (id !== null) return id;
  const detail = 'This is no payment id. Send one such as pay_….';
  throw invalidRequest(detail, { errors: [{ pointer: '?payment', code: 'payment', detail }] });
}
