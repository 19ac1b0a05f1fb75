import { type DynamicModule, Module } from '@nestjs/common';
import { type AppConfig } from './config';
import { CustomersModule } from './modules/customers/customers.module';
import { PaymentsModule } from './modules/payments/payments.module';
import { type Logger } from './platform/logging/log';
import { PlatformModule } from './platform/platform.module';
import { ProvidersModule } from './providers/providers.module';

/** The table of contents, in arrow order: nothing below is known to anything above it. */
@Module({})
export class AppModule {
  static with(config: AppConfig, log: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with({ log, database: config.database }),
        ProvidersModule.with(config.providers),
        CustomersModule,
        PaymentsModule.with(config.payments),
      ],
    };
  }
}
