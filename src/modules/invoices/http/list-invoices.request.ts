import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { IsDay } from '../../../platform/http/is-day';
import { PageQuery } from '../../../platform/http/page.request';
import { exampleIds } from '../../../shared/example-ids';
import {
  INVOICE_KINDS,
  INVOICE_STATES,
  type InvoiceKind,
  type InvoiceState,
} from '../domain/invoice-lifecycle';

/** Which invoices to list. */
export class ListInvoicesQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only those of this customer.',
    example: exampleIds.customer,
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  customer?: string;

  @ApiPropertyOptional({ description: 'Only those in this state.', enum: INVOICE_STATES })
  @IsOptional()
  @IsIn(INVOICE_STATES, { message: `Send one of ${INVOICE_STATES.join(', ')}.` })
  state?: InvoiceState;

  @ApiPropertyOptional({ description: 'Only invoices, or only credit notes.', enum: INVOICE_KINDS })
  @IsOptional()
  @IsIn(INVOICE_KINDS, { message: `Send one of ${INVOICE_KINDS.join(', ')}.` })
  kind?: InvoiceKind;

  @ApiPropertyOptional({ description: 'Only the one with this number.', example: 'INV-2026-0001' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  number?: string;

  @ApiPropertyOptional({ description: 'Issued on or after this day.', format: 'date' })
  @IsOptional()
  @IsDay()
  issued_from?: string;

  @ApiPropertyOptional({ description: 'Issued on or before this day.', format: 'date' })
  @IsOptional()
  @IsDay()
  issued_to?: string;

  @ApiPropertyOptional({
    description: 'Only those that are due and not paid, or only others.',
    type: Boolean,
    example: true,
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Send true or false.' })
  overdue?: string;

  @ApiPropertyOptional({
    description: 'Only those for which more is held than is owed, or only others.',
    type: Boolean,
    example: true,
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Send true or false.' })
  overpaid?: string;

  @ApiPropertyOptional({
    description:
      'Only paid ones of whose money so much went back, by refunds and chargebacks, that less is held than they say: ' +
      '`credit` that part. Or only others.',
    type: Boolean,
    example: true,
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'Send true or false.' })
  returned?: string;
}

/** Which series to report on. */
export class NumbersQuery {
  @ApiPropertyOptional({ description: 'Only this series; left out: all.', example: 'INV' })
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9]{0,9}$/, { message: 'Send the name of a series, such as INV.' })
  series?: string;
}
