import { type DynamicModule, Module } from '@nestjs/common';
import { Logger } from '../platform/logging/log';
import { systemClock } from '../shared/clock';
import { ProvidersController } from './http/providers.controller';
import { ProviderHealth } from './http/provider-health';
import { ProviderHttp } from './provider-http';
import { ProviderRegistry } from './provider-registry';
import { type ProvidersConfig } from './providers.settings';

/** The configured provider accounts, shared by all business modules. */
@Module({})
export class ProvidersModule {
  static with(config: ProvidersConfig): DynamicModule {
    return {
      module: ProvidersModule,
      global: true,
      controllers: [ProvidersController],
      providers: [
        ProviderHealth,
        {
          provide: ProviderRegistry,
          inject: [Logger],
          useFactory: (log: Logger) => buildRegistry(config, log),
        },
      ],
      exports: [ProviderRegistry],
    };
  }
}

function buildRegistry({ accounts, defaultAccount }: ProvidersConfig, log: Logger) {
  const providers = accounts.map(({ account, build }) =>
    build({
      account,
      clock: systemClock,
      openHttp: (options) =>
        new ProviderHttp(account, options, (line) => log.info({ ...line }, 'provider call')),
    }),
  );
  return new ProviderRegistry(providers, defaultAccount);
}
