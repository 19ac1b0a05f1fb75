import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { IsCurrency } from '../../../platform/http/is-currency';
import { IsDay } from '../../../platform/http/is-day';
import { exampleIds } from '../../../shared/example-ids';
import { CreatePaymentRequest } from '../../payments/payments.facade';
import { type InvoiceLocale, type VatCategory } from '../domain/invoice-document';
import { VAT_CATEGORIES } from '../domain/vat-categories';
import { IsDescription, IsPrintable } from './is-printable';
import { CreditLineRequest, InvoiceLineRequest } from './line.requests';

export const LOCALES: readonly InvoiceLocale[] = ['nl', 'en', 'de'];
/** A body of 64 kB holds as many short ones, and a document of more pages is no invoice but a report. */
const LINES_MAX = 500;
const LINES_LIMIT = `1 to ${LINES_MAX} lines in a body of at most 64 kB`;
const LINES_HELP = 'Send a list of lines, each with description, unit_price and vat_rate.';

/** May be left out, but null would say nothing. */
const IfSent = () => ValidateIf((_, value: unknown) => value !== undefined);

const optionalDay = (description: string, example: string) => ({
  description,
  type: String,
  nullable: true,
  format: 'date',
  example,
});

/** What a draft may say besides who owes what. */
class DraftRequest {
  @ApiPropertyOptional({
    description:
      'Language of the document. Left out: that of the customer where we speak it, else English.',
    enum: LOCALES,
    nullable: true,
  })
  @IsOptional()
  @IsIn(LOCALES, { message: `Send one of ${LOCALES.join(', ')}.` })
  locale?: InvoiceLocale | null;

  @ApiPropertyOptional({
    description: 'The customer’s own reference, such as an order number.',
    type: String,
    nullable: true,
    maxLength: 100,
    example: 'PO-4711',
  })
  @IsOptional()
  @IsPrintable(100)
  reference?: string | null;

  @ApiPropertyOptional(
    optionalDay(
      'By when it is to be paid. Left out: as the setting INVOICE_DUE_DAYS says.',
      '2026-12-31',
    ),
  )
  @IsOptional()
  @IsDay()
  due_date?: string | null;

  @ApiPropertyOptional(optionalDay('First day of what is invoiced.', '2026-11-01'))
  @IsOptional()
  @IsDay()
  start_date?: string | null;

  @ApiPropertyOptional(optionalDay('Last day of it, or the day of the supply.', '2026-11-30'))
  @IsOptional()
  @IsDay()
  end_date?: string | null;

  @ApiPropertyOptional({
    description:
      'Why category E is exempt, such as the article of the law. Left out: that it is exempt.',
    type: String,
    nullable: true,
    maxLength: 300,
    example: 'Vrijgesteld van btw, artikel 11 Wet OB 1968',
  })
  @IsOptional()
  @IsPrintable(300)
  vat_exemption_reason?: string | null;
}

/** What may be changed of a draft; everything is optional, `null` clears a field. */
export class UpdateInvoiceRequest extends DraftRequest {
  @ApiPropertyOptional({ description: 'Id of who owes it.', example: exampleIds.customer })
  @IfSent()
  @IsString({ message: 'Send the id of a customer, such as cus_….' })
  @MaxLength(100)
  customer?: string;

  @ApiPropertyOptional({ description: 'ISO 4217 code.', example: 'EUR' })
  @IfSent()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    description: `What is invoiced, ${LINES_LIMIT}; replaced as a whole.`,
    type: [InvoiceLineRequest],
  })
  @IfSent()
  @ArrayMaxSize(LINES_MAX, { message: `Send at most ${LINES_MAX} lines.` })
  @ArrayNotEmpty({ message: 'Send at least one line.' })
  @IsArray({ message: LINES_HELP })
  lines?: unknown[];
}

/** A new draft. */
export class CreateInvoiceRequest extends DraftRequest {
  @ApiProperty({ description: 'Id of who owes it.', example: exampleIds.customer })
  @IsString({ message: 'Send the id of a customer, such as cus_….' })
  @MaxLength(100)
  customer!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  @IsCurrency()
  currency!: string;

  @ApiProperty({ description: `What is invoiced, ${LINES_LIMIT}.`, type: [InvoiceLineRequest] })
  @ArrayMaxSize(LINES_MAX, { message: `Send at most ${LINES_MAX} lines.` })
  @ArrayNotEmpty({ message: 'Send at least one line.' })
  @IsArray({ message: LINES_HELP })
  lines!: unknown[];
}

const RATE_HELP =
  'Send the rate that the amount holds as text, such as "21", or leave it out for other categories than S.';

/** How the invoice of a payment is taxed. */
export class InvoiceFromPaymentRequest {
  @ApiPropertyOptional({
    description:
      'What was paid for, with at most 10 line breaks. Left out: the description of the payment, or its id where that ' +
      'says nothing or cannot be printed.',
    type: String,
    nullable: true,
    maxLength: 500,
    example: 'Order 1003',
  })
  @IsOptional()
  @IsDescription()
  description?: string | null;

  @ApiPropertyOptional({ description: 'VAT category; left out: S.', enum: VAT_CATEGORIES })
  @IfSent()
  @IsIn(VAT_CATEGORIES, { message: `Send one of ${VAT_CATEGORIES.join(', ')}.` })
  vat_category?: VatCategory;

  @ApiPropertyOptional({
    description: 'Rate in percent that the amount holds; needed for category S.',
    example: '21',
  })
  @IfSent()
  @IsString({ message: RATE_HELP })
  @MaxLength(20, { message: RATE_HELP })
  vat_rate?: string;

  @ApiPropertyOptional({ description: 'Language of the document.', enum: LOCALES, nullable: true })
  @IsOptional()
  @IsIn(LOCALES, { message: `Send one of ${LOCALES.join(', ')}.` })
  locale?: InvoiceLocale | null;
}

/** What to take back. */
export class CreditInvoiceRequest {
  @ApiPropertyOptional({
    description: 'Lines of the invoice; left out: all that is left of it.',
    type: [CreditLineRequest],
    nullable: true,
  })
  @IsOptional()
  @ArrayMaxSize(LINES_MAX, { message: `Send at most ${LINES_MAX} lines.` })
  @ArrayNotEmpty({
    message: 'Send at least one line, or leave lines out to credit all that is left.',
  })
  @IsArray({ message: 'Send a list such as [{"line": 1, "quantity": "1"}].' })
  lines?: unknown[] | null;

  @ApiPropertyOptional({
    description: 'The customer’s reference on the credit note.',
    type: String,
    nullable: true,
    maxLength: 100,
    example: 'RMA-17',
  })
  @IsOptional()
  @IsPrintable(100)
  reference?: string | null;
}

/** How the open amount is paid: fields of `POST /api/payments`; the invoice says the rest. */
export class PayInvoiceRequest extends PickType(CreatePaymentRequest, [
  'provider',
  'return_url',
  'cancel_url',
  'pay_methods',
  'auto_approve',
  'locale',
] as const) {}

/** Issuing takes nothing. */
export class IssueInvoiceRequest {}
