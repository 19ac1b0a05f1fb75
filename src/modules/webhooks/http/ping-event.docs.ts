import { type DocumentedEvents, member } from '../../../platform/events/documented-events';
import { exampleIds } from '../../../shared/example-ids';

/** The trial message. */
export const pingEvents: DocumentedEvents = {
  tag: 'Webhooks',
  schema: 'PingEventData',
  members: { endpoint: member.text('The endpoint that is tried.') },
  optional: [],
  events: {
    'webhook.ping': {
      about: 'Somebody tries whether the endpoint answers.',
      example: { endpoint: exampleIds.webhookEndpoint },
    },
  },
};
