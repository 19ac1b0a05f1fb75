import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { toPageRequest } from '../../../platform/http/page.request';
import { readAnyId } from '../../../shared/id';
import { ResolveOperation } from '../actions/resolve-operation';
import { operationNotFound } from '../payments.errors';
import { OperationQueries } from '../queries/operation-queries';
import { toOperationResponse } from '../queries/operation.view';
import { answerResolve } from './operation-answer';
import { toResolution } from './operation-inputs';
import { ListOperationsQuery, ResolveOperationRequest } from './operation.requests';
import * as docs from './operations.docs';

@ApiTags('Operations')
@Access('staff')
@Controller('api/operations')
export class OperationsController {
  constructor(
    private readonly queries: OperationQueries,
    private readonly resolveOperation: ResolveOperation,
  ) {}

  @Get()
  @Documented(docs.list)
  async list(@Query() query: ListOperationsQuery, @RequestUrl() url: string) {
    const filter = { state: query.state ?? null, kind: query.kind ?? null };
    const page = await this.queries.list(filter, toPageRequest(query));
    return toListResponse(page, url, toOperationResponse);
  }

  @Get(':id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@Param('id') id: string) {
    const operation = await this.queries.find(uuidOf(id));
    if (!operation) throw notFound();
    return toOperationResponse(operation);
  }

  @Post(':id/resolve')
  @Documented(docs.resolve)
  @ApiParam(docs.idParam)
  @ApiBody(docs.resolveBody)
  async resolve(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: ResolveOperationRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const resolution = toResolution(body);
    const decision = { operationId: uuidOf(id), resolution, note: body.note };
    const result = await this.resolveOperation.execute({ caller, idempotency, ...decision });
    return answerResolve(reply, { base, result });
  }
}

function uuidOf(text: string): string {
  const id = readAnyId('op', text);
  if (id === null) throw notFound();
  return id;
}

function notFound() {
  return operationNotFound('There is no operation with this id.');
}
