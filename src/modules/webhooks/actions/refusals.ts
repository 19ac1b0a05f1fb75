import { invalidRequest } from '../../../platform/http/http.errors';
import { webhookUrlProblem } from '../delivery/webhook-url';
import { webhookEndpointDisabled, webhookEndpointNotFound } from '../webhooks.errors';

export function noSuchEndpoint() {
  return webhookEndpointNotFound('There is no webhook endpoint with this id.');
}

export function endpointDisabled() {
  return webhookEndpointDisabled('The endpoint is disabled, so nothing is sent. Enable it first.');
}

/** Refuses a URL of which can be seen that it will never be called. */
export function requireCallable(url: string, options: { readonly isDemo: boolean }): void {
  const detail = webhookUrlProblem(url, options);
  if (detail === null) return;
  throw invalidRequest(detail, { errors: [{ pointer: '/url', code: 'webhook_url', detail }] });
}
