import { Body, Controller, Get, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller, TakesToken } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { RAW_JSON_BODY } from '../../../platform/http/raw-body';
import { IgnoresUnknownQuery } from '../../../platform/http/unread-query.guard';
import { ApproveFrozenPayment } from '../actions/approve-frozen-payment';
import { CancelFrozenPayment } from '../actions/cancel-frozen-payment';
import { CreateFrozenPayment } from '../actions/create-frozen-payment';
import { FindFrozenPayment } from '../actions/find-frozen-payment';
import { ListFrozenPayments } from '../actions/list-frozen-payments';
import { paymentDoesNotExist } from '../compatibility.errors';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import {
  type Fields,
  readApproveFields,
  readCancelFields,
  readCreateFields,
} from './frozen-fields';
import { DocumentedFrozen } from './documented-frozen';
import { toFrozenPayment } from './frozen-payment.view';
import * as bodies from './frozen-payments.bodies';
import * as docs from './frozen-payments.docs';
import { type QueryFields, readListQuery } from './frozen-query';
import { APPROVED, CANCELED } from './frozen-texts';
import { ReadFields } from './read-fields.guard';

/** The older API, as its clients know it. */
@ApiTags('Compatibility')
@Access('staff', 'user')
@TakesToken()
@IgnoresUnknownQuery()
@Controller('api/paypal-payments')
export class FrozenPaymentsController {
  constructor(
    private readonly payments: FindFrozenPayment,
    private readonly listPayments: ListFrozenPayments,
    private readonly createPayment: CreateFrozenPayment,
    private readonly approvePayment: ApproveFrozenPayment,
    private readonly cancelPayment: CancelFrozenPayment,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  @Get()
  @DocumentedFrozen(docs.list)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: QueryFields,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.listPayments.execute({ caller, url, ...readListQuery(query) });
    void reply.headers({ 'X-Result-Count': page.count, Link: page.links });
    return page.rows.map((row) => toFrozenPayment(row, base));
  }

  @Get(':uuid')
  @DocumentedFrozen(docs.find)
  @ApiParam(docs.uuidParam)
  async find(
    @CurrentCaller() caller: Caller,
    @Param('uuid') uuid: string,
    @BaseUrl() base: string,
  ) {
    const payment = await this.payments.byId(caller, uuid);
    if (!payment) throw paymentDoesNotExist('Not found.');
    return toFrozenPayment(payment, base);
  }

  @Post()
  @RouteConfig(RAW_JSON_BODY)
  @UseGuards(ReadFields)
  @DocumentedFrozen(docs.create)
  @ApiBody(bodies.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: Fields,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const fields = readCreateFields(body, this.settings.currency);
    const made = await this.createPayment.execute({ caller, idempotency, ...fields });
    const shown = toFrozenPayment(made.payment, base);
    void reply.header('Location', shown.url);
    if (made.replayed) void reply.header('Idempotent-Replayed', 'true');
    return shown;
  }

  @Post('approve')
  @RouteConfig(RAW_JSON_BODY)
  @UseGuards(ReadFields)
  @DocumentedFrozen(docs.approve)
  @ApiBody(bodies.approveBody)
  async approve(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: Fields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { caller, idempotency, ...readApproveFields(body) };
    const { outcome, replayed } = await this.approvePayment.execute(input);
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    void reply.status(outcome === 'approved' ? 200 : 202);
    return { detail: APPROVED[outcome] };
  }

  @Post('cancel')
  @RouteConfig(RAW_JSON_BODY)
  @UseGuards(ReadFields)
  @DocumentedFrozen(docs.cancel)
  @ApiBody(bodies.cancelBody)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: Fields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = { caller, idempotency, ids: readCancelFields(body) };
    const { replayed } = await this.cancelPayment.execute(input);
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    return { detail: CANCELED };
  }
}
