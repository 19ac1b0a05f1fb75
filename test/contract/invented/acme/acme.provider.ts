import { isObject } from '../../../../src/shared/json';
import { type SettingValues } from '../../../../src/shared/settings';
import { defineAdapter, type AdapterTools } from '../../../../src/providers/provider-adapter';
import { type CallResult } from '../../../../src/providers/provider-call';
import { type ProviderCapabilities } from '../../../../src/providers/provider-capabilities';
import {
  type PaymentProvider,
  type ProviderPayment,
  withAmount,
  withAmountAndReference,
} from '../../../../src/providers/payment-provider';
import { type ProviderReply } from '../../../../src/providers/provider-reply';
import { AcmeClient } from './acme.client';
import { acmeSettings } from './acme.config';
import { AcmeNotifications } from './acme.notifications';
import { toResult } from './acme.outcome';
import { AcmeRefunds } from './acme.refunds';
import { toNewCheckout, toProviderPayment } from './acme.translate';
import { readCheckout } from './acme.wire';

const HOUR_MS = 3_600_000;

const CURRENCIES: ProviderCapabilities['currencies'] = {
  EUR: { exponent: 2, minimumMinor: 100n, maximumMinor: 1_000_000n },
  JPY: { exponent: 0, minimumMinor: 50n, maximumMinor: 1_000_000n },
};

/** Acme, which does not exist: it has no pay methods to choose from and no way to cancel. */
export const acmeAdapter = defineAdapter({
  type: 'acme',
  name: 'Acme',
  settings: acmeSettings,
  currencies: Object.keys(CURRENCIES),
  build: buildProvider,
});

function buildProvider(
  settings: SettingValues<typeof acmeSettings>,
  tools: AdapterTools,
): PaymentProvider {
  const http = tools.openHttp({ baseUrl: settings.BASE_URL });
  const client = new AcmeClient(http, settings.API_KEY);
  return {
    account: tools.account,
    type: 'acme',
    name: 'Acme',
    mode: settings.MODE,
    capabilities,
    payments: {
      create: async (order) =>
        withAmountAndReference(
          toShown(await client.createCheckout(toNewCheckout(order), order.key)),
        ),
      read: async (providerId) => withAmount(toShown(await client.getCheckout(providerId))),
      capture: async ({ providerId, key }) =>
        withAmount(toShown(await client.collect({ id: providerId, key }))),
    },
    refunds: new AcmeRefunds(client),
    ...(settings.WEBHOOK_KEY === null
      ? {}
      : { notifications: new AcmeNotifications(client, settings.WEBHOOK_KEY) }),
    check: () => checkAccount(client),
    pausedForS: () => http.pausedForS(),
  };
}

const capabilities: ProviderCapabilities = {
  currencies: CURRENCIES,
  payMethods: [],
  approve: 'capture',
  cancel: 'local',
  setupMandate: false,
  mandate: false,
  holds: false,
  repeat: { createMs: HOUR_MS, captureMs: HOUR_MS, cancelMs: 0 },
  findByReference: false,
  returnIds: 'ours',
  needsReturnUrls: false,
  approvalWindowMs: 24 * HOUR_MS,
};

function toShown(reply: ProviderReply): CallResult<ProviderPayment> {
  return toResult(reply, (body) => {
    const checkout = readCheckout(body);
    return checkout && toProviderPayment(checkout);
  });
}

async function checkAccount(client: AcmeClient): Promise<CallResult<null>> {
  const result = toResult(await client.getShop(), (body) => (isObject(body) ? null : undefined));
  // The shop always exists, so without it the address is not Acme's.
  if (result.outcome === 'not_found') return { outcome: 'unknown', trouble: result.trouble };
  return result;
}
