import { type FastifyRequest } from 'fastify';
import { headerOf } from '../http/headers';
import { type Gateway } from '../http/serve-call';
import { debugId } from '../ids';
import { oauthError, refuse, serverError, tooManyRequests } from './errors';

const TOKEN_PATH = '/v1/oauth2/token';

/** PayPal's way with troubles that can hit any call. */
export const paypalGateway: Gateway = {
  name: 'paypal',
  requestIdHeader: 'paypal-request-id',
  serverError,
  rateLimited: tooManyRequests,
  unauthorized: (path) =>
    path.startsWith(TOKEN_PATH)
      ? oauthError(401, 'invalid_client', 'Client Authentication failed')
      : oauthError(401, 'invalid_token', 'Token signature verification failed'),
  answerHeaders: () => ({ 'Paypal-Debug-Id': debugId() }),
  repeats: {
    keyOf: repeatKeyOf,
    inProgress: () => refuse([{ issue: 'PREVIOUS_REQUEST_IN_PROGRESS' }]),
  },
};

/** While a call runs, another with its request id is refused: PayPal promises no more than that. */
export function repeatKeyOf(request: FastifyRequest): string | undefined {
  const requestId = headerOf(request, 'paypal-request-id');
  if (requestId === undefined) return undefined;
  return JSON.stringify([
    headerOf(request, 'authorization'),
    request.method,
    request.url,
    requestId,
  ]);
}
