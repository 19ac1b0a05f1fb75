import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Access, Public } from '../../../platform/auth/access';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { toPageRequest } from '../../../platform/http/page.request';
import { LOGS_ONE_LINE } from '../../../platform/http/log-lines';
import { RAW_BODY, rawDelivery } from '../../../platform/http/raw-body';
import { readAnyId } from '../../../shared/id';
import { notificationNotFound } from '../../providers.errors';
import { NotificationQueries } from '../notification-queries';
import { ReceiveNotification } from '../receive-notification';
import { ReplayNotification } from '../replay-notification';
import { ListNotificationsQuery, ReplayNotificationRequest } from './notification.requests';
import {
  type NotificationResponse,
  type ReceivedResponse,
  toNotificationResponse,
} from './notification.response';
import * as docs from './notifications.docs';

/** Taken whole: Nest asks every pipe about each parameter, and a flood of these comes at once. */
type DeliveryRequest = FastifyRequest<{ Params: { id: string } }>;

@ApiTags('Notifications')
@Access('staff')
@Controller('api/notifications')
export class NotificationsController {
  constructor(
    private readonly receiveNotification: ReceiveNotification,
    private readonly replayNotification: ReplayNotification,
    private readonly queries: NotificationQueries,
  ) {}

  @Post(':id')
  @Public()
  @RouteConfig({ ...RAW_BODY, ...LOGS_ONE_LINE })
  @Documented(docs.receive)
  @ApiParam(docs.accountParam)
  @ApiBody(docs.receiveBody)
  async receive(@Req() request: DeliveryRequest): Promise<ReceivedResponse> {
    const { id, params } = request;
    await this.receiveNotification.execute(params.id, rawDelivery(request), id);
    return { received: true };
  }

  @Get()
  @Documented(docs.list)
  async list(@Query() query: ListNotificationsQuery, @RequestUrl() url: string) {
    const filter = { state: query.state ?? null, account: query.provider ?? null };
    const page = await this.queries.list(filter, toPageRequest(query));
    return toListResponse(page, url, toNotificationResponse);
  }

  @Get(':id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@Param('id') id: string): Promise<NotificationResponse> {
    return this.show(id);
  }

  @Post(':id/replay')
  @Documented(docs.replay)
  @ApiParam(docs.idParam)
  @ApiBody(docs.replayBody)
  async replay(
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _body: ReplayNotificationRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationResponse> {
    const { replayed } = await this.replayNotification.execute(idOf(id), idempotency);
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    const shown = await this.show(id);
    void reply.header('Location', `${base}/api/notifications/${shown.id}`);
    return shown;
  }

  private async show(id: string): Promise<NotificationResponse> {
    const row = await this.queries.find(idOf(id));
    if (!row) throw noSuchNotification();
    return toNotificationResponse(row);
  }
}

function idOf(text: string): string {
  const id = readAnyId('ntf', text);
  if (id === null) throw noSuchNotification();
  return id;
}

function noSuchNotification() {
  return notificationNotFound('There is no such notification.');
}
