import { type FastifyInstance } from 'fastify';
import { serveWith } from '../http/serve-call';
import { type Sandbox } from '../sandbox';
import { getAuthorization, reauthorize, voidAuthorization } from './authorizations';
import { captureAuthorization } from './capture-authorization';
import { authorizeOrder, captureOrder } from './complete-order';
import { createOrder } from './create-order';
import { getDispute } from './disputes';
import { malformed, refuse, serverError, unknownOrder } from './errors';
import { isIssue } from './issues';
import { CERTIFICATE_ROUTE, serveCertificate } from './notifications/certificate';
import { NOTIFICATION_ROUTES } from './notifications/notification.routes';
import { patchOrder } from './patch-order';
import { paypalGateway } from './paypal-gateway';
import { type Dialect, type Handler, handleWith, type Method } from './read-call';
import { getCapture, getOrder } from './reads';
import { getRefund, refundCapture } from './refund-capture';
import { issueToken } from './tokens';
import { v1Gateway } from './v1/v1-gateway';
import { V1_DIALECT, V1_ROUTES } from './v1/v1.routes';

/** How Orders v2, Payments v2 and the webhooks refuse a call. */
const DIALECT: Dialect = {
  maxRequestId: 108,
  badRequestId: (value) =>
    refuse([{ issue: 'INVALID_STRING_LENGTH', field: 'PayPal-Request-Id', value }]),
  wrongMediaType: () => refuse([{ issue: 'UNSUPPORTED_MEDIA_TYPE' }]),
  malformed,
  mocked: (code) => {
    if (code === 'INTERNAL_SERVER_ERROR') return serverError(500);
    return isIssue(code) ? refuse([{ issue: code }]) : undefined;
  },
};

/** PayPal's API under `/paypal`. */
export function paypalRoutes(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const serve = serveWith(sandbox, paypalGateway);
    const handle = handleWith(sandbox, DIALECT);
    const route = (method: Method, url: string, handler: Handler) =>
      app.route({ method, url, handler: serve((request) => handle(request, handler)) });

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
    serveV1(app, sandbox);
    app.get(CERTIFICATE_ROUTE, serveCertificate(sandbox.signer));
    app.setNotFoundHandler(serve(() => unknownOrder()));
    done();
  };
}

function serveV1(app: FastifyInstance, sandbox: Sandbox): void {
  const serve = serveWith(sandbox, v1Gateway);
  const handle = handleWith(sandbox, V1_DIALECT);
  for (const [method, url, handler] of V1_ROUTES) {
    app.route({ method, url, handler: serve((request) => handle(request, handler)) });
  }
}
