import { type DynamicModule, Module } from '@nestjs/common';
import { Logger } from '../platform/logging/log';
import { Metrics } from '../platform/metrics/metrics';
import { systemClock } from '../shared/clock';
import { ProvidersController } from './http/providers.controller';
import { ProviderHealth } from './http/provider-health';
import { ReadPayMethods } from './http/read-pay-methods';
import { NotificationHandlers } from './notification-handlers';
import { NotificationsController } from './notifications/http/notifications.controller';
import { Inbox } from './notifications/inbox';
import { LookAfterNotifications } from './notifications/look-after-notifications';
import { NotificationGauges } from './notifications/notification-gauges';
import { NotificationQueries } from './notifications/notification-queries';
import { ReadLostNotifications } from './notifications/read-lost-notifications';
import { ReceiveNotification } from './notifications/receive-notification';
import { ReplayNotification } from './notifications/replay-notification';
import { StoreNotifications } from './notifications/store-notifications';
import { EventMarks } from './notifications/storage/event-marks';
import { NotificationUpkeep } from './notifications/storage/notification-upkeep';
import { NotificationsRepository } from './notifications/storage/notifications.repository';
import { Turns } from './notifications/turns';
import { PayMethodLists } from './pay-method-lists';
import { ProviderHttp } from './provider-http';
import { ProviderMetrics } from './provider-metrics';
import { ProviderRegistry } from './provider-registry';
import { type ProvidersConfig } from './providers.settings';

const NOTIFICATIONS = [
  ReceiveNotification,
  ReplayNotification,
  StoreNotifications,
  ReadLostNotifications,
  LookAfterNotifications,
  NotificationUpkeep,
  NotificationQueries,
  NotificationGauges,
  NotificationsRepository,
  EventMarks,
];

export interface ProvidersOptions {
  readonly config: ProvidersConfig;
  /** Jobs that this process works on at the same time. */
  readonly jobsAtOnce: number;
}

/** The configured provider accounts, shared by all business modules. */
@Module({})
export class ProvidersModule {
  static with({ config, jobsAtOnce }: ProvidersOptions): DynamicModule {
    return {
      module: ProvidersModule,
      global: true,
      controllers: [ProvidersController, NotificationsController],
      providers: [
        ProviderHealth,
        PayMethodLists,
        ReadPayMethods,
        ...NOTIFICATIONS,
        Inbox,
        // Half of the workers: as much is left for everybody else.
        { provide: Turns, useValue: new Turns(Math.max(1, Math.floor(jobsAtOnce / 2))) },
        NotificationHandlers,
        {
          provide: ProviderRegistry,
          inject: [Logger, Metrics],
          useFactory: (log: Logger, metrics: Metrics) =>
            buildRegistry(config, log, new ProviderMetrics(metrics)),
        },
      ],
      exports: [ProviderRegistry, PayMethodLists, NotificationHandlers],
    };
  }
}

function buildRegistry(
  { accounts, defaultAccount }: ProvidersConfig,
  log: Logger,
  metrics: ProviderMetrics,
) {
  const providers = accounts.map(({ account, build }) =>
    build({
      account,
      clock: systemClock,
      openHttp: (options) =>
        new ProviderHttp(account, options, (line) => {
          metrics.called(line);
          log.info({ ...line }, 'provider call');
        }),
    }),
  );
  return new ProviderRegistry(providers, defaultAccount);
}
