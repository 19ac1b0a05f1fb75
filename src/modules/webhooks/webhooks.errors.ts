import { defineError } from '../../shared/app-error';

export const webhookEndpointNotFound = defineError('webhook_endpoint_not_found', {
  status: 404,
  title: 'No such webhook endpoint',
  cure: 'Use the id of an endpoint; list them at GET /api/webhook-endpoints.',
  example: { detail: 'There is no webhook endpoint with this id.' },
});

export const webhookDeliveryNotFound = defineError('webhook_delivery_not_found', {
  status: 404,
  title: 'No such webhook delivery',
  cure: 'Use the id of a delivery of this endpoint; list them at GET /api/webhook-endpoints/{id}/deliveries.',
  example: { detail: 'This endpoint has no delivery with this id.' },
});

export const webhookEndpointDisabled = defineError('webhook_endpoint_disabled', {
  status: 409,
  title: 'The webhook endpoint is disabled',
  cure: 'Enable it first: PATCH it with {"enabled": true}. A ping is sent to a disabled endpoint as well.',
  example: { detail: 'The endpoint is disabled, so nothing is sent. Enable it first.' },
});

export const tooManyWebhookEndpoints = defineError('too_many_webhook_endpoints', {
  status: 409,
  title: 'There are as many webhook endpoints as there can be',
  cure: 'Delete one that is no longer used, or let one endpoint take more types of events.',
  example: { detail: 'There are 20 endpoints already. Delete one that is no longer used.' },
});

export const webhooksErrors = [
  webhookEndpointNotFound,
  webhookDeliveryNotFound,
  webhookEndpointDisabled,
  tooManyWebhookEndpoints,
];
