import { type DynamicModule, Module } from '@nestjs/common';
import { FeedWatch } from '../../platform/events/feed-watch';
import { Logger } from '../../platform/logging/log';
import { CreateEndpoint } from './actions/create-endpoint';
import { DeleteEndpoint } from './actions/delete-endpoint';
import { PingEndpoint } from './actions/ping-endpoint';
import { Redeliver } from './actions/redeliver';
import { RelayEvents } from './actions/relay-events';
import { ReplayEvents } from './actions/replay-events';
import { ResumeEndpoint } from './actions/resume-endpoint';
import { RotateSecret } from './actions/rotate-secret';
import { SendWebhook } from './actions/send-webhook';
import { UpdateEndpoint } from './actions/update-endpoint';
import { WebhookSender } from './delivery/webhook-sender';
import { DeliveriesController } from './http/deliveries.controller';
import { EndpointsController } from './http/endpoints.controller';
import { FindEndpoint } from './http/find-endpoint';
import { RelayEventsJob } from './jobs/relay-events.job';
import { SendWebhooksJob } from './jobs/send-webhooks.job';
import { WebhookRoundsJob } from './jobs/webhook-rounds.job';
import { DeliveryQueries } from './queries/delivery-queries';
import { EndpointQueries } from './queries/endpoint-queries';
import { WebhookGauges } from './queries/webhook-gauges';
import { DeliveriesRepository } from './storage/deliveries.repository';
import { EndpointsRepository } from './storage/endpoints.repository';
import { OutcomesRepository } from './storage/outcomes.repository';
import { ReachabilityRepository } from './storage/reachability.repository';
import { RelayRepository } from './storage/relay.repository';
import { RoundsRepository } from './storage/rounds.repository';
import { WEBHOOKS_OPTIONS, type WebhooksOptions } from './webhooks.options';

@Module({
  controllers: [EndpointsController, DeliveriesController],
  providers: [
    CreateEndpoint,
    UpdateEndpoint,
    DeleteEndpoint,
    RotateSecret,
    ResumeEndpoint,
    Redeliver,
    ReplayEvents,
    PingEndpoint,
    RelayEvents,
    SendWebhook,
    SendWebhooksJob,
    WebhookRoundsJob,
    FindEndpoint,
    EndpointQueries,
    DeliveryQueries,
    WebhookGauges,
    EndpointsRepository,
    DeliveriesRepository,
    OutcomesRepository,
    ReachabilityRepository,
    RelayRepository,
    RoundsRepository,
    {
      provide: WebhookSender,
      inject: [WEBHOOKS_OPTIONS],
      useFactory: ({ isDemo }: WebhooksOptions) => new WebhookSender({ isDemo }),
    },
  ],
})
export class WebhooksModule {
  static with(options: WebhooksOptions): DynamicModule {
    const relay = {
      provide: RelayEventsJob,
      inject: [RelayEvents, FeedWatch, Logger],
      useFactory: (events: RelayEvents, watch: FeedWatch, log: Logger) =>
        new RelayEventsJob(events, watch, log),
    };
    return {
      module: WebhooksModule,
      providers: [
        { provide: WEBHOOKS_OPTIONS, useValue: options },
        ...(options.runsJobs ? [relay] : []),
      ],
    };
  }
}
