import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access';
import { RequestUrl } from '../http/base-url';
import { Documented } from '../http/documented';
import { EventFeed } from './event-feed';
import { EventList, toEventList } from './event.response';
import * as docs from './events.docs';
import { EventsQuery, toFeedRequest } from './events.request';

@ApiTags('Events')
@Access('staff')
@Controller('api/events')
export class EventsController {
  constructor(private readonly feed: EventFeed) {}

  @Get()
  @Documented(docs.list)
  async list(@Query() query: EventsQuery, @RequestUrl() url: string): Promise<EventList> {
    return toEventList(await this.feed.read(toFeedRequest(query)), url);
  }
}
