import { Controller, Get, Param, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { Documented } from '../../../platform/http/documented';
import { LOGS_MORE } from '../../../platform/http/log-lines';
import { PreviewInvoice } from '../actions/preview-invoice';
import { type FileKind } from '../storage/invoice-files';
import { FindInvoice, invoiceIdOf } from './find-invoice';
import * as docs from './invoice-files.docs';
import { draftIdParam, idParam } from './invoices.docs';
import { ServeFiles } from './serve-files';

@ApiTags('Invoices')
@Access('staff', 'user')
@Controller('api/invoices')
export class InvoiceFilesController {
  constructor(
    private readonly invoices: FindInvoice,
    private readonly previewInvoice: PreviewInvoice,
    private readonly files: ServeFiles,
  ) {}

  @Get(':id/pdf')
  @RouteConfig(LOGS_MORE)
  @Documented(docs.pdf)
  @ApiParam(idParam)
  pdf(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.serve(caller, { id, kind: 'pdf', reply });
  }

  @Get(':id/ubl')
  @RouteConfig(LOGS_MORE)
  @Documented(docs.ubl)
  @ApiParam(idParam)
  ubl(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.serve(caller, { id, kind: 'ubl', reply });
  }

  @Get(':id/facturx')
  @RouteConfig(LOGS_MORE)
  @Documented(docs.facturx)
  @ApiParam(idParam)
  facturx(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.serve(caller, { id, kind: 'facturx', reply });
  }

  @Get(':id/preview')
  @RouteConfig(LOGS_MORE)
  @Access('staff')
  @Documented(docs.preview)
  @ApiParam(draftIdParam)
  async preview(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const document = await this.previewInvoice.execute(invoiceIdOf(id));
    return this.files.preview(document, reply);
  }

  private async serve(
    caller: Caller,
    { id, kind, reply }: { readonly id: string; readonly kind: FileKind; reply: FastifyReply },
  ) {
    return this.files.serve(await this.invoices.byId(caller, id), { kind, reply });
  }
}
