import { type DynamicModule, Module } from '@nestjs/common';
import { type AppConfig } from './config';
import { errorCatalogue } from './error-catalogue';
import { CompatibilityModule } from './modules/compatibility/compatibility.module';
import { CustomersModule } from './modules/customers/customers.module';
import { InvoicesModule } from './modules/invoices/invoices.module';
import { PaymentsModule } from './modules/payments/payments.module';
import { WebhooksModule } from './modules/webhooks/webhooks.module';
import { type Logger } from './platform/logging/log';
import { type Metrics } from './platform/metrics/metrics';
import { PlatformModule } from './platform/platform.module';
import { ProvidersModule } from './providers/providers.module';

/** What exists before the modules do. */
export interface AppParts {
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** The table of contents, in arrow order: nothing below is known to anything above it. */
@Module({})
export class AppModule {
  static with(config: AppConfig, { log, metrics }: AppParts): DynamicModule {
    const payments = PaymentsModule.with({
      settings: config.payments,
      runJobs: config.jobs.RUN_JOBS,
    });
    const invoices = InvoicesModule.with(config.invoices, payments);
    return {
      module: AppModule,
      imports: [
        PlatformModule.with({
          log,
          metrics: { counted: metrics, settings: config.metrics },
          database: config.database,
          jobs: config.jobs,
          pdf: config.pdf,
          auth: { limits: config.limits, oidc: config.oidc },
          purpose: config.http.DEMO ? 'demo' : 'real',
          errors: errorCatalogue,
        }),
        ProvidersModule.with({ config: config.providers, jobsAtOnce: config.jobs.JOBS_AT_ONCE }),
        CustomersModule,
        payments,
        invoices,
        WebhooksModule.with({ isDemo: config.http.DEMO, runsJobs: config.jobs.RUN_JOBS }),
        CompatibilityModule.with({
          settings: config.compatibility,
          payments,
          invoices,
          demoUserKey: config.http.DEMO ? config.http.DEMO_USER_KEY : null,
        }),
      ],
    };
  }
}
