import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

/** Where to go from an endpoint. */
export class EndpointLinks {
  @ApiProperty({ description: 'This endpoint.', format: 'uri' })
  self!: string;

  @ApiProperty({ description: 'What it was told.', format: 'uri' })
  deliveries!: string;
}

/** A place that is told of events. */
export class EndpointResponse {
  @ApiProperty({ description: 'Id of the endpoint.', example: exampleIds.webhookEndpoint })
  id!: string;

  @ApiProperty({ description: 'Always `webhook_endpoint`.', enum: ['webhook_endpoint'] })
  type!: 'webhook_endpoint';

  @ApiProperty({ description: 'Where events are POSTed.', format: 'uri' })
  url!: string;

  @ApiProperty({
    description: 'For people.',
    type: String,
    nullable: true,
    example: 'The shop',
  })
  description!: string | null;

  @ApiProperty({
    description: 'Types of the events that are sent; empty means all.',
    type: [String],
    example: ['payment.*'],
  })
  event_types!: string[];

  @ApiProperty({ description: 'Whether events are sent.', example: true })
  enabled!: boolean;

  @ApiProperty({
    description: 'Why it was disabled, when nobody asked for it.',
    type: String,
    nullable: true,
    example: null,
  })
  disabled_reason!: string | null;

  @ApiProperty({
    description:
      'Since when nobody answers there. After three attempts one delivery at a time is tried, with growing pauses.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  })
  failing_since!: string | null;

  @ApiProperty({
    description: 'Until when the secret before the last rotation signs as well.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  })
  previous_secret_expires_at!: string | null;

  @ApiProperty({ description: 'When it was created.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'When it last changed.', format: 'date-time' })
  updated_at!: string;

  @ApiProperty({ description: 'Addresses of related resources.' })
  _links!: EndpointLinks;
}

/** The same right after its secret was made: only now is it shown. */
export class EndpointWithSecretResponse extends EndpointResponse {
  @ApiProperty({
    description:
      'Verify signatures with it (Standard Webhooks). Keep it: it is not shown again. Null when the request is ' +
      'repeated after the secret was rotated.',
    type: String,
    nullable: true,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret!: string | null;
}
