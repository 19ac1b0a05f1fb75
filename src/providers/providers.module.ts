import { type DynamicModule, Module } from '@nestjs/common';
import { Logger } from '../platform/logging/log';
import { systemClock } from '../shared/clock';
import { ProvidersController } from './http/providers.controller';
import { ProviderHealth } from './http/provider-health';
import { ReadPayMethods } from './http/read-pay-methods';
import { NotificationHandlers } from './notification-handlers';
import { NotificationsController } from './notifications/http/notifications.controller';
import { Inbox } from './notifications/inbox';
import { LookAfterNotifications } from './notifications/look-after-notifications';
import { NotificationQueries } from './notifications/notification-queries';
import { ReadLostNotifications } from './notifications/read-lost-notifications';
import { ReceiveNotification } from './notifications/receive-notification';
import { ReplayNotification } from './notifications/replay-notification';
import { StoreNotifications } from './notifications/store-notifications';
import { NotificationUpkeep } from './notifications/storage/notification-upkeep';
import { NotificationsRepository } from './notifications/storage/notifications.repository';
import { Turns } from './notifications/turns';
import { PayMethodLists } from './pay-method-lists';
import { ProviderHttp } from './provider-http';
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
  NotificationsRepository,
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
          inject: [Logger],
          useFactory: (log: Logger) => buildRegistry(config, log),
        },
      ],
      exports: [ProviderRegistry, PayMethodLists, NotificationHandlers],
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
