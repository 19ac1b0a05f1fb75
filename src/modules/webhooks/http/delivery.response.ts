import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

/** One event for one endpoint. */
export class DeliveryResponse {
  @ApiProperty({ description: 'Id of the delivery.', example: exampleIds.webhookDelivery })
  id!: string;

  @ApiProperty({ description: 'Always `webhook_delivery`.', enum: ['webhook_delivery'] })
  type!: 'webhook_delivery';

  @ApiProperty({
    description: 'Id of the event, which is the `webhook-id` of every attempt.',
    example: exampleIds.event,
  })
  event!: string;

  @ApiProperty({ description: 'What happened.', example: 'payment.paid' })
  event_type!: string;

  @ApiProperty({
    description: '`failed` after the last attempt; `pending` before that.',
    enum: ['pending', 'delivered', 'failed'],
    example: 'delivered',
  })
  state!: string;

  @ApiProperty({ description: 'Attempts so far.', type: 'integer', example: 1 })
  attempts!: number;

  @ApiProperty({
    description: 'When it is sent next; it may wait for an earlier event of the same subject.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  next_attempt_at!: string | null;

  @ApiProperty({
    description: 'HTTP status of the last answer.',
    type: 'integer',
    nullable: true,
    example: 200,
  })
  last_status!: number | null;

  @ApiProperty({
    description: 'What went wrong last time.',
    type: String,
    nullable: true,
    example: null,
  })
  last_error!: string | null;

  @ApiProperty({
    description: 'When it was delivered.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  delivered_at!: string | null;

  @ApiProperty({ description: 'When the event was handed on.', format: 'date-time' })
  created_at!: string;
}

/** What came of asking for events again. */
export class ReplayResponse {
  @ApiProperty({ description: 'Always `webhook_replay`.', enum: ['webhook_replay'] })
  type!: 'webhook_replay';

  @ApiProperty({ description: 'Events that are sent again.', type: 'integer', example: 12 })
  count!: number;

  @ApiProperty({ description: 'Where this replay ended; replay after it to go on.' })
  cursor!: string;

  @ApiProperty({ description: 'Whether there is more after `cursor`.', example: false })
  has_more!: boolean;
}

/** What came of a ping. */
export class PingResponse {
  @ApiProperty({ description: 'The `webhook-id` that was sent.', example: exampleIds.ping })
  id!: string;

  @ApiProperty({ description: 'Always `webhook_ping`.', enum: ['webhook_ping'] })
  type!: 'webhook_ping';

  @ApiProperty({ description: 'Whether the receiver answered with a 2xx.', example: true })
  delivered!: boolean;

  @ApiProperty({
    description: 'HTTP status of the answer.',
    type: 'integer',
    nullable: true,
    example: 200,
  })
  status!: number | null;

  @ApiProperty({ description: 'What went wrong.', type: String, nullable: true, example: null })
  error!: string | null;

  @ApiProperty({ description: 'How long it took.', type: 'integer', example: 42 })
  duration_ms!: number;
}
