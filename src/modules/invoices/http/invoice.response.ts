import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';
import { type InvoiceLocale, type VatCategory } from '../domain/invoice-document';
import {
  INVOICE_KINDS,
  INVOICE_STATES,
  type InvoiceKind,
  type InvoiceState,
} from '../domain/invoice-lifecycle';
import { VAT_CATEGORIES } from '../domain/vat-categories';

const text = (description: string, example: string | null = null) => ({
  description,
  type: String,
  nullable: true,
  example,
});
const day = (description: string, example: string | null = null) => ({
  ...text(description, example),
  format: 'date',
});
const time = (description: string) => ({ ...text(description), format: 'date-time' });
const url = (description: string) => ({ ...text(description), format: 'uri' });
const amount = (description: string, example: number) => ({
  description: `${description} In minor units.`,
  type: 'integer' as const,
  example,
});
const decimal = (example: string) => ({ description: 'The same as a decimal text.', example });

/** Where to go from an invoice; a link is null when the step is not possible now. */
export class InvoiceLinks {
  @ApiProperty({ description: 'This invoice.', format: 'uri' })
  self!: string;

  @ApiProperty(url('POST here to number and freeze it.'))
  issue!: string | null;

  @ApiProperty(url('POST here to have the open amount paid.'))
  pay!: string | null;

  @ApiProperty(
    url('POST here to take some or all of it back, also after its payment was refunded.'),
  )
  credit!: string | null;

  @ApiProperty(url('What a draft would look like.'))
  preview!: string | null;

  @ApiProperty(url('The PDF.'))
  pdf!: string | null;

  @ApiProperty(url('The e-invoice in UBL.'))
  ubl!: string | null;

  @ApiProperty(url('The PDF with the e-invoice inside.'))
  facturx!: string | null;

  @ApiProperty({ description: 'Who owes it.', format: 'uri' })
  customer!: string;
}

/** An invoice or credit note without its lines. */
export class InvoiceSummaryResponse {
  @ApiProperty({ description: 'Id of the invoice.', example: exampleIds.paidInvoice })
  id!: string;

  @ApiProperty({ description: 'Always `invoice`.', enum: ['invoice'] })
  type!: 'invoice';

  @ApiProperty({ description: 'What it is.', enum: INVOICE_KINDS })
  kind!: InvoiceKind;

  @ApiProperty({ description: 'Where it stands; more words may come.', enum: INVOICE_STATES })
  state!: InvoiceState;

  @ApiProperty(text('Its number; null until it is issued.', 'INV-2026-0001'))
  number!: string | null;

  @ApiProperty({ description: 'Who owes it.', example: exampleIds.customer })
  customer!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({ description: 'Language of the document.', enum: ['nl', 'en', 'de'] })
  locale!: InvoiceLocale;

  @ApiProperty(text('The customer’s own reference.', 'PO-4711'))
  reference!: string | null;

  @ApiProperty(day('Day of issue, in the issuer’s time zone.', '2026-11-20'))
  issue_date!: string | null;

  @ApiProperty(
    day('By when it is to be paid; null where it was paid before it was issued.', '2026-12-20'),
  )
  due_date!: string | null;

  @ApiProperty(day('First day of what is invoiced.', '2026-11-01'))
  start_date!: string | null;

  @ApiProperty(day('Last day of it.', '2026-11-30'))
  end_date!: string | null;

  @ApiProperty(text('Why category E is exempt.'))
  vat_exemption_reason!: string | null;

  @ApiProperty(amount('Without VAT.', 10000))
  net_amount!: number;

  @ApiProperty(decimal('100.00'))
  net_amount_decimal!: string;

  @ApiProperty(amount('VAT.', 2100))
  vat_amount!: number;

  @ApiProperty(decimal('21.00'))
  vat_amount_decimal!: string;

  @ApiProperty(amount('With VAT.', 12100))
  total_amount!: number;

