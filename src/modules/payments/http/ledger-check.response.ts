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
] as const;

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

  @ApiProperty({ description: 'Sum in minor units.', type: 'integer', example: -2500 })
  amount!: number;

  @ApiProperty({ description: 'The same as a decimal text.', example: '-25.00' })
  amount_decimal!: string;
}

/** All accounts of one currency. */
export class LedgerTotalResponse {
  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({
    description: 'Sum over all accounts in minor units; anything but 0 is wrong.',
    type: 'integer',
    example: 0,
  })
  sum!: number;

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
      'account than that of the payment.',
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
    description: 'The entry that is wrong; null where it is a sum.',
    type: String,
    nullable: true,
    example: exampleIds.balanceEntry,
  })
  entry!: string | null;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({
    description: 'What should be booked, in minor units.',
    type: 'integer',
    example: 1000,
  })
  expected!: number;

  @ApiProperty({ description: 'What is booked, in minor units.', type: 'integer', example: 0 })
  booked!: number;
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
