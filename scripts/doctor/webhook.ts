import { type PaymentProvider } from '../../src/providers/payment-provider';
import { accountPrefix } from '../../src/providers/provider-adapter';
import {
  type AccountInspection,
  type RegisteredWebhook,
} from '../../src/providers/provider-inspection';
import { fail, type Finding, ok, type Place, skipped, warn } from './finding';

interface Examined {
  readonly provider: PaymentProvider;
  /** Null where the provider shows none, or did not answer. */
  readonly shown: AccountInspection | null;
  readonly publicUrl: string | null;
}

const MEANWHILE = 'Until then changes are found by asking, minutes later.';

/** Whether the provider tells us of changes: the webhook of our settings is there, on, and points here. */
export function examineWebhook(place: Place, { provider, shown, publicUrl }: Examined): Finding {
  const { name, account, notifications } = provider;
  const path = `/api/notifications/${account}`;
  const wanted = `${publicUrl ?? 'https://<your address>'}${path}`;
  const settings = `the webhook settings ${accountPrefix(account)}WEBHOOK_…`;
  if (notifications === undefined) {
    const message = 'None is set, so nobody tells us of changes.';
    return warn(place, message, `Register ${wanted} at ${name} and set ${settings}. ${MEANWHILE}`);
  }
  if (shown === null) return skipped(place, `${name} showed no webhooks to compare with.`);
  const own = shown.webhooks.filter(({ isConfigured }) => isConfigured);
  const [webhook] = own;
  if (webhook === undefined) {
    const message = `${name} has no webhook of our id or secret (it has ${shown.webhooks.length}).`;
    return fail(
      place,
      message,
      `Register ${wanted} at ${name} and set ${settings} to what it shows.`,
    );
  }
  return (
    findWrongTarget(place, { webhook, path, wanted, publicUrl }) ??
    findGaps(place, webhook) ??
    ok(place, `Registered, switched on, and pointing to ${shownAddress(webhook.url)}.`)
  );
}

interface Target {
  readonly webhook: RegisteredWebhook;
  readonly path: string;
  readonly wanted: string;
  readonly publicUrl: string | null;
}

function findWrongTarget(
  place: Place,
  { webhook, path, wanted, publicUrl }: Target,
): Finding | null {
  const { url } = webhook;
  const target = URL.canParse(url) ? new URL(url) : null;
  const points = `It points to ${shownAddress(url)}`;
  const cure = `Change its address at the provider to ${wanted}. ${MEANWHILE}`;
  if (!target?.pathname.replace(/\/$/, '').endsWith(path)) {
    return fail(place, `${points}, which is not the address of this account.`, cure);
  }
  if (publicUrl === null) {
    const message = `${points}; without PUBLIC_URL nobody can tell whether that is here.`;
    return warn(place, message, 'Set PUBLIC_URL to the address behind your load balancer.');
  }
  if (target.href.replace(/\/$/, '') === new URL(wanted).href) return null;
  return warn(place, `${points}, which is not below PUBLIC_URL.`, cure);
}

function findGaps(place: Place, { isActive, missingEvents }: RegisteredWebhook): Finding | null {
  if (!isActive) {
    return fail(place, 'It is switched off.', `Switch it on at the provider. ${MEANWHILE}`);
  }
  if (missingEvents.length === 0) return null;
  const message = `It leaves out ${missingEvents.join(', ')}.`;
  return warn(place, message, `Let it send all events, or these as well. ${MEANWHILE}`);
}

/** Without what may be secret in it: user, password and query. */
function shownAddress(url: string): string {
  if (!URL.canParse(url)) return 'an address that cannot be read';
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
