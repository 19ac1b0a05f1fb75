import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Access, callerOf, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, baseUrlOf, requestUrlOf } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { toPageRequest } from '../../../platform/http/page.request';
import { ApprovePayment } from '../actions/approve-payment';
import { CancelPayment } from '../actions/cancel-payment';
import { CreatePayment } from '../actions/create-payment';
import { RefreshOnRequest } from '../actions/refresh-on-request';
import { PaymentQueries, type ShownPayment } from '../queries/payment-queries';
import { PaymentTimeline } from '../queries/payment-timeline';
import { toPaymentResponse } from '../queries/payment.view';
import { answerCommand } from './answer-command';
import { FindPayment } from './find-payment';
import { FindPaymentQuery } from './find-payment.request';
import { ListPaymentsQuery } from './list-payments.request';
import * as requests from './payment.requests';
import { toCreateInput, toFilter } from './payment-inputs';
import * as bodies from './payments.bodies';
import * as docs from './payments.docs';
import { toTimelineResponse } from './timeline.response';

type FindRequest = FastifyRequest<{ Params: { id: string } }>;

/** The reads take the request whole: Nest asks every pipe about each parameter, which costs a read more than its access. */
@ApiTags('Payments')
@Access('staff', 'user')
@Controller('api/payments')
export class PaymentsController {
  constructor(
    private readonly queries: PaymentQueries,
    private readonly payments: FindPayment,
    private readonly timelines: PaymentTimeline,
    private readonly createPayment: CreatePayment,
    private readonly approvePayment: ApprovePayment,
    private readonly cancelPayment: CancelPayment,
    private readonly refreshPayment: RefreshOnRequest,
  ) {}

  @Post()
  @Documented(docs.create)
  @ApiBody(bodies.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: requests.CreatePaymentRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const result = await this.createPayment.execute(toCreateInput(caller, idempotency, body));
    return answerCommand(reply, { base, result, status: 201 });
  }

  @Get()
  @Documented(docs.list)
  async list(@Req() request: FastifyRequest, @Query() query: ListPaymentsQuery) {
    const caller = callerOf(request);
    const base = baseUrlOf(request);
    const page = await this.queries.list(caller, toFilter(query), toPageRequest(query));
    const show = (row: ShownPayment) => toPaymentResponse(row, row.operation, base);
    return toListResponse(page, requestUrlOf(request), show);
  }

  @Post('approve')
  @Documented(docs.approveAny)
  @ApiBody(bodies.approveAnyBody)
  async approveAny(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: requests.ApproveAnyPaymentRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byAnyId(caller, body);
    const payer = { payerId: body.payer_id ?? null, token: body.token ?? null };
    const input = { caller, idempotency, payment, ...payer };
    const result = await this.approvePayment.execute(input);
    return answerCommand(reply, { base, result, status: 200 });
  }

  @Post('cancel')
  @Documented(docs.cancelAny)
  @ApiBody(bodies.cancelAnyBody)
  async cancelAny(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: requests.CancelAnyPaymentRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byAnyId(caller, body);
    const result = await this.cancelPayment.execute({ caller, idempotency, payment });
    return answerCommand(reply, { base, result, status: 200 });
  }

  @Get(':id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@Req() request: FindRequest, @Query() query: FindPaymentQuery) {
    const { id } = request.params;
    const payment = await this.payments.whenChanged(callerOf(request), id, query);
    return toPaymentResponse(payment, payment.operation, baseUrlOf(request));
  }

  @Post(':id/approve')
  @Documented(docs.approve)
  @ApiParam(docs.approveIdParam)
  @ApiBody(bodies.approveBody)
  async approve(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: requests.ApprovePaymentRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byId(caller, id);
    const payer = { payerId: body.payer_id ?? null, token: body.token ?? null };
    const input = { caller, idempotency, payment, ...payer };
    const result = await this.approvePayment.execute(input);
    return answerCommand(reply, { base, result, status: 200 });
  }

  @Post(':id/cancel')
  @Documented(docs.cancel)
  @ApiParam(docs.idParam)
  @ApiBody(bodies.emptyBody)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _body: requests.EmptyRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byId(caller, id);
    const result = await this.cancelPayment.execute({ caller, idempotency, payment });
    return answerCommand(reply, { base, result, status: 200 });
  }

  @Post(':id/refresh')
  @Documented(docs.refresh)
  @ApiParam(docs.idParam)
  @ApiBody(bodies.emptyBody)
  async refresh(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _body: requests.EmptyRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byId(caller, id);
    const now = await this.refreshPayment.execute({ caller, idempotency, payment });
    if (now.replayed) void reply.header('Idempotent-Replayed', 'true');
    return toPaymentResponse(now.payment, now.payment.operation, base);
  }

  @Get(':id/timeline')
  @Documented(docs.timeline)
  @ApiParam(docs.idParam)
  async timeline(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    const payment = await this.payments.byId(caller, id);
    return toTimelineResponse(await this.timelines.of(payment.id), caller);
  }
}
