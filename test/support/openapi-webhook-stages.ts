import { signedHeaders } from '../../src/sandbox/paypro/notifications/signature';
import { PAYPRO_WEBHOOK_SECRET, type TestApp } from './app';
import { call, eventually } from './http';
import { type Prepare, type Stage } from './openapi-stage';
import * as payments from './payments';
import { listOf, textOf } from './read';
import { endpointsOf, relayed } from './webhook-endpoints';
import { startWebhookListener } from './webhook-listener';

const staff = ({ keys }: TestApp) => ({ key: keys.staff });

/** Signed with the secret that PayPro shares with nobody but us. */
const signedDelivery: Prepare = () =>
  Promise.resolve({ sign: (body) => signedHeaders({ secret: PAYPRO_WEBHOOK_SECRET, body }) });

const notification: Prepare = async (app) => {
  await payments.makePaid(app, 'paypal');
  const seen = await eventually(
    () => call(app, 'GET', '/api/notifications?provider=paypal&limit=100', staff(app)),
    ({ body }) => listOf(body, 'data').some(isCapture),
  );
  const capture = listOf(seen.body, 'data').find(isCapture);
  return { ids: { id: textOf(capture, 'id') } };
};

/** One that PayPal told of; every few minutes its list of events is read as well. */
function isCapture(one: unknown): boolean {
  const isTold = textOf(one, 'state') === 'applied' && textOf(one, 'source') === 'delivery';
  return isTold && textOf(one, 'event_type') === 'PAYMENT.CAPTURE.COMPLETED';
}

const endpoint: Prepare = async (app) => {
  // Nobody listens there, and no name has to be looked up.
  const body = { url: 'http://127.0.0.1:1/webhooks', description: 'The shop' };
  const made = await endpointsOf(app).make({ ...body, event_types: ['payment.*'] });
  return { ids: { id: made.id } };
};

/** Somebody listens there, as long as the example takes. */
const listening: Prepare = async (app) => {
  const listener = await startWebhookListener();
  const endpoints = endpointsOf(app);
  const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.paid'] });
  const clear = async (): Promise<void> => {
    await endpoints.as('DELETE', `/${id}`);
    await listener.close();
  };
  return { ids: { id }, clear };
};

/** The receiver has heard of a payment. */
const delivered: Prepare = async (app, key) => {
  const stage = await listening(app, key);
  await payments.makePaid(app, 'paypal');
  const [delivery] = await eventually(
    () => endpointsOf(app).deliveries(endpointOf(stage)),
    ([newest]) => newest !== undefined && textOf(newest, 'state') === 'delivered',
  );
  return { ...stage, ids: { ...stage.ids, delivery_id: textOf(delivery, 'id') } };
};

/** A place in the feed that something came after. */
const placeInFeed: Prepare = async (app, key) => {
  const page = await call(app, 'GET', '/api/events?limit=1', staff(app));
  payments.expectStatus(page, 200);
  await payments.makePaid(app, 'paypal');
  await relayed(app);
  return { ...(await listening(app, key)), body: { after: textOf(page.body, 'cursor') } };
};

function endpointOf({ ids }: Stage): string {
  return ids?.['id'] ?? 'no endpoint';
}

/** Those who tell, and those who are told. */
export const webhookStages: Readonly<Record<string, Prepare>> = {
  receiveNotification: signedDelivery,
  getNotification: notification,
  listNotifications: notification,
  replayNotification: notification,
  getWebhookEndpoint: endpoint,
  listWebhookEndpoints: endpoint,
  updateWebhookEndpoint: endpoint,
  deleteWebhookEndpoint: endpoint,
  rotateWebhookSecret: endpoint,
  listWebhookDeliveries: delivered,
  redeliverWebhook: delivered,
  replayWebhooks: placeInFeed,
  pingWebhookEndpoint: listening,
};
