import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access } from '../../../platform/auth/access';
import { readMark } from '../../../platform/events/feed-mark';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { toPageRequest } from '../../../platform/http/page.request';
import { readAnyId } from '../../../shared/id';
import { PingEndpoint } from '../actions/ping-endpoint';
import { noSuchDelivery, Redeliver } from '../actions/redeliver';
import { type RepeatableOutcome, ReplayEvents } from '../actions/replay-events';
import { DeliveryQueries } from '../queries/delivery-queries';
import { DELIVERY_STATES, toDeliveryResponse } from '../queries/delivery.view';
import * as docs from './deliveries.docs';
import { ListDeliveriesQuery, NothingRequest, ReplayRequest } from './endpoint.requests';
import { idParam, nothingBody } from './endpoints.docs';
import { endpointIdOf, FindEndpoint } from './find-endpoint';

@ApiTags('Webhooks')
@Access('staff')
@Controller('api/webhook-endpoints/:id')
export class DeliveriesController {
  constructor(
    private readonly queries: DeliveryQueries,
    private readonly endpoints: FindEndpoint,
    private readonly redeliverOne: Redeliver,
    private readonly replayEvents: ReplayEvents,
    private readonly pingEndpoint: PingEndpoint,
  ) {}

  @Get('deliveries')
  @Documented(docs.list)
  @ApiParam(idParam)
  async list(
    @Param('id') id: string,
    @Query() query: ListDeliveriesQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const endpointId = endpointIdOf(id);
    await this.endpoints.show({ id: endpointId, base });
    const state = DELIVERY_STATES.find((one) => one === query.state) ?? null;
    const page = await this.queries.list({ endpointId, state }, toPageRequest(query));
    return toListResponse(page, url, toDeliveryResponse);
  }

  @Post('deliveries/:delivery_id/redeliver')
  @Documented(docs.redeliver)
  @ApiParam(idParam)
  @ApiParam(docs.deliveryIdParam)
  @ApiBody(nothingBody)
  async redeliver(
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Param('delivery_id') deliveryId: string,
    @Body() _: NothingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const endpointId = endpointIdOf(id);
    const wanted = { endpointId, deliveryId: deliveryIdOf(deliveryId) };
    const replayed = await this.redeliverOne.execute({ ...wanted, idempotency });
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    const row = await this.queries.find({ id: wanted.deliveryId, endpointId });
    if (!row) throw noSuchDelivery();
    return toDeliveryResponse(row);
  }

  @Post('replay')
  @Documented(docs.replay)
  @ApiParam(idParam)
  @ApiBody(docs.replayBody)
  async replay(
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() { after }: ReplayRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const mark = readMark({ text: after, pointer: '/after' });
    const input = { endpointId: endpointIdOf(id), after: mark, idempotency };
    return answerOutcome(await this.replayEvents.execute(input), reply);
  }

  @Post('ping')
  @Documented(docs.ping)
  @ApiParam(idParam)
  @ApiBody(nothingBody)
  async ping(
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _: NothingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { endpointId: endpointIdOf(id), idempotency };
    return answerOutcome(await this.pingEndpoint.execute(input), reply);
  }
}

function answerOutcome({ outcome, replayed }: RepeatableOutcome, reply: FastifyReply) {
  if (replayed) void reply.header('Idempotent-Replayed', 'true');
  return outcome;
}

/** The UUID behind `whd_…`. */
function deliveryIdOf(text: string): string {
  const id = readAnyId('whd', text);
  if (id === null) throw noSuchDelivery();
  return id;
}
