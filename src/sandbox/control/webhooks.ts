import { type Answer } from '../http/answer';
import { type JsonObject, textMember } from '../http/json';
import { isWebUrl } from '../http/web-url';
import { paypalId, payproSecret } from '../ids';
import { type Webhook } from '../notifications/notification';
import { paypalWebhook } from '../paypal/notifications/webhooks';
import { payproWebhook } from '../paypro/notifications/webhooks';
import { seconds } from '../paypro/time';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { ok, refused } from './answers';

/** An id or a secret is a word that an app is configured with. */
const WORD = /^[A-Za-z0-9]{1,50}$/;

interface Wish {
  account: string;
  url: string;
  /** PayPal: the id that the app is configured with. */
  id: string | undefined;
  /** PayPro: the secret that the app is configured with. */
  secret: string | undefined;
}

/** Registers a webhook, or moves the one with this id (PayPal) or secret (PayPro) to another URL. */
export function registerWebhook(sandbox: Sandbox, body: unknown): Answer {
  const wish = {
    account: textMember(body, 'account') ?? '',
    url: textMember(body, 'url') ?? '',
    id: textMember(body, 'id'),
    secret: textMember(body, 'secret'),
  };
  if (!isWebUrl(wish.url)) return refused(422, 'url must be a web address');
  if ([wish.id, wish.secret].some((word) => word !== undefined && !WORD.test(word))) {
    return refused(422, 'id and secret are up to 50 letters and digits');
  }
  const gateway = textMember(body, 'gateway');
  if (gateway === 'paypal' && sandbox.paypalAccounts.has(wish.account)) {
    return registered(sandbox, paypalWish(sandbox, wish));
  }
  if (gateway === 'paypro' && sandbox.payproKeys.has(wish.account)) {
    return registered(sandbox, payproWish(sandbox, wish));
  }
  return refused(422, 'gateway must be paypal or paypro, and account one of its accounts');
}

export function listWebhooks({ store }: Sandbox): Answer {
  const all = [...store.outbox.webhooks.values()].filter(({ deleted }) => !deleted);
  return ok(
    all.map((webhook) => ({
      gateway: webhook.gateway,
      account: webhook.account,
      ...view(webhook),
      active: webhook.active,
      event_types: webhook.eventTypes,
    })),
  );
}

function paypalWish({ store }: Sandbox, { account, url, id }: Wish): Webhook {
  const found = [...store.outbox.webhooks.values()].find((one) =>
    id === undefined
      ? isAt(one, { gateway: 'paypal', account, url })
      : one.gateway === 'paypal' && one.id === id,
  );
  if (found) return { ...found, account, url, active: true, deleted: false };
  const createdAt = store.now().toISOString();
  return paypalWebhook({ id: id ?? paypalId(), account, url, eventTypes: ['*'], createdAt });
}

function payproWish({ store }: Sandbox, { account, url, secret }: Wish): Webhook {
  const found = [...store.outbox.webhooks.values()].find((one) =>
    secret === undefined
      ? isAt(one, { gateway: 'paypro', account, url })
      : one.gateway === 'paypro' && one.secret === secret,
  );
  if (found) return { ...found, account, url, active: true, deleted: false };
  const createdAt = seconds(store.now());
  const made = payproWebhook({ account, url, secret: secret ?? payproSecret(), createdAt });
  return { ...made, name: 'Registered by a switch' };
}

function isAt(webhook: Webhook, place: Pick<Webhook, 'gateway' | 'account' | 'url'>): boolean {
  const { gateway, account, url } = webhook;
  if (webhook.deleted) return false;
  return gateway === place.gateway && account === place.account && url === place.url;
}

/** What a receiver has missed is tried at once: whoever registers is there now. */
function registered({ store }: Sandbox, webhook: Webhook): Answer {
  const dueAtMs = store.now().getTime();
  const missed = [...store.outbox.waiting.values()].filter(
    ({ webhookId, tries }) => webhookId === webhook.id && tries > 0,
  );
  store.commit(
    { kind: 'webhook', value: webhook },
    ...missed.map((one): Change => ({ kind: 'delivery', value: { ...one, dueAtMs } })),
  );
  return ok(view(webhook));
}

function view({ id, url, secret }: Webhook): JsonObject {
  return { id, url, ...(secret === null ? {} : { secret }) };
}
