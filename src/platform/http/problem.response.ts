import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One rejected part of a request. */
export class FieldErrorResponse {
  @ApiProperty({
    description: 'JSON pointer into the body, or `?name` for a query parameter.',
    example: '/amount',
  })
  pointer!: string;

  @ApiProperty({ description: 'What rule was broken, for programs.', example: 'fraction' })
  code!: string;

  @ApiProperty({ description: 'What to send instead, for people.' })
  detail!: string;
}

/** What the provider said. */
export class ProviderTroubleResponse {
  @ApiProperty({ description: 'The provider account.', example: 'paypal' })
  name!: string;

  @ApiProperty({ description: 'Its own code.', example: 'INSTRUMENT_DECLINED' })
  code!: string;

  @ApiProperty({ description: 'Its own words.' })
  message!: string;

  @ApiProperty({
    description: 'The id that its support asks for.',
    type: String,
    nullable: true,
    example: 'f1a2b3c4d5e6f',
  })
  reference!: string | null;
}

/** A capture as the provider shows it. */
export class ShownCaptureResponse {
  @ApiProperty({ description: 'The provider’s id of it.', example: '2GG279541U471931P' })
  id!: string;

  @ApiProperty({ description: 'Its state, in our words.' })
  state!: string;
}

/** Every error of the API, as RFC 9457 problem details. */
export class ProblemResponse {
  @ApiProperty({
    description: 'Address of the page about this code.',
    example: '/problems/invalid_request',
  })
  type!: string;

  @ApiProperty({ description: 'The same for every occurrence of the code.' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status.', type: 'integer', example: 422 })
  status!: number;

  @ApiProperty({ description: 'What happened here and what to do.' })
  detail!: string;

  @ApiProperty({
    description: 'Stable code, listed in docs/errors.md.',
    example: 'invalid_request',
  })
  code!: string;

  @ApiProperty({ description: 'Whether the same request may succeed later.', type: Boolean })
  retryable!: boolean;

  @ApiProperty({ description: 'Id of this request, as in the `Request-Id` header and in the log.' })
  request_id!: string;

  @ApiPropertyOptional({ description: 'Every rejected part.', type: [FieldErrorResponse] })
  errors?: FieldErrorResponse[];

  @ApiPropertyOptional({ description: 'What the provider said, where one was asked.' })
  provider?: ProviderTroubleResponse;

  @ApiPropertyOptional({
    description: 'Where the payer can agree, with `payment_not_approved` and `payment_declined`.',
    format: 'uri',
  })
  checkout_url?: string;

  @ApiPropertyOptional({
    description: 'State of what the error is about: the payment, refund, invoice or operation.',
    example: 'open',
  })
  state?: string;

  @ApiPropertyOptional({ description: 'The payment in question.', example: 'pay_…' })
  payment?: string;

  @ApiPropertyOptional({ description: 'The refund in question.', example: 'ref_…' })
  refund?: string;

  @ApiPropertyOptional({ description: 'The invoice in question.', example: 'inv_…' })
  invoice?: string;

  @ApiPropertyOptional({ description: 'The operation in question.', example: 'op_…' })
  operation?: string;

  @ApiPropertyOptional({
    description: 'The most that can be given back, in minor units, with `refund_too_high`.',
    type: 'integer',
    example: 1000,
  })
  refundable_amount?: number;

  @ApiPropertyOptional({
    description: 'The most that can be taken, in minor units, with `capture_amount_exceeded`.',
    type: 'integer',
    example: 1000,
  })
  capturable_amount?: number;

  @ApiPropertyOptional({
    description: 'The payment as the provider shows it, with `provider_shows_it`.',
  })
  provider_payment_id?: string;

  @ApiPropertyOptional({
    description: 'The refund as the provider shows it, with `provider_shows_it`.',
  })
  provider_refund_id?: string;

  @ApiPropertyOptional({
    description: 'The provider’s word for its state, with `provider_shows_it`.',
  })
  provider_state?: string;

  @ApiPropertyOptional({
    description: 'What the provider took of the payment, with `provider_shows_it`.',
    type: [ShownCaptureResponse],
  })
  captures?: ShownCaptureResponse[];
}
