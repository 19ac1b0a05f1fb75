import { ApiProperty } from '@nestjs/swagger';

const text = (description: string, example: string) => ({ description, example });

/** What a provider takes in one currency. */
export class CurrencyResponse {
  @ApiProperty(text('ISO 4217 code.', 'EUR'))
  currency!: string;

  @ApiProperty({
    description: 'Decimals it takes; may be fewer than the currency has.',
    type: 'integer',
    example: 2,
  })
  decimals!: number;

  @ApiProperty({
    description: 'Smallest amount in minor units; null where it names none.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  minimum_amount!: number | null;

  @ApiProperty({
    description: 'Largest amount in minor units; null where it names none.',
    type: 'integer',
    nullable: true,
    example: 999999999999,
  })
  maximum_amount!: number | null;
}

/** For how long a repeated call is recognised as the same one, in seconds; 0: never. */
export class RepeatWindowsResponse {
  @ApiProperty({ description: 'Creating.', type: 'integer', example: 18000 })
  create_s!: number;

  @ApiProperty({ description: 'Capturing.', type: 'integer', example: 18000 })
  capture_s!: number;

  @ApiProperty({ description: 'Canceling.', type: 'integer', example: 0 })
  cancel_s!: number;
}

/** What a provider can do; what it cannot is refused with `unsupported_by_provider`. */
export class CapabilitiesResponse {
  @ApiProperty({
    description: '`capture`: approving takes the money; `read_back`: the payer’s own act did.',
    enum: ['capture', 'read_back'],
  })
  approve!: string;

  @ApiProperty({
    description: '`provider`: canceled there; `local`: there is no call, it is never captured.',
    enum: ['provider', 'local'],
  })
  cancel!: string;

  @ApiProperty({
    description: 'Payments with `capture_method: manual`: held first, captured later.',
    type: Boolean,
  })
  holds!: boolean;

  @ApiProperty({ description: 'Refunds.', type: Boolean })
  refund!: boolean;

  @ApiProperty({ description: 'Payments that set up a mandate.', type: Boolean })
  setup_mandate!: boolean;

  @ApiProperty({ description: 'Payments charged on a mandate.', type: Boolean })
  mandate!: boolean;

  @ApiProperty({ description: 'Customers of its own.', type: Boolean })
  customers!: boolean;

  @ApiProperty({
    description: 'Lists its pay methods and their limits, at `/api/providers/{id}/pay-methods`.',
    type: Boolean,
  })
  pay_method_limits!: boolean;

  @ApiProperty({ description: 'Tells us about changes.', type: Boolean })
  notifications!: boolean;

  @ApiProperty({ description: 'A payment can be found there by our id alone.', type: Boolean })
  find_by_reference!: boolean;

  @ApiProperty({
    description:
      '`ours`: return URLs get `paymentId=<our id>`; `theirs`: the provider adds ids of its own, such as ' +
      '`paymentId`, `token` and `PayerID`. `POST /api/payments/approve` takes either.',
    enum: ['ours', 'theirs'],
  })
  return_ids!: string;

  @ApiProperty({
    description: 'A payment there needs `return_url` and `cancel_url`.',
    type: Boolean,
  })
  needs_return_urls!: boolean;

  @ApiProperty({ description: 'How long a repeated call is recognised.' })
  repeat!: RepeatWindowsResponse;

  @ApiProperty({
    description: 'Seconds a payer has to agree; null where there is no such rule.',
    type: 'integer',
    nullable: true,
    example: 10800,
  })
  approval_window_s!: number | null;
}

/** Whether the provider answers right now. */
export class ProviderHealthResponse {
  @ApiProperty({
    description: '`refused`: the credentials are not accepted.',
    enum: ['ok', 'refused', 'unreachable'],
  })
  status!: string;

  @ApiProperty({ description: 'What went wrong.', type: String, nullable: true })
  detail!: string | null;

  @ApiProperty({ description: 'When it was asked.', format: 'date-time' })
  checked_at!: string;
}

/** One configured account at a provider. */
export class ProviderResponse {
  @ApiProperty(text('The account’s name, as used in `provider`.', 'paypal'))
  id!: string;

  @ApiProperty({ description: 'Always `provider`.', enum: ['provider'] })
  type!: 'provider';

  @ApiProperty(text('Which adapter it uses.', 'paypal'))
  adapter!: string;

  @ApiProperty(text('For people.', 'PayPal'))
  name!: string;

  @ApiProperty({ description: 'Real or test money.', enum: ['live', 'sandbox'] })
  mode!: string;

  @ApiProperty({
    description: 'Takes payments that name no provider, where it can.',
    type: Boolean,
  })
  default!: boolean;

  @ApiProperty({ description: 'What it can do.' })
  capabilities!: CapabilitiesResponse;

  @ApiProperty({ description: 'What it takes.', type: [CurrencyResponse] })
  currencies!: CurrencyResponse[];

  @ApiProperty({ description: 'Words for `pay_methods`.', type: [String], example: ['paypal'] })
  pay_methods!: string[];

  @ApiProperty({ description: 'Whether it answers right now.' })
  health!: ProviderHealthResponse;
}

/** All configured accounts. */
export class ProviderListResponse {
  @ApiProperty({ description: 'Always `list`.', enum: ['list'] })
  type!: 'list';

  @ApiProperty({ description: 'In order of preference.', type: [ProviderResponse] })
  data!: ProviderResponse[];

  @ApiProperty({ description: 'How many there are.', type: 'integer', example: 1 })
  count!: number;
}
