import { type Answer } from '../../http/answer';
import { isList, type JsonObject, member, textMember } from '../../http/json';
import { isWebUrl } from '../../http/web-url';
import { paypalId } from '../../ids';
import { type Webhook } from '../../notifications/notification';
import { type Sandbox } from '../../sandbox';
import { type PayPalCall } from '../call';
import { type Detail, invalidData, unknownResource, webhookError } from './webhook-errors';

/** As many as one REST app may have. */
const MAX_WEBHOOKS = 10;
const MAX_URL_LENGTH = 2_048;
const EVENT_TYPE = /^(?:\*|[A-Z0-9]+(?:[._-][A-Z0-9]+)+)$/;

type Fields = Pick<Webhook, 'url' | 'eventTypes'>;

/** What a caller wrote, before anybody has looked at it. */
interface Sent {
  url: unknown;
  eventTypes: unknown;
}

/** `POST /v1/notifications/webhooks`: https://developer.paypal.com/docs/api/webhooks/v1/#webhooks_post */
export function createWebhook(sandbox: Sandbox, call: PayPalCall): Answer {
  const sent = { url: member(call.body, 'url'), eventTypes: member(call.body, 'event_types') };
  const fields = readFields(sent);
  if (isList(fields)) return invalidData(...fields);
  const own = webhooksOf(sandbox, call);
  if (own.some(({ url }) => url === fields.url)) return urlExists();
  if (own.length >= MAX_WEBHOOKS) return webhookError(400, 'WEBHOOK_NUMBER_LIMIT_EXCEEDED');
  const createdAt = sandbox.store.now().toISOString();
  const webhook = paypalWebhook({ id: paypalId(), account: call.account, createdAt, ...fields });
  sandbox.store.commit({ kind: 'webhook', value: webhook });
  return { status: 201, body: webhookView(sandbox, webhook) };
}

export function listWebhooks(sandbox: Sandbox, call: PayPalCall): Answer {
  const webhooks = webhooksOf(sandbox, call).map((webhook) => webhookView(sandbox, webhook));
  return { status: 200, body: { webhooks } };
}

export function getWebhook(sandbox: Sandbox, call: PayPalCall): Answer {
  const webhook = findWebhook(sandbox, call);
  return webhook ? { status: 200, body: webhookView(sandbox, webhook) } : unknownResource();
}

/** Replaces `/url` and `/event_types`: https://developer.paypal.com/docs/api/webhooks/v1/#webhooks_update */
export function patchWebhook(sandbox: Sandbox, call: PayPalCall): Answer {
  const webhook = findWebhook(sandbox, call);
  if (!webhook) return unknownResource();
  if (!isList(call.body) || call.body.length === 0) {
    return invalidData({ field: '/', issue: 'A patch is a list of operations.' });
  }
  let sent: Sent = { url: webhook.url, eventTypes: namedTypes(webhook) };
  for (const [index, operation] of call.body.entries()) {
    const path = textMember(operation, 'path');
    const replaces = textMember(operation, 'op') === 'replace';
    if (!replaces || (path !== '/url' && path !== '/event_types')) {
      const issue = 'Only /url and /event_types can be replaced.';
      return invalidData({ field: `/${index}`, issue });
    }
    const value = member(operation, 'value');
    sent = path === '/url' ? { ...sent, url: value } : { ...sent, eventTypes: value };
  }
  const fields = readFields(sent);
  if (isList(fields)) return invalidData(...fields);
  const others = webhooksOf(sandbox, call).filter(({ id }) => id !== webhook.id);
  if (others.some(({ url }) => url === fields.url)) return urlExists();
  const patched = { ...webhook, ...fields };
  sandbox.store.commit({ kind: 'webhook', value: patched });
  return { status: 200, body: webhookView(sandbox, patched) };
}

export function deleteWebhook(sandbox: Sandbox, call: PayPalCall): Answer {
  const webhook = findWebhook(sandbox, call);
  if (!webhook) return unknownResource();
  sandbox.store.commit({ kind: 'webhook', value: { ...webhook, deleted: true } });
  return { status: 204 };
}

/** A webhook that nobody has switched off, with what only PayPro knows left empty. */
export function paypalWebhook(
  fields: Pick<Webhook, 'id' | 'account' | 'url' | 'eventTypes' | 'createdAt'>,
): Webhook {
  const unused = { name: null, description: null, secret: null };
  return { ...fields, ...unused, gateway: 'paypal', active: true, deleted: false };
}

/** The caller's webhook; another app's is as unknown as a deleted one. */
export function findWebhook(
  { store }: Sandbox,
  { account, id }: { account: string; id: string },
): Webhook | undefined {
  const webhook = store.outbox.webhooks.get(id);
  const isOwn = webhook?.gateway === 'paypal' && webhook.account === account;
  return isOwn && !webhook.deleted ? webhook : undefined;
}

function webhooksOf({ store }: Sandbox, { account }: PayPalCall): Webhook[] {
  return [...store.outbox.webhooks.values()].filter(
    (one) => one.gateway === 'paypal' && one.account === account && !one.deleted,
  );
}

function urlExists(): Answer {
  return webhookError(400, 'WEBHOOK_URL_ALREADY_EXISTS');
}

function readFields({ url, eventTypes }: Sent): Fields | Detail[] {
  const names = isList(eventTypes) ? eventTypes.map((type) => textMember(type, 'name') ?? '') : [];
  const isUrl = typeof url === 'string' && url.length <= MAX_URL_LENGTH && isWebUrl(url);
  const areTypes = names.length > 0 && names.every((name) => EVENT_TYPE.test(name));
  if (isUrl && areTypes) return { url, eventTypes: names };
  return [
    ...(isUrl ? [] : [{ field: 'url', issue: 'It is not a web address.' }]),
    ...(areTypes ? [] : [{ field: 'event_types', issue: 'It is not a list of event types.' }]),
  ];
}

function namedTypes({ eventTypes }: Webhook): { name: string }[] {
  return eventTypes.map((name) => ({ name }));
}

function webhookView(sandbox: Sandbox, webhook: Webhook): JsonObject {
  const self = `${sandbox.publicUrl()}/paypal/v1/notifications/webhooks/${webhook.id}`;
  return {
    id: webhook.id,
    url: webhook.url,
    event_types: namedTypes(webhook),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: self, rel: 'update', method: 'PATCH' },
      { href: self, rel: 'delete', method: 'DELETE' },
    ],
  };
}
