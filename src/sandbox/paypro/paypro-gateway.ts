import { randomUUID } from 'node:crypto';
import { type Gateway } from '../http/serve-call';
import { notAuthenticated, troubled } from './errors';

/** PayPro's way with troubles that can hit any call. It knows no request ids, so nothing is a repeat. */
export const payproGateway: Gateway = {
  name: 'paypro',
  requestIdHeader: 'x-request-id',
  serverError: (status) => troubled(status, 'api_error', 'Something went wrong here'),
  rateLimited: () => troubled(429, 'rate_limit', 'Too many requests'),
  unauthorized: notAuthenticated,
  // One official client looks this name up with exactly these capitals.
  answerHeaders: () => ({ 'X-Request-Id': randomUUID() }),
};
