import { forbidden, invalidRequest } from '../../../platform/http/http.errors';
import { type Documentation } from '../../../platform/http/documented';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import {
  webhookDeliveryNotFound,
  webhookEndpointDisabled,
  webhookEndpointNotFound,
} from '../webhooks.errors';
import { DeliveryResponse, PingResponse, ReplayResponse } from './delivery.response';
import { ReplayRequest } from './endpoint.requests';

const CURSOR = 'eyJ0eCI6Ijc0MiIsImlkIjoiMDE5YWE1YzgtZmMwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDMwIn0';

const example = {
  id: exampleIds.webhookDelivery,
  type: 'webhook_delivery',
  event: exampleIds.event,
  event_type: 'payment.paid',
  state: 'delivered',
  attempts: 1,
  next_attempt_at: null,
  last_status: 200,
  last_error: null,
  delivered_at: '2026-11-20T09:00:01.000Z',
  created_at: '2026-11-20T09:00:00.000Z',
};

export const DeliveryList = listResponseOf(DeliveryResponse, 'WebhookDeliveryList');

export const deliveryIdParam = {
  name: 'delivery_id',
  description: 'Id of the delivery; the plain UUID is accepted too.',
  example: exampleIds.webhookDelivery,
};

export const list: Documentation = {
  operationId: 'listWebhookDeliveries',
  summary: 'List what an endpoint was told',
  description: 'Newest first; one entry per event, however often it was tried.',
  answers: [
    {
      status: 200,
      description: 'One page of deliveries.',
      type: DeliveryList,
      example: {
        type: 'list',
        data: [example],
        count: 1,
        _links: {
          self: `http://localhost:3000/api/webhook-endpoints/${exampleIds.webhookEndpoint}/deliveries?limit=1`,
        },
      },
    },
  ],
  errors: [invalidRequest, forbidden, webhookEndpointNotFound],
};

export const redeliver: Documentation = {
  operationId: 'redeliverWebhook',
  summary: 'Send one event again',
  description:
    'Now, whatever became of it, and with all its attempts. It keeps its `webhook-id`, and does not wait for others.',
  answers: [
    {
      status: 200,
      description: 'The delivery, pending again.',
      type: DeliveryResponse,
      example: {
        ...example,
        state: 'pending',
        attempts: 0,
        next_attempt_at: '2026-11-20T10:00:00.000Z',
        last_status: null,
        delivered_at: null,
      },
    },
  ],
  errors: [forbidden, webhookEndpointNotFound, webhookDeliveryNotFound, webhookEndpointDisabled],
  idempotent: true,
};

export const replay: Documentation = {
  operationId: 'replayWebhooks',
  summary: 'Send all events after a place again',
  description:
    'Up to 500 events that the endpoint wants, also those from before it was added or while it was disabled. Go on ' +
    'with `cursor` while `has_more`. They arrive in no particular order, with the `webhook-id` that they always had.',
  answers: [
    {
      status: 200,
      description: 'How many are sent again.',
      type: ReplayResponse,
      example: { type: 'webhook_replay', count: 12, cursor: CURSOR, has_more: false },
    },
  ],
  errors: [forbidden, webhookEndpointNotFound, webhookEndpointDisabled],
  idempotent: true,
};

export const replayBody = {
  type: ReplayRequest,
  examples: { cursor: { summary: 'After a place in the feed', value: { after: CURSOR } } },
};

export const ping: Documentation = {
  operationId: 'pingWebhookEndpoint',
  summary: 'Try an endpoint',
  description:
    'Sends a signed `webhook.ping` at once, the way every event is sent, and answers what came of it. It is not ' +
    'repeated. A disabled endpoint can be tried as well.',
  answers: [
    {
      status: 200,
      description: 'What came of it.',
      type: PingResponse,
      example: {
        id: exampleIds.ping,
        type: 'webhook_ping',
        delivered: true,
        status: 200,
        error: null,
        duration_ms: 42,
      },
    },
  ],
  errors: [forbidden, webhookEndpointNotFound],
  idempotent: true,
};