  @ApiProperty(decimal('121.00'))
  total_amount_decimal!: string;

  @ApiProperty(amount('Still to be paid: the total without what was credited and captured.', 0))
  open_amount!: number;

  @ApiProperty(decimal('0.00'))
  open_amount_decimal!: string;

  @ApiProperty(amount('Taken back by credit notes.', 0))
  credited_amount!: number;

  @ApiProperty(amount('Paid for it; what went back is not subtracted.', 12100))
  captured_amount!: number;

  @ApiProperty(amount('Of that, given back by refunds.', 0))
  refunded_amount!: number;

  @ApiProperty(amount('Of that, taken by chargebacks.', 0))
  charged_back_amount!: number;

  @ApiProperty(
    amount(
      'Held beyond what is owed; it is on the balance of the customer, and a person should look.',
      0,
    ),
  )
  overpaid_amount!: number;

  @ApiProperty(text('Of a credit note: the invoice that it takes back.'))
  credits!: string | null;

  @ApiProperty(text('SHA-256 of the frozen document, in hexadecimal digits.'))
  document_sha256!: string | null;

  @ApiProperty(time('When it was issued.'))
  issued_at!: string | null;

  @ApiProperty(time('When nothing of it was open any more.'))
  paid_at!: string | null;

  @ApiProperty({ description: 'When it was created.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'When it last changed.', format: 'date-time' })
  updated_at!: string;

  @ApiProperty({ description: 'Where to go from here.' })
  _links!: InvoiceLinks;
}

/** One thing that is invoiced. */
export class InvoiceLineResponse {
  @ApiProperty({ description: 'Its number, from 1.', type: 'integer', example: 1 })
  line!: number;

  @ApiProperty({ description: 'What it is.', example: 'Premium plan' })
  description!: string;

  @ApiProperty({ description: 'How many.', example: '1' })
  quantity!: string;

  @ApiProperty(text('Of what; null where pieces are counted.', 'month'))
  unit!: string | null;

  @ApiProperty({ description: 'Price of one in major units.', example: '100' })
  unit_price!: string;

  @ApiProperty({ description: 'Whether `unit_price` holds the VAT.' })
  price_includes_vat!: boolean;

  @ApiProperty({ description: 'VAT category of EN 16931.', enum: VAT_CATEGORIES })
  vat_category!: VatCategory;

  @ApiProperty({ description: 'Percent.', example: '21' })
  vat_rate!: string;

  @ApiProperty(amount('Without VAT.', 10000))
  net_amount!: number;

  @ApiProperty(decimal('100.00'))
  net_amount_decimal!: string;

  @ApiProperty(amount('With its share of the VAT; these add up to the total.', 12100))
  total_amount!: number;

  @ApiProperty(decimal('121.00'))
  total_amount_decimal!: string;

  @ApiProperty({
    description: 'Of a credit note: the line of the invoice that this one takes back.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  credits_line!: number | null;
}

/** What is taxed alike. */
export class VatSubtotalResponse {
  @ApiProperty({ description: 'VAT category of EN 16931.', enum: VAT_CATEGORIES })
  vat_category!: VatCategory;

  @ApiProperty({ description: 'Percent.', example: '21' })
  vat_rate!: string;

  @ApiProperty(amount('Without VAT.', 10000))
  net_amount!: number;

  @ApiProperty(amount('VAT.', 2100))
  vat_amount!: number;
}

/** An invoice or credit note. */
export class InvoiceResponse extends InvoiceSummaryResponse {
  @ApiProperty({ description: 'What is invoiced.', type: [InvoiceLineResponse] })
  lines!: InvoiceLineResponse[];

  @ApiProperty({ description: 'VAT per category and rate.', type: [VatSubtotalResponse] })
  vat!: VatSubtotalResponse[];

  @ApiProperty({ description: 'Ids of its credit notes, oldest first.', type: [String] })
  credit_notes!: string[];
}
