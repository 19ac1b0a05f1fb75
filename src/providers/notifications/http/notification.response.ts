import { ApiProperty } from '@nestjs/swagger';
import { toTimestamp, toTimestampOrNull } from '../../../platform/http/timestamp';
import { exampleIds } from '../../../shared/example-ids';
import { showId } from '../../../shared/id';
import { type ShownNotification } from '../notification-queries';

const list = (description: string, id: string) => ({
  description,
  example: [id],
  type: String,
  isArray: true as const,
});

/** Answer to a provider: it is stored and need not be sent again. */
export class ReceivedResponse {
  @ApiProperty({ description: 'Always `true`.', enum: [true], example: true })
  received!: true;
}

/** Something that a provider told us: a hint about what to ask it for. */
export class NotificationResponse {
  @ApiProperty({ description: 'Id of the notification.', example: exampleIds.notification })
  id!: string;

  @ApiProperty({ description: 'Always `notification`.', enum: ['notification'] })
  type!: 'notification';

  @ApiProperty({ description: 'Account that it came for.', example: 'paypal' })
  provider!: string;

  @ApiProperty({ description: 'The provider’s id of the event.', example: 'WH-1AB23456CD789012E' })
  event_id!: string;

  @ApiProperty({ description: 'The provider’s word.', example: 'PAYMENT.CAPTURE.COMPLETED' })
  event_type!: string;

  @ApiProperty({
    description: 'What it is about, in our words.',
    enum: ['payment', 'refund', 'mandate', 'chargeback', 'subscription', 'other'],
    example: 'payment',
  })
  kind!: string;

  @ApiProperty(list('The provider’s ids of payments that it names.', '5O190127TN364715T'))
  payment_ids!: readonly string[];

  @ApiProperty(list('The provider’s ids of other objects that it names.', '3C679366HH908993F'))
  object_ids!: readonly string[];

  @ApiProperty(list('Our own ids that it names.', exampleIds.openPaypal))
  references!: readonly string[];

  @ApiProperty({
    description: '`delivery`: sent to us. `list`: found in the provider’s own list of events.',
    enum: ['delivery', 'list'],
    example: 'delivery',
  })
  source!: string;

  @ApiProperty({
    description:
      '`pending`: not applied yet. `applied`: the provider was asked and its answer taken over. `ignored`: of a ' +
      'kind that nothing here follows. `unmatched`: belongs to no payment of ours, or to one that no money ' +
      'was taken for. `failed`: could not be applied.',
    enum: ['pending', 'applied', 'ignored', 'unmatched', 'failed'],
    example: 'applied',
  })
  state!: string;

  @ApiProperty({ description: 'Tries to apply it so far.', type: 'integer', example: 1 })
  attempts!: number;

  @ApiProperty({
    description: 'Why the last try did not settle it.',
    type: String,
    nullable: true,
    example: null,
  })
  error!: string | null;

  @ApiProperty({ description: 'When it arrived.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({
    description: 'When it was settled.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  settled_at!: string | null;
}

export function toNotificationResponse(row: ShownNotification): NotificationResponse {
  return {
    id: showId('ntf', row.id),
    type: 'notification',
    provider: row.account,
    event_id: row.event_id,
    event_type: row.event_type,
    kind: row.kind,
    payment_ids: row.payment_ids,
    object_ids: row.object_ids,
    references: row.refs,
    source: row.source,
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    created_at: toTimestamp(row.created_at),
    settled_at: toTimestampOrNull(row.settled_at),
  };
}
