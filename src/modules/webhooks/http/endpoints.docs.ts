import { forbidden, invalidRequest } from '../../../platform/http/http.errors';
import { type Documentation, type DocumentedAnswer } from '../../../platform/http/documented';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import { tooManyWebhookEndpoints, webhookEndpointNotFound } from '../webhooks.errors';
import { CreateEndpointRequest, NothingRequest, UpdateEndpointRequest } from './endpoint.requests';
import { EndpointResponse, EndpointWithSecretResponse } from './endpoint.response';

const self = `http://localhost:3000/api/webhook-endpoints/${exampleIds.webhookEndpoint}`;

const example = {
  id: exampleIds.webhookEndpoint,
  type: 'webhook_endpoint',
  url: 'https://shop.example.com/webhooks',
  description: 'The shop',
  event_types: ['payment.*'],
  enabled: true,
  disabled_reason: null,
  failing_since: null,
  previous_secret_expires_at: null,
  created_at: '2026-11-20T09:00:00.000Z',
  updated_at: '2026-11-20T09:00:00.000Z',
  _links: { self, deliveries: `${self}/deliveries` },
};

const withSecret = { ...example, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };

export const EndpointList = listResponseOf(EndpointResponse, 'WebhookEndpointList');

export const idParam = {
  name: 'id',
  description: 'Id of the endpoint; the plain UUID is accepted too.',
  example: exampleIds.webhookEndpoint,
};

const shown = (description: string): DocumentedAnswer => ({
  status: 200,
  description,
  type: EndpointResponse,
  example,
});

export const create: Documentation = {
  operationId: 'createWebhookEndpoint',
  summary: 'Add a webhook endpoint',
  description:
    'It is told of every event from now on, as a signed POST (Standard Webhooks) with `type`, `timestamp` and `data`. ' +
    'Answer 2xx within 15 seconds. Anything else is tried again for three days; events of one payment arrive in ' +
    'order. The answer holds the secret; it is not shown again.',
  answers: [
    {
      status: 201,
      description: 'The new endpoint and its secret.',
      type: EndpointWithSecretResponse,
      example: { ...withSecret, description: null, event_types: [] },
      more: { some: withSecret },
    },
  ],
  errors: [forbidden, tooManyWebhookEndpoints],
  idempotent: true,
};

export const createBody = {
  type: CreateEndpointRequest,
  examples: {
    all: { summary: 'Everything', value: { url: 'https://shop.example.com/webhooks' } },
    some: {
      summary: 'Payments only',
      value: {
        url: 'https://shop.example.com/webhooks',
        description: 'The shop',
        event_types: ['payment.*'],
      },
    },
  },
};

export const list: Documentation = {
  operationId: 'listWebhookEndpoints',
  summary: 'List webhook endpoints',
  description: 'Newest first.',
  answers: [
    {
      status: 200,
      description: 'One page of endpoints.',
      type: EndpointList,
      example: {
        type: 'list',
        data: [example],
        count: 1,
        _links: { self: 'http://localhost:3000/api/webhook-endpoints?limit=1' },
      },
    },
  ],
  errors: [invalidRequest, forbidden],
};

export const find: Documentation = {
  operationId: 'getWebhookEndpoint',
  summary: 'Show a webhook endpoint',
  description: 'Without its secret.',
  answers: [shown('The endpoint.')],
  errors: [forbidden, webhookEndpointNotFound],
};

export const update: Documentation = {
  operationId: 'updateWebhookEndpoint',
  summary: 'Change a webhook endpoint',
  description:
    'Fields that are left out stay as they are. While it is disabled nothing is sent and new events are not kept for ' +
    'it; enabling it again sends what was waiting, and a replay brings the rest.',
  answers: [
    {
      ...shown('The changed endpoint.'),
      more: { types: { ...example, event_types: ['payment.paid'] } },
    },
  ],
  errors: [forbidden, webhookEndpointNotFound],
  hasBody: true,
};

export const updateBody = {
  type: UpdateEndpointRequest,
  examples: {
    enable: { summary: 'Enable it again', value: { enabled: true } },
    types: { summary: 'Other events', value: { event_types: ['payment.paid'] } },
  },
};

export const remove: Documentation = {
  operationId: 'deleteWebhookEndpoint',
  summary: 'Delete a webhook endpoint',
  description: 'Its deliveries go with it; the events stay at GET /api/events.',
  answers: [shown('The endpoint as it was.')],
  errors: [forbidden, webhookEndpointNotFound],
};

export const rotate: Documentation = {
  operationId: 'rotateWebhookSecret',
  summary: 'Replace the secret',
  description:
    'The answer holds the new secret. The old one signs as well for 24 hours, so that the receiver can change over.',
  answers: [
    {
      status: 200,
      description: 'The endpoint and its new secret.',
      type: EndpointWithSecretResponse,
      example: { ...withSecret, previous_secret_expires_at: '2026-11-21T09:00:00.000Z' },
    },
  ],
  errors: [forbidden, webhookEndpointNotFound],
  idempotent: true,
};

export const nothingBody = {
  type: NothingRequest,
  required: false,
  examples: { nothing: { summary: 'Nothing to say', value: {} } },
};
