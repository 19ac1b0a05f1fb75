import { type Answer } from '../../http/answer';
import { type JsonObject } from '../../http/json';
import { payproId, payproSecret } from '../../ids';
import { type Webhook } from '../../notifications/notification';
import { type Sandbox } from '../../sandbox';
import { type PayProCall } from '../call';
import { invalid, notFound } from '../errors';
import { listPage } from '../paging';
import { seconds } from '../time';
import { readWebhookFields } from './webhook-fields';

/** More than any account needs; each webhook gets every event of its key. */
const MAX_WEBHOOKS = 20;

/** `POST /webhooks`; without types it hears everything: https://docs.paypro.nl/reference/api/webhooks/ */
export function createWebhook(sandbox: Sandbox, call: PayProCall): Answer {
  const fields = readWebhookFields(call.body);
  if ('status' in fields) return fields;
  const { url, ...others } = fields.read;
  if (url === undefined) return invalid('url', 'url must be set');
  if (typeof others.name !== 'string' || others.name === '')
    return invalid('name', 'name must be set');
  if (webhooksOf(sandbox, call).length >= MAX_WEBHOOKS) {
    return invalid('url', `There are ${MAX_WEBHOOKS} webhooks already`);
  }
  const made = payproWebhook({
    account: call.account,
    url,
    secret: payproSecret(),
    createdAt: seconds(sandbox.store.now()),
  });
  const webhook = { ...made, ...others };
  sandbox.store.commit({ kind: 'webhook', value: webhook });
  return { status: 201, body: webhookView(sandbox, webhook) };
}

export function getWebhook(sandbox: Sandbox, call: PayProCall): Answer {
  const webhook = findWebhook(sandbox, call);
  return webhook ? { status: 200, body: webhookView(sandbox, webhook) } : notFound();
}

export function listWebhooks(sandbox: Sandbox, call: PayProCall): Answer {
  return listPage(sandbox, call, {
    path: '/webhooks',
    all: webhooksOf(sandbox, call),
    view: (webhook) => webhookView(sandbox, webhook),
  });
}

/** Fields that are not sent stay as they are. */
export function patchWebhook(sandbox: Sandbox, call: PayProCall): Answer {
  const webhook = findWebhook(sandbox, call);
  if (!webhook) return notFound();
  const fields = readWebhookFields(call.body);
  if ('status' in fields) return fields;
  const patched = { ...webhook, ...fields.read };
  sandbox.store.commit({ kind: 'webhook', value: patched });
  return { status: 200, body: webhookView(sandbox, patched) };
}

/** Answers the webhook once more. */
export function deleteWebhook(sandbox: Sandbox, call: PayProCall): Answer {
  const webhook = findWebhook(sandbox, call);
  if (!webhook) return notFound();
  sandbox.store.commit({ kind: 'webhook', value: { ...webhook, deleted: true } });
  return { status: 200, body: webhookView(sandbox, webhook) };
}

/** An active webhook for everything. */
export function payproWebhook(
  fields: Pick<Webhook, 'account' | 'url' | 'secret' | 'createdAt'>,
): Webhook {
  return {
    id: payproId('WH'),
    gateway: 'paypro',
    ...fields,
    eventTypes: ['*'],
    active: true,
    deleted: false,
    name: null,
    description: null,
  };
}

function findWebhook(sandbox: Sandbox, call: PayProCall): Webhook | undefined {
  return webhooksOf(sandbox, call).find(({ id }) => id === call.id);
}

function webhooksOf({ store }: Sandbox, { account }: PayProCall): Webhook[] {
  return [...store.outbox.webhooks.values()].filter(
    (one) => one.gateway === 'paypro' && one.account === account && !one.deleted,
  );
}

function webhookView(sandbox: Sandbox, webhook: Webhook): JsonObject {
  return {
    id: webhook.id,
    type: 'webhook',
    name: webhook.name,
    description: webhook.description,
    active: webhook.active,
    url: webhook.url,
    secret: webhook.secret,
    enabled_event_types: webhook.eventTypes.map((type) => (type === '*' ? 'all' : type)),
    created_at: webhook.createdAt,
    _links: { self: `${sandbox.publicUrl()}/paypro/webhooks/${webhook.id}` },
  };
}
