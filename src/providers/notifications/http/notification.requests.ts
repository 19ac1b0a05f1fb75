import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../../platform/http/page.request';
import { type NotificationState } from '../storage/notifications.repository';

const STATES = ['pending', 'applied', 'ignored', 'unmatched', 'failed'] as const;

/** Which notifications to list. */
export class ListNotificationsQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      '`unmatched` belongs to no payment of ours or to one that no money was taken for, `failed` could not be applied for a day: both wait for a person.',
    enum: STATES,
    example: 'unmatched',
  })
  @IsOptional()
  @IsIn(STATES, { message: `Send one of ${STATES.join(', ')}.` })
  state?: NotificationState;

  @ApiPropertyOptional({ description: 'Only those of this provider account.', example: 'paypal' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  provider?: string;
}

/** Applying one once more takes nothing. */
export class ReplayNotificationRequest {}
