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
    description: 'State of the payment, with errors about it.',
    example: 'open',
  })
  state?: string;

  @ApiPropertyOptional({ description: 'The payment in question.', example: 'pay_…' })
  payment?: string;
}
