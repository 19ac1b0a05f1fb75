import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery, toPageRequest } from '../http/page.request';
import { type FeedRequest } from './event-feed';
import { EVENT_TYPE_PATTERN, FEED_START, readMark } from './feed-mark';

/** Which events to show. */
export class EventsQuery extends PickType(PageQuery, ['limit']) {
  @ApiPropertyOptional({
    description: 'Only what came after this place: the `cursor` of the page before.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  after?: string;

  @ApiPropertyOptional({
    description: 'Only events of this type; `payment.*` means all that begin alike.',
    example: 'payment.paid',
  })
  @IsOptional()
  @Matches(EVENT_TYPE_PATTERN, { message: 'Send a type such as payment.paid or payment.*.' })
  type?: string;
}

export function toFeedRequest({ limit, after, type }: EventsQuery): FeedRequest {
  return {
    limit: toPageRequest(limit === undefined ? {} : { limit }).limit,
    after: after === undefined ? FEED_START : readMark({ text: after, pointer: '?after' }),
    type: type ?? null,
  };
}
