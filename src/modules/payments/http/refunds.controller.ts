import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { PageQuery, toPageRequest } from '../../../platform/http/page.request';
import { readAnyId } from '../../../shared/id';
import { CancelRefund } from '../actions/cancel-refund';
import { RefundPayment } from '../actions/refund-payment';
import { refundNotFound } from '../payments.errors';
import { RefundQueries } from '../queries/refund-queries';
import { toRefundResponse } from '../queries/refund.view';
import { answerRefund } from './answer-refund';
import { FindPayment } from './find-payment';
import { EmptyRequest } from './payment.requests';
import { emptyBody } from './payments.bodies';
import { toRefundFilter, toRefundInput } from './refund-inputs';
import { CreateRefundRequest, ListRefundsQuery } from './refund.requests';
import * as docs from './refunds.docs';

@ApiTags('Refunds')
@Access('staff', 'user')
@Controller('api')
export class RefundsController {
  constructor(
    private readonly queries: RefundQueries,
    private readonly payments: FindPayment,
    private readonly refundPayment: RefundPayment,
    private readonly cancelRefund: CancelRefund,
  ) {}

  @Post('payments/:id/refunds')
  @Documented(docs.create)
  @ApiParam(docs.paymentIdParam)
  @ApiBody(docs.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: CreateRefundRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byId(caller, id);
    const input = toRefundInput({ caller, idempotency, payment }, body);
    const result = await this.refundPayment.execute(input);
    return answerRefund(reply, { base, result, status: 201 });
  }

  @Get('payments/:id/refunds')
  @Documented(docs.listOfPayment)
  @ApiParam(docs.paymentIdParam)
  async listOfPayment(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const payment = await this.payments.byId(caller, id);
    const filter = { paymentId: payment.id, state: null, provider: null };
    const page = await this.queries.list(caller, filter, toPageRequest(query));
    return toListResponse(page, url, (row) => toRefundResponse(row, row.operation, base));
  }

  @Get('refunds')
  @Documented(docs.list)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListRefundsQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const page = await this.queries.list(caller, toRefundFilter(query), toPageRequest(query));
    return toListResponse(page, url, (row) => toRefundResponse(row, row.operation, base));
  }

  @Get('refunds/:id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@CurrentCaller() caller: Caller, @Param('id') id: string, @BaseUrl() base: string) {
    const refund = await this.byId(caller, id);
    return toRefundResponse(refund, refund.operation, base);
  }

  @Post('refunds/:id/cancel')
  @Documented(docs.cancel)
  @ApiParam(docs.cancelIdParam)
  @ApiBody(emptyBody)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _body: EmptyRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const refund = await this.byId(caller, id);
    const result = await this.cancelRefund.execute({ caller, idempotency, refund });
    return answerRefund(reply, { base, result, status: 200 });
  }

  private async byId(caller: Caller, text: string) {
    const id = readAnyId('ref', text);
    const refund = id === null ? null : await this.queries.find(caller, id);
    if (!refund) throw refundNotFound('There is no refund with this id, or it is not yours.');
    return refund;
  }
}
