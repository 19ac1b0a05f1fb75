import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller, TakesToken } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { CreateMandate } from '../actions/create-mandate';
import { ListMandates } from '../actions/list-mandates';
import { ShowMandate } from '../actions/show-mandate';
import { customerIdOf } from './customer-id';
import { CreateMandateRequest, MandatesQuery } from './mandate.requests';
import { toCreateMandateInput } from './mandate-inputs';
import { toCreatedMandate, toMandateResponse } from './mandate.view';
import * as docs from './mandates.docs';

@ApiTags('Mandates')
@Access('staff', 'user')
@TakesToken()
@Controller('api/customers/:id/mandates')
export class MandatesController {
  constructor(
    private readonly createMandate: CreateMandate,
    private readonly listMandates: ListMandates,
    private readonly showMandate: ShowMandate,
  ) {}

  @Post()
  @Documented(docs.create)
  @ApiParam(docs.customerParam)
  @ApiBody(docs.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: CreateMandateRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = toCreateMandateInput(customerIdOf(id), body);
    const made = await this.createMandate.execute({ caller, idempotency, ...input });
    const answer = toCreatedMandate(made, base);
    if (made.replayed) void reply.header('Idempotent-Replayed', 'true');
    void reply.header('Location', answer._links.self);
    void reply.status(made.mandate === null ? 202 : 201);
    return answer;
  }

  @Get()
  @Documented(docs.list)
  @ApiParam(docs.customerParam)
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { provider }: MandatesQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const customerId = customerIdOf(id);
    const input = { caller, customerId, account: provider ?? null };
    const rows = await this.listMandates.execute(input);
    const page = { rows, next: null, prev: null };
    return toListResponse(page, url, (row) => toMandateResponse(row, { customerId, base }));
  }

  @Get(':mandate')
  @Documented(docs.find)
  @ApiParam(docs.customerParam)
  @ApiParam(docs.mandateParam)
  async find(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('mandate') mandateId: string,
    @Query() { provider }: MandatesQuery,
    @BaseUrl() base: string,
  ) {
    const customerId = customerIdOf(id);
    const input = { caller, customerId, mandateId, account: provider ?? null };
    const found = await this.showMandate.execute(input);
    return toMandateResponse(found, { customerId, base });
  }
}
