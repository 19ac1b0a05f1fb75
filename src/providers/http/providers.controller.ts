import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { Documented } from '../../platform/http/documented';
import { ProviderRegistry } from '../provider-registry';
import { ProviderHealth } from './provider-health';
import { toProviderResponse } from './provider.view';
import { type ProviderListResponse } from './provider.response';
import { list } from './providers.docs';

@ApiTags('Providers')
@Access('staff', 'user')
@Controller('api/providers')
export class ProvidersController {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly health: ProviderHealth,
  ) {}

  @Get()
  @Documented(list)
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
}
