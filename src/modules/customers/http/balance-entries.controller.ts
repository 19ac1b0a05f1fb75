import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentCaller, TakesToken } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl, RequestUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { toListResponse } from '../../../platform/http/list.response';
import { toPageRequest } from '../../../platform/http/page.request';
import { noSuchCustomer } from '../actions/update-customer';
import { BalanceEntryQueries } from '../queries/balance-entry-queries';
import { toBalanceEntryResponse } from '../queries/balance-entry.view';
import { CustomerQueries } from '../queries/customer-queries';
import * as docs from './balance-entries.docs';
import { ListBalanceEntriesQuery, toBalanceEntryFilter } from './balance-entries.request';
import { customerIdOf } from './customer-id';
import { idParam } from './customers.docs';

@ApiTags('Customers')
@Access('staff', 'user')
@TakesToken()
@Controller('api/customers/:id/balance-entries')
export class BalanceEntriesController {
  constructor(
    private readonly entries: BalanceEntryQueries,
    private readonly customers: CustomerQueries,
  ) {}

  @Get()
  @Documented(docs.list)
  @ApiParam(idParam)
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: ListBalanceEntriesQuery,
    @RequestUrl() url: string,
    @BaseUrl() base: string,
  ) {
    const filter = toBalanceEntryFilter(customerIdOf(id), query);
    const page = await this.entries.list(caller, filter, toPageRequest(query));
    if (page.rows.length === 0) await this.requireCustomer(caller, filter.customerId);
    return toListResponse(page, url, (row) => toBalanceEntryResponse(row, base));
  }

  /** An empty page alone does not tell a customer without entries from one of somebody else. */
  private async requireCustomer(caller: Caller, id: string): Promise<void> {
    if (!(await this.customers.find(caller, id))) throw noSuchCustomer();
  }
}
