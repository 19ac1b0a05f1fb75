import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

const PROBLEM_CODES = [
  'unbalanced_transaction',
  'captured_amount',
  'refunded_amount',
  'charged_back_amount',
  'unknown_payment',
  'other_customer',
  'other_provider',
  'invoice_total',
  'invoice_payment',
  'unknown_cause',
  'no_entries',
] as const;

/** Sums are not bounded; the decimal texts are always exact. */
const ROUNDED = 'Null where it is beyond ±9007199254740991, which JSON readers would round.';

/** How much was looked at. */
export class LedgerCheckedResponse {
  @ApiProperty({ description: 'Transactions of the ledger.', type: 'integer', example: 2 })
  transactions!: number;

  @ApiProperty({ description: 'Payments.', type: 'integer', example: 9 })
  payments!: number;
}

/** What one account of the ledger holds. */
export class LedgerAccountResponse {
  @ApiProperty({
    description:
      '`customers`: all customers together; `unassigned`: money of payments without a customer; `provider:…`: the ' +
      'other side, what came in at a provider account, negative.',
    example: 'provider:paypal',
  })
  account!: string;

  @ApiProperty({
    description: `Sum in minor units. ${ROUNDED}`,
    type: 'integer',
    nullable: true,
    example: -2500,
  })
  amount!: number | null;

  @ApiProperty({ description: 'The same as a decimal text.', example: '-25.00' })
  amount_decimal!: string;
}

/** All accounts of one currency. */
export class LedgerTotalResponse {
  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({
    description: `Sum over all accounts in minor units; anything but 0 is wrong. ${ROUNDED}`,
    type: 'integer',
    nullable: true,
    example: 0,
  })
  sum!: number | null;

  @ApiProperty({ description: 'The accounts.', type: [LedgerAccountResponse] })
  accounts!: LedgerAccountResponse[];
}

/** Something that does not fit. */
export class LedgerProblemResponse {
  @ApiProperty({
    description:
      '`unbalanced_transaction`: its lines do not add up to 0. `captured_amount`, `refunded_amount`, ' +
      '`charged_back_amount`: the payment shows another amount than is booked for it, perhaps none. `unknown_payment`, ' +
      '`other_customer`, `other_provider`: booked for a payment that does not exist, or to another customer or provider ' +
      'account than that of the payment. `invoice_total`: an invoice or credit note is booked with another amount than ' +
      'its total, to another customer, not at all, or without having been issued. `invoice_payment`: an ' +
      'invoice has another amount of its payment (captured less what went back) than is booked for that. `unknown_cause`, `no_entries`: a ' +
      'transaction that nothing is compared with, or that books nothing.',
    enum: PROBLEM_CODES,
    example: 'captured_amount',
  })
  code!: (typeof PROBLEM_CODES)[number];

  @ApiProperty({
    description: 'The payment; null where the entry names none.',
    type: String,
    nullable: true,
    example: exampleIds.paidPaypal,
  })
  payment!: string | null;

  @ApiProperty({
    description: 'The invoice or credit note; null where it is about none that was issued.',
    type: String,
    nullable: true,
    example: null,
  })
  invoice!: string | null;

  @ApiProperty({
    description: 'The entry that is wrong; null where it is a sum.',
    type: String,
    nullable: true,
    example: exampleIds.balanceEntry,
  })
  entry!: string | null;

  @ApiProperty({
    description: 'ISO 4217 code; null where it is not about an amount.',
    type: String,
    nullable: true,
    example: 'EUR',
  })
  currency!: string | null;

  @ApiProperty({
    description: `What should be booked, in minor units. ${ROUNDED}`,
    type: 'integer',
    nullable: true,
    example: 1000,
  })
  expected!: number | null;

  @ApiProperty({
    description: 'The same as a decimal text; null without a currency.',
    type: String,
    nullable: true,
    example: '10.00',
  })
  expected_decimal!: string | null;

  @ApiProperty({
    description: `What is booked, in minor units. ${ROUNDED}`,
    type: 'integer',
    nullable: true,
    example: 0,
  })
  booked!: number | null;

  @ApiProperty({
    description: 'The same as a decimal text; null without a currency.',
    type: String,
    nullable: true,
    example: '0.00',
  })
  booked_decimal!: string | null;
}

/** Whether the books are right. */
export class LedgerCheckResponse {
  @ApiProperty({ description: 'Always `ledger_check`.', enum: ['ledger_check'] })
  type!: 'ledger_check';

  @ApiProperty({ description: 'Whether everything fits.', example: true })
  ok!: boolean;

  @ApiProperty({ description: 'How much was looked at.' })
  checked!: LedgerCheckedResponse;

  @ApiProperty({ description: 'What the accounts hold, by currency.', type: [LedgerTotalResponse] })
  totals!: LedgerTotalResponse[];

  @ApiProperty({
    description: 'What does not fit; at most 50 of a kind are shown.',
    type: [LedgerProblemResponse],
  })
  problems!: LedgerProblemResponse[];

  @ApiProperty({
    description: 'How many problems there are, also those that are not shown.',
    type: 'integer',
    example: 0,
  })
  problem_count!: number;
}
