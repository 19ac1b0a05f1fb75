import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  Matches,
  ValidateIf,
} from 'class-validator';
import { EVENT_TYPE_PATTERN } from '../../../platform/events/feed-mark';
import { PageQuery } from '../../../platform/http/page.request';
import { OptionalText } from '../../../platform/http/request-fields';

/** Names of types that one endpoint lists; whoever wants more takes them all. */
const EVENT_TYPES_MAX = 50;

/** May be left out, but null would say nothing. */
const IfSent = () => ValidateIf((_, value: unknown) => value !== undefined);

/** What may be changed of an endpoint. */
export class UpdateEndpointRequest {
  @ApiPropertyOptional({
    description: 'Where events are POSTed: https, port 443 or 8443, public on the Internet.',
    format: 'uri',
    example: 'https://shop.example.com/webhooks',
  })
  @IfSent()
  @IsString({ message: 'Send a URL as text.' })
  url?: string;

  @OptionalText(200, 'For people: whose endpoint it is.', 'The shop')
  description?: string | null;

  @ApiPropertyOptional({
    description:
      'Which events: names such as `payment.paid`, or `payment.*` for all that begin alike. Empty means all. ' +
      'GET /api/events lists the names.',
    type: [String],
    default: [],
    example: ['payment.paid', 'refund.*'],
  })
  @IfSent()
  @Matches(EVENT_TYPE_PATTERN, {
    each: true,
    message: 'Send names such as payment.paid or payment.*.',
  })
  @ArrayUnique({ message: 'Send every name once.' })
  @ArrayMaxSize(EVENT_TYPES_MAX, { message: `Send at most ${EVENT_TYPES_MAX} names.` })
  // The rule nearest to the field is the one that a refusal begins with.
  @IsArray({ message: 'Send a list of names such as payment.paid or payment.*.' })
  event_types?: string[];

  @ApiPropertyOptional({
    description: 'Whether events are sent. Enabling clears `disabled_reason`.',
    default: true,
    example: true,
  })
  @IfSent()
  @IsBoolean({ message: 'Send true or false.' })
  enabled?: boolean;
}

/** A new endpoint. */
export class CreateEndpointRequest extends UpdateEndpointRequest {
  @ApiProperty({
    description: 'Where events are POSTed: https, port 443 or 8443, public on the Internet.',
    format: 'uri',
    example: 'https://shop.example.com/webhooks',
  })
  @IsString({ message: 'Send a URL as text.' })
  override url!: string;
}

/** A request without anything to say. */
export class NothingRequest {}

/** Which events to send again. */
export class ReplayRequest {
  @ApiProperty({
    description: 'Events after this place: a `cursor` of GET /api/events.',
    example: 'eyJ0eCI6Ijc0MiIsImlkIjoiMDE5YWE1YzgtZmMwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDMwIn0',
  })
  @IsString({ message: 'Send a cursor of GET /api/events.' })
  after!: string;
}

/** Which deliveries to show. */
export class ListDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only deliveries in this state.',
    enum: ['pending', 'delivered', 'failed'],
    example: 'failed',
  })
  @IsOptional()
  @Matches(/^(?:pending|delivered|failed)$/, { message: 'Send pending, delivered or failed.' })
  state?: string;
}
