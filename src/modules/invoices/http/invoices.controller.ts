import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { toListResponse } from '../../../platform/http/list.response';
import { toPageRequest } from '../../../platform/http/page.request';
import { LONG_LISTS } from '../../../platform/http/raw-body';
import { CreateInvoice } from '../actions/create-invoice';
import { UpdateInvoice } from '../actions/update-invoice';
import { INVOICES_SETTINGS, type InvoicesSettings } from '../invoices.settings';
import { InvoiceQueries } from '../queries/invoice-queries';
import { NumberReport } from '../queries/number-report';
import { toInvoiceSummary } from '../queries/invoice.view';
import { FindInvoice, invoiceIdOf } from './find-invoice';
import { toChanges, toCreateInput, toFilter } from './invoice-inputs';
import { CreateInvoiceRequest, UpdateInvoiceRequest } from './invoice.requests';
import * as bodies from './invoices.bodies';
import * as docs from './invoices.docs';
import { ListInvoicesQuery, NumbersQuery } from './list-invoices.request';
import { toNumbersResponse } from './numbers.response';

@ApiTags('Invoices')
@Access('staff', 'user')
@Controller('api/invoices')
export class InvoicesController {
  constructor(
    private readonly queries: InvoiceQueries,
    private readonly numbers: NumberReport,
    private readonly invoices: FindInvoice,
    private readonly createInvoice: CreateInvoice,
    private readonly updateInvoice: UpdateInvoice,
    @Inject(INVOICES_SETTINGS) private readonly settings: InvoicesSettings,
  ) {}

  @Post()
  @Access('staff')
  @RouteConfig(LONG_LISTS)
  @Documented(docs.create)
  @ApiBody(bodies.createBody)
  async create(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Body() body: CreateInvoiceRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = toCreateInput({ caller, idempotency }, body);
    const made = await this.createInvoice.execute(input);
    if (made.replayed) void reply.header('Idempotent-Replayed', 'true');
    const invoice = await this.invoices.showMade(caller, { ...made, base });
    void reply.header('Location', invoice._links.self);
    return invoice;
  }

  @Get()
  @Documented(docs.list)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListInvoicesQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const filter = toFilter(query, this.settings.INVOICE_TIME_ZONE);
    const page = await this.queries.list(caller, filter, toPageRequest(query));
    return toListResponse(page, url, (row) => toInvoiceSummary(row, base));
  }

  @Get('numbers')
  @Access('staff')
  @Documented(docs.numbers)
  async reportNumbers(@Query() { series }: NumbersQuery) {
    return toNumbersResponse(await this.numbers.of(series ?? null));
  }

  @Get(':id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@CurrentCaller() caller: Caller, @Param('id') id: string, @BaseUrl() base: string) {
    return this.invoices.show(caller, { id, base });
  }

  @Patch(':id')
  @Access('staff')
  @RouteConfig(LONG_LISTS)
  @Documented(docs.update)
  @ApiParam(docs.draftIdParam)
  @ApiBody(bodies.updateBody)
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateInvoiceRequest,
    @BaseUrl() base: string,
  ) {
    await this.updateInvoice.execute(invoiceIdOf(id), toChanges(body));
    return this.invoices.show(caller, { id, base });
  }

  @Delete(':id')
  @Access('staff')
  @Documented(docs.remove)
  @ApiParam(docs.draftIdParam)
  async remove(@CurrentCaller() caller: Caller, @Param('id') id: string, @BaseUrl() base: string) {
    const invoice = await this.invoices.show(caller, { id, base });
    await this.updateInvoice.delete(invoiceIdOf(id));
    return invoice;
  }
}
