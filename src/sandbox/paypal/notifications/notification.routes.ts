import { type Handler, type Method } from '../read-call';
import { getEvent, listEvents, resendEvent } from './events';
import { verifySignature } from './verify-signature';
import { createWebhook, deleteWebhook, getWebhook, listWebhooks, patchWebhook } from './webhooks';

const WEBHOOKS = '/v1/notifications/webhooks';
const EVENTS = '/v1/notifications/webhooks-events';

/** Webhooks, events and signatures: https://developer.paypal.com/docs/api/webhooks/v1/ */
export const NOTIFICATION_ROUTES: readonly [Method, string, Handler][] = [
  ['POST', WEBHOOKS, createWebhook],
  ['GET', WEBHOOKS, listWebhooks],
  ['GET', `${WEBHOOKS}/:id`, getWebhook],
  ['PATCH', `${WEBHOOKS}/:id`, patchWebhook],
  ['DELETE', `${WEBHOOKS}/:id`, deleteWebhook],
  ['GET', EVENTS, listEvents],
  ['GET', `${EVENTS}/:id`, getEvent],
  ['POST', `${EVENTS}/:id/resend`, resendEvent],
  ['POST', '/v1/notifications/verify-webhook-signature', verifySignature],
];
