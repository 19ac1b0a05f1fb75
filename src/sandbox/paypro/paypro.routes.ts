import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { headerOf } from '../http/headers';
import { isObject, parseJson, textMember } from '../http/json';
import { serveWith } from '../http/serve-call';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { getChargeback, listChargebacks, listPaymentChargebacks } from './chargebacks';
import {
  createCustomer,
  deleteCustomer,
  getCustomer,
  listCustomers,
  patchCustomer,
} from './customers';
import { invalid, notAuthenticated, notFound } from './errors';
import { createMandate, getMandate, listCustomerMandates, listMandates } from './mandates';
import { listPayMethods } from './pay-methods';
import { cancelPayment, createPayment, getPayment, listPayments } from './payments';
import { getEvent, listEvents } from './notifications/events';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  patchWebhook,
} from './notifications/webhooks';
import { cancelRefund, createRefund, getRefund, listPaymentRefunds, listRefunds } from './refunds';
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
    route('POST', '/payments/:id/refunds', createRefund);
    route('GET', '/payments/:id/refunds', listPaymentRefunds);
    route('GET', '/refunds', listRefunds);
    route('GET', '/refunds/:id', getRefund);
    route('DELETE', '/refunds/:id', cancelRefund);
    route('GET', '/payments/:id/chargebacks', listPaymentChargebacks);
    route('GET', '/chargebacks', listChargebacks);
    route('GET', '/chargebacks/:id', getChargeback);
    route('POST', '/customers', createCustomer);
    route('GET', '/customers', listCustomers);
    route('GET', '/customers/:id', getCustomer);
    route('PATCH', '/customers/:id', patchCustomer);
    route('DELETE', '/customers/:id', deleteCustomer);
    route('GET', '/customers/:id/mandates', listCustomerMandates);
    route('POST', '/mandates', createMandate);
    route('GET', '/mandates', listMandates);
    route('GET', '/mandates/:id', getMandate);
    route('POST', '/webhooks', createWebhook);
    route('GET', '/webhooks', listWebhooks);
    route('GET', '/webhooks/:id', getWebhook);
    route('PATCH', '/webhooks/:id', patchWebhook);
    route('DELETE', '/webhooks/:id', deleteWebhook);
    route('GET', '/events', listEvents);
    route('GET', '/events/:id', getEvent);
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
