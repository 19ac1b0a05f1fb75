import { Controller, Get, Param } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { RequestUrl } from '../../platform/http/base-url';
import { Documented } from '../../platform/http/documented';
import { toListResponse } from '../../platform/http/list.response';
import { LOGS_MORE } from '../../platform/http/log-lines';
import { ProviderRegistry } from '../provider-registry';
import { type PayMethodListResponse } from './pay-method.response';
import { toPayMethodResponse } from './pay-method.view';
import { ProviderHealth } from './provider-health';
import { toProviderResponse } from './provider.view';
import { type ProviderListResponse } from './provider.response';
import * as docs from './providers.docs';
import { ReadPayMethods } from './read-pay-methods';

@ApiTags('Providers')
@Access('staff', 'user')
@Controller('api/providers')
export class ProvidersController {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly health: ProviderHealth,
    private readonly readPayMethods: ReadPayMethods,
  ) {}

  @Get()
  @RouteConfig(LOGS_MORE)
  @Documented(docs.list)
  async list(): Promise<ProviderListResponse> {
    const { all, defaultAccount } = this.registry;
    const data = await Promise.all(
      all.map(async (provider) =>
        toProviderResponse(
          provider,
          provider.account === (defaultAccount ?? all[0]?.account),
          await this.health.of(provider),
        ),
      ),
    );
    return { type: 'list', data, count: data.length };
  }

  @Get(':id/pay-methods')
  @RouteConfig(LOGS_MORE)
  @Documented(docs.payMethods)
  @ApiParam(docs.accountParam)
  async payMethods(
    @Param('id') account: string,
    @RequestUrl() url: string,
  ): Promise<PayMethodListResponse> {
    const rows = await this.readPayMethods.execute(account);
    const page = { rows, next: null, prev: null };
    return toListResponse(page, url, (method) => toPayMethodResponse(method, account));
  }
}
