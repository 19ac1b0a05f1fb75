import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller, TakesToken } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { IgnoresUnknownQuery } from '../../../platform/http/unread-query.guard';
import { hexId } from '../../../shared/id';
import { FindFrozenInvoice } from '../actions/find-frozen-invoice';
import { DocumentedFrozen, DocumentedFrozenPdf } from './documented-frozen';
import { toFrozenInvoice } from './frozen-invoice.view';
import * as docs from './frozen-invoices.docs';
import { type QueryFields, readListQuery } from './frozen-query';

/** Issued invoices of the older API, as its clients know them. */
@ApiTags('Compatibility')
@Access('staff', 'user')
@TakesToken()
@IgnoresUnknownQuery()
@Controller('api/paypal-invoices')
export class FrozenInvoicesController {
  constructor(private readonly invoices: FindFrozenInvoice) {}

  @Get()
  @DocumentedFrozen(docs.list)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: QueryFields,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.invoices.page({ caller, url, ...readListQuery(query) });
    void reply.headers({ 'X-Result-Count': page.count, Link: page.links });
    return page.rows.map((row) => toFrozenInvoice(row, base));
  }

  @Get(':uuid')
  @DocumentedFrozen(docs.find)
  @ApiParam(docs.uuidParam)
  async find(
    @CurrentCaller() caller: Caller,
    @Param('uuid') uuid: string,
    @BaseUrl() base: string,
  ) {
    return toFrozenInvoice(await this.invoices.byId(caller, uuid), base);
  }

  @Get(':uuid/pdf')
  @DocumentedFrozenPdf(docs.pdfNotFound)
  @ApiParam(docs.uuidParam)
  @ApiQuery({
    name: 'download',
    required: false,
    description: '`true`: as a file to save.',
    schema: { type: 'string' },
  })
  async pdf(
    @CurrentCaller() caller: Caller,
    @Param('uuid') uuid: string,
    @Query() { download }: QueryFields,
  ) {
    const { id, content } = await this.invoices.pdf(caller, uuid);
    const place = download === 'true' ? 'attachment' : 'inline';
    return new StreamableFile(content, {
      type: 'application/pdf',
      disposition: `${place}; filename="${hexId(id)}.pdf"`,
    });
  }
}
