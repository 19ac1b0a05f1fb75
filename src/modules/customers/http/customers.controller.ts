import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller, TakesToken } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { PageQuery, toPageRequest } from '../../../platform/http/page.request';
import { CreateCustomer } from '../actions/create-customer';
import { noSuchCustomer, UpdateCustomer } from '../actions/update-customer';
import { CustomerQueries } from '../queries/customer-queries';
import { toCustomerResponse } from '../queries/customer.view';
import { customerIdOf } from './customer-id';
import * as docs from './customers.docs';
import { CreateCustomerRequest, UpdateCustomerRequest } from './customer.requests';
import { CustomerResponse } from './customer.response';

@ApiTags('Customers')
@Access('staff', 'user')
@TakesToken()
@Controller('api/customers')
export class CustomersController {
  constructor(
    private readonly queries: CustomerQueries,
    private readonly createCustomer: CreateCustomer,
    private readonly updateCustomer: UpdateCustomer,
  ) {}

  @Post()
  @Documented(docs.create)
  @ApiBody(docs.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() { owners, ...fields }: CreateCustomerRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CustomerResponse> {
    const input = { caller, idempotency, fields, owners: owners ?? null };
    const { id, replayed } = await this.createCustomer.execute(input);
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    const customer = await this.show(caller, { id, base });
    void reply.header('Location', customer._links.self);
    return customer;
  }

  @Get()
  @Documented(docs.list)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: PageQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const page = await this.queries.list(caller, toPageRequest(query));
    return toListResponse(page, url, (row) => toCustomerResponse(row, base));
  }

  @Get(':id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @BaseUrl() base: string,
  ): Promise<CustomerResponse> {
    return this.show(caller, { id: customerIdOf(id), base });
  }

  @Patch(':id')
  @Documented(docs.update)
  @ApiParam(docs.idParam)
  @ApiBody(docs.updateBody)
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { owners, ...fields }: UpdateCustomerRequest,
    @BaseUrl() base: string,
  ): Promise<CustomerResponse> {
    const customerId = customerIdOf(id);
    const input = { caller, id: customerId, fields, owners: owners ?? null };
    await this.updateCustomer.execute(input);
    return this.show(caller, { id: customerId, base });
  }

  private async show(
    caller: Caller,
    { id, base }: { id: string; base: string },
  ): Promise<CustomerResponse> {
    const row = await this.queries.find(caller, id);
    if (!row) throw noSuchCustomer();
    return toCustomerResponse(row, base);
  }
}
