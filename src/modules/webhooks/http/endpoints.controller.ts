import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { PageQuery, toPageRequest } from '../../../platform/http/page.request';
import { CreateEndpoint } from '../actions/create-endpoint';
import { DeleteEndpoint } from '../actions/delete-endpoint';
import { RotateSecret } from '../actions/rotate-secret';
import { UpdateEndpoint } from '../actions/update-endpoint';
import { EndpointQueries } from '../queries/endpoint-queries';
import { toEndpointResponse } from '../queries/endpoint.view';
import { CreateEndpointRequest, NothingRequest, UpdateEndpointRequest } from './endpoint.requests';
import * as docs from './endpoints.docs';
import { endpointIdOf, FindEndpoint } from './find-endpoint';

@ApiTags('Webhooks')
@Access('staff')
@Controller('api/webhook-endpoints')
export class EndpointsController {
  constructor(
    private readonly queries: EndpointQueries,
    private readonly endpoints: FindEndpoint,
    private readonly createEndpoint: CreateEndpoint,
    private readonly updateEndpoint: UpdateEndpoint,
    private readonly deleteEndpoint: DeleteEndpoint,
    private readonly rotateSecret: RotateSecret,
  ) {}

  @Post()
  @Documented(docs.create)
  @ApiBody(docs.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() { url, description, event_types, enabled }: CreateEndpointRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const fields = {
      url,
      description: description ?? null,
      event_types: event_types ?? [],
      enabled: enabled ?? true,
    };
    const made = await this.createEndpoint.execute({ caller, idempotency, fields });
    if (made.replayed) void reply.header('Idempotent-Replayed', 'true');
    const endpoint = await this.endpoints.showWithSecret({ ...made, base });
    void reply.header('Location', endpoint._links.self);
    return endpoint;
  }

  @Get()
  @Documented(docs.list)
  async list(@Query() query: PageQuery, @RequestUrl() url: string, @BaseUrl() base: string) {
    const page = await this.queries.list(toPageRequest(query));
    return toListResponse(page, url, (row) => toEndpointResponse(row, base));
  }

  @Get(':id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@Param('id') id: string, @BaseUrl() base: string) {
    return this.endpoints.show({ id: endpointIdOf(id), base });
  }

  @Patch(':id')
  @Documented(docs.update)
  @ApiParam(docs.idParam)
  @ApiBody(docs.updateBody)
  async update(
    @Param('id') id: string,
    @Body() fields: UpdateEndpointRequest,
    @BaseUrl() base: string,
  ) {
    const endpoint = endpointIdOf(id);
    await this.updateEndpoint.execute({ id: endpoint, fields });
    return this.endpoints.show({ id: endpoint, base });
  }

  @Delete(':id')
  @Documented(docs.remove)
  @ApiParam(docs.idParam)
  async remove(@Param('id') id: string, @BaseUrl() base: string) {
    const endpoint = await this.endpoints.show({ id: endpointIdOf(id), base });
    await this.deleteEndpoint.execute(endpointIdOf(id));
    return endpoint;
  }

  @Post(':id/rotate-secret')
  @Documented(docs.rotate)
  @ApiParam(docs.idParam)
  @ApiBody(docs.nothingBody)
  async rotate(
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _: NothingRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const endpoint = endpointIdOf(id);
    const made = await this.rotateSecret.execute({ id: endpoint, idempotency });
    if (made.replayed) void reply.header('Idempotent-Replayed', 'true');
    return this.endpoints.showWithSecret({ ...made, base });
  }
}
