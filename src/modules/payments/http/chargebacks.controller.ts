import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { toListResponse } from '../../../platform/http/list.response';
import { PageQuery, toPageRequest } from '../../../platform/http/page.request';
import { type ChargebackFilter, ChargebackQueries } from '../queries/chargeback-queries';
import { toChargebackResponse } from '../queries/chargeback.view';
import { ListChargebacksQuery, toChargebackFilter } from './chargeback.requests';
import * as docs from './chargebacks.docs';
import { FindChargeback } from './find-chargeback';
import { FindPayment } from './find-payment';

@ApiTags('Chargebacks')
@Access('staff', 'user')
@Controller('api')
export class ChargebacksController {
  constructor(
    private readonly queries: ChargebackQueries,
    private readonly chargebacks: FindChargeback,
    private readonly payments: FindPayment,
  ) {}

  @Get('chargebacks')
  @Documented(docs.list)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListChargebacksQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const page = await this.queries.list(caller, toChargebackFilter(query), toPageRequest(query));
    return toListResponse(page, url, (row) => toChargebackResponse(row, base));
  }

  @Get('chargebacks/:id')
  @Documented(docs.find)
  @ApiParam(docs.idParam)
  async find(@CurrentCaller() caller: Caller, @Param('id') id: string, @BaseUrl() base: string) {
    return toChargebackResponse(await this.chargebacks.byId(caller, id), base);
  }

  @Get('payments/:id/chargebacks')
  @Documented(docs.listOfPayment)
  @ApiParam(docs.paymentIdParam)
  async listOfPayment(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const { id: paymentId } = await this.payments.byId(caller, id);
    const filter: ChargebackFilter = { paymentId, state: null, provider: null, hasConflict: null };
    const page = await this.queries.list(caller, filter, toPageRequest(query));
    return toListResponse(page, url, (row) => toChargebackResponse(row, base));
  }
}
