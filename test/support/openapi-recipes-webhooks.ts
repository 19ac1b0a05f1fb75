import { randomUUID } from 'node:crypto';
import { signedHeaders } from '../../src/sandbox/paypro/notifications/signature';
import { PAYPRO_WEBHOOK_SECRET, type TestApp } from './app';
import { call } from './http';
import { type Recipe } from './openapi-recipe';
import { NOBODY, send } from './openapi-requests';
import { pathOf } from './openapi-examples';
import { expectStatus } from './payments';
import { textOf } from './read';
import { endpointsOf } from './webhook-endpoints';

/** A delivery to `paypro`, as the gateway would sign it. */
export function signedDelivery(raw: string) {
  return { raw, headers: signedHeaders({ secret: PAYPRO_WEBHOOK_SECRET, body: raw }) };
}

const unreadable: Recipe = (app, operation) => {
  const path = pathOf(operation, { id: 'paypro' });
  return call(app, operation.method, path, signedDelivery('{"neither":"an event"}'));
};

/** Neither the certificate nor the gateway itself can be asked. */
const undecided: Recipe = async (_, operation, others) => {
  const { url } = await others.unreachable();
  const headers = {
    'paypal-transmission-id': randomUUID(),
    'paypal-transmission-time': '2026-11-20T09:00:00Z',
    'paypal-transmission-sig': Buffer.alloc(256, 1).toString('base64'),
    'paypal-cert-url': 'http://127.0.0.1:1/certs/CERT-360caa42-fca2a594-1d93a270',
    'paypal-auth-algo': 'SHA256withRSA',
  };
  const path = pathOf(operation, { id: 'paypal' });
  return call({ url }, operation.method, path, { raw: '{"id":"WH-1"}', headers });
};

/** As many as there can be, and gone again afterwards. */
const crowd: Recipe = async (app, operation) => {
  const { as } = endpointsOf(app);
  const made: string[] = [];
  try {
    for (;;) {
      const answer = await send(app, operation, { body: NOBODY });
      if (answer.status !== 201 || made.length > ENOUGH) return answer;
      made.push(textOf(answer.body, 'id'));
    }
  } finally {
    for (const id of made) expectStatus(await as('DELETE', `/${id}`), 200);
  }
};

/** More than any limit that makes sense. */
const ENOUGH = 100;

const endpoint = async (app: TestApp) => (await endpointsOf(app).make(NOBODY)).id;

const disabled: Recipe = async (app, operation) => {
  const id = await endpoint(app);
  expectStatus(await endpointsOf(app).as('PATCH', `/${id}`, { enabled: false }), 200);
  return send(app, operation, { ids: { id } });
};

/** Errors about what gateways tell us and what we tell others, by code. */
export const recipesOfWebhooks: Readonly<Record<string, Recipe>> = {
  notification_unreadable: unreadable,
  notification_undecided: undecided,
  too_many_webhook_endpoints: crowd,
  webhook_delivery_not_found: async (app, operation) =>
    send(app, operation, { ids: { id: await endpoint(app) } }),
  webhook_endpoint_disabled: disabled,
  shutting_down: async (_, operation, others) =>
    call(await others.ending(), operation.method, pathOf(operation)),
};
