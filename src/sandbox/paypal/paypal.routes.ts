import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { headerOf, sendsJson } from '../http/headers';
import { member, parseJson, textMember } from '../http/json';
import { serveWith } from '../http/serve-call';
import { type Sandbox } from '../sandbox';
import { getAuthorization, reauthorize, voidAuthorization } from './authorizations';
import { type PayPalCall } from './call';
import { captureAuthorization } from './capture-authorization';
import { authorizeOrder, captureOrder } from './complete-order';
import { createOrder } from './create-order';
import { getDispute } from './disputes';
import { refuse, unknownOrder } from './errors';
import { mockedAnswer } from './mock-response';
import { CERTIFICATE_ROUTE, serveCertificate } from './notifications/certificate';
import { type Method, NOTIFICATION_ROUTES } from './notifications/notification.routes';
import { patchOrder } from './patch-order';
import { paypalGateway } from './paypal-gateway';
import { getCapture, getOrder } from './reads';
import { getRefund, refundCapture } from './refund-capture';
import { bearerAccount, issueToken } from './tokens';

/** The longest PayPal-Request-Id of Orders v2. */
const MAX_REQUEST_ID = 108;

type Handler = (sandbox: Sandbox, call: PayPalCall) => Answer;

/** PayPal's API under `/paypal`. */
export function paypalRoutes(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const serve = serveWith(sandbox, paypalGateway);
    const route = (method: Method, url: string, handler: Handler) =>
      app.route({ method, url, handler: serve((request) => handle(sandbox, request, handler)) });

    app.post(
      '/v1/oauth2/token',
      serve((request) => issueToken(sandbox, request)),
    );
    route('POST', '/v2/checkout/orders', createOrder);
    route('GET', '/v2/checkout/orders/:id', getOrder);
    route('PATCH', '/v2/checkout/orders/:id', patchOrder);
    route('POST', '/v2/checkout/orders/:id/capture', captureOrder);
    route('POST', '/v2/checkout/orders/:id/authorize', authorizeOrder);
    route('GET', '/v2/payments/authorizations/:id', getAuthorization);
    route('POST', '/v2/payments/authorizations/:id/capture', captureAuthorization);
    route('POST', '/v2/payments/authorizations/:id/reauthorize', reauthorize);
    route('POST', '/v2/payments/authorizations/:id/void', voidAuthorization);
    route('GET', '/v2/payments/captures/:id', getCapture);
    route('POST', '/v2/payments/captures/:id/refund', refundCapture);
    route('GET', '/v2/payments/refunds/:id', getRefund);
    route('GET', '/v1/customer/disputes/:id', getDispute);
    for (const [method, url, handler] of NOTIFICATION_ROUTES) route(method, url, handler);
    app.get(CERTIFICATE_ROUTE, serveCertificate(sandbox.signer));
    app.setNotFoundHandler(serve(() => unknownOrder()));
    done();
  };
}

function handle(sandbox: Sandbox, request: FastifyRequest, handler: Handler): Answer {
  const account = bearerAccount(sandbox, request);
  if (typeof account !== 'string') return account;
  const mocked = mockedAnswer(headerOf(request, 'paypal-mock-response'));
  if (mocked) return mocked;
  const requestId = headerOf(request, 'paypal-request-id');
  if (requestId !== undefined && requestId.length > MAX_REQUEST_ID) {
    const field = 'PayPal-Request-Id';
    return refuse([{ issue: 'INVALID_STRING_LENGTH', field, value: requestId }]);
  }
  // The type is asked for even when there is no body.
  if (!['GET', 'DELETE'].includes(request.method) && !sendsJson(request)) {
    return refuse([{ issue: 'UNSUPPORTED_MEDIA_TYPE' }]);
  }
  const body = readBody(request.body);
  if (!body.ok) return refuse([{ issue: 'MALFORMED_REQUEST_JSON', location: 'body' }]);
  return handler(sandbox, {
    account,
    id: textMember(request.params, 'id') ?? '',
    requestId,
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
    fullAnswer: /(^|[,;\s])return=representation/.test(headerOf(request, 'prefer') ?? ''),
    body: member(body, 'value'),
    text: typeof request.body === 'string' ? request.body : '',
    query: request.query,
  });
}

function readBody(body: unknown) {
  if (typeof body !== 'string' || body.trim() === '') return { ok: true, value: undefined };
  return parseJson(body);
}
