import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCurrency } from '../../../platform/http/is-currency';
import { PageQuery } from '../../../platform/http/page.request';
import { OptionalTime, timeOf } from '../../../platform/http/time-query';
import { type BalanceEntryFilter } from '../queries/balance-entry-queries';

/** Which entries of a customer to list. */
export class ListBalanceEntriesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only entries in this ISO 4217 currency.', example: 'EUR' })
  @IsOptional()
  @IsCurrency()
  currency?: string;

  @OptionalTime('Booked at or after this time.')
  created_from?: string;

  @OptionalTime('Booked before this time.')
  created_to?: string;
}

export function toBalanceEntryFilter(
  customerId: string,
  query: ListBalanceEntriesQuery,
): BalanceEntryFilter {
  return {
    customerId,
    currency: query.currency ?? null,
    createdFrom: timeOf('created_from', query.created_from),
    createdTo: timeOf('created_to', query.created_to),
  };
}
