import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { PageQuery, toPageRequest } from '../../../platform/http/page.request';
import { readAnyId } from '../../../shared/id';
import { CloseConflict } from '../actions/close-conflict';
import { conflictNotFound } from '../conflicts.errors';
import { ConflictQueries } from '../queries/conflict-queries';
import { toConflictResponse } from '../queries/conflict.view';
import { CloseConflictRequest } from './conflict.requests';
import * as docs from './conflicts.docs';
import { FindPayment } from './find-payment';

@ApiTags('Payments')
@Access('staff')
@Controller('api/payments/:id/conflicts')
export class ConflictsController {
  constructor(
    private readonly queries: ConflictQueries,
    private readonly payments: FindPayment,
    private readonly closeConflict: CloseConflict,
  ) {}

  @Get()
  @Documented(docs.list)
  @ApiParam(docs.paymentIdParam)
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
    @RequestUrl() url: string,
  ) {
    const payment = await this.payments.byId(caller, id);
    const page = await this.queries.list(payment.id, toPageRequest(query));
    return toListResponse(page, url, toConflictResponse);
  }

  @Post(':conflict_id/close')
  @Documented(docs.close)
  @ApiParam(docs.paymentIdParam)
  @ApiParam(docs.conflictIdParam)
  @ApiBody(docs.closeBody)
  async close(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Param('conflict_id') conflict: string,
    @Body() { note }: CloseConflictRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id: paymentId } = await this.payments.byId(caller, id);
    const conflictId = readAnyId('con', conflict);
    if (conflictId === null) throw notFound();
    const wanted = { paymentId, conflictId };
    const { replayed } = await this.closeConflict.execute({ caller, idempotency, ...wanted, note });
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    const row = await this.queries.find({ id: conflictId, paymentId });
    if (!row) throw notFound();
    void reply.status(200);
    return toConflictResponse(row);
  }
}

function notFound() {
  return conflictNotFound('The payment has no conflict with this id.');
}
