import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { headerOf } from '../http/headers';
import { isObject, parseJson, textMember } from '../http/json';
import { serveWith } from '../http/serve-call';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import {
  createCustomer,
  deleteCustomer,
  getCustomer,
  listCustomers,
  patchCustomer,
} from './customers';
import { invalid, notAuthenticated, notFound } from './errors';
import { listPayMethods } from './pay-methods';
import { cancelPayment, createPayment, getPayment, listPayments } from './payments';
import { payproGateway } from './paypro-gateway';

type Handler = (sandbox: Sandbox, call: PayProCall) => Answer;

/** PayPro's API under `/paypro`. */
export function payproRoutes(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const serve = serveWith(sandbox, payproGateway);
    const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, handler: Handler) =>
      app.route({ method, url, handler: serve((request) => handle(sandbox, request, handler)) });

    route('POST', '/payments', createPayment);
    route('GET', '/payments', listPayments);
    route('GET', '/payments/:id', getPayment);
    route('DELETE', '/payments/:id', cancelPayment);
    route('POST', '/customers', createCustomer);
    route('GET', '/customers', listCustomers);
    route('GET', '/customers/:id', getCustomer);
    route('PATCH', '/customers/:id', patchCustomer);
    route('DELETE', '/customers/:id', deleteCustomer);
    route('GET', '/pay_methods', listPayMethods);
    app.setNotFoundHandler(serve(() => notFound()));
    done();
  };
}

function handle(sandbox: Sandbox, request: FastifyRequest, handler: Handler): Answer {
  const key = /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  if (key === undefined || !sandbox.payproKeys.has(key)) return notAuthenticated();
  const text = typeof request.body === 'string' ? request.body.trim() : '';
  const parsed = text === '' ? { ok: true as const, value: undefined } : parseJson(text);
  if (!parsed.ok || (parsed.value !== undefined && !isObject(parsed.value))) {
    return invalid('body', 'The body must be a JSON object');
  }
  return handler(sandbox, {
    account: key,
    id: textMember(request.params, 'id') ?? '',
    query: request.query,
    body: parsed.value,
  });
}
