import { type SettingValues } from '../../shared/settings';
import { defineAdapter, type AdapterTools } from '../provider-adapter';
import { type CallResult } from '../provider-call';
import { type ProviderCapabilities } from '../provider-capabilities';
import {
  type CreateOrder,
  type PaymentProvider,
  type ProviderPayment,
  withAmount,
  withAmountAndReference,
} from '../payment-provider';
import { cancelPayment } from './paypro.cancel';
import { PayproChargebacks } from './paypro.chargebacks';
import { PayproClient } from './paypro.client';
import { payproSettings } from './paypro.config';
import { PayproCustomers } from './paypro.customers';
import { findPayment } from './paypro.find';
import { PayproInspection } from './paypro.inspection';
import { withLostCustomer } from './paypro.lost-customer';
import { PayproMandates } from './paypro.mandates';
import { PayproNotifications } from './paypro.notifications';
import { toResult } from './paypro.outcome';
import { PayproPayMethods } from './paypro.pay-methods';
import { PayproRefunds } from './paypro.refunds';
import { toPaymentResult } from './paypro.results';
import { toNewPayment } from './paypro.translate';
import { isPage } from './paypro.wire';

const HOUR_MS = 3_600_000;

/** PayPro, the Dutch provider behind iDEAL: https://docs.paypro.nl. Payments in euros; paying is the payer's own act. */
export const payproAdapter = defineAdapter({
  type: 'paypro',
  name: 'PayPro',
  settings: payproSettings,
  currencies: ['EUR'],
  build: buildProvider,
});

function buildProvider(
  settings: SettingValues<typeof payproSettings>,
  tools: AdapterTools,
): PaymentProvider {
  const http = tools.openHttp({ baseUrl: settings.BASE_URL });
  const client = new PayproClient(http, settings.API_KEY);
  const lookup = { client, clock: tools.clock };
  return {
    account: tools.account,
    type: 'paypro',
    name: 'PayPro',
    mode: settings.MODE,
    capabilities,
    payments: {
      create: async (order) => withAmountAndReference(await createPayment(client, order)),
      read: async (providerId) => withAmount(toPaymentResult(await client.getPayment(providerId))),
      find: (search) => findPayment(lookup, search),
      cancel: async ({ providerId }) => withAmount(await cancelPayment(client, providerId)),
    },
    refunds: new PayproRefunds(client, tools.clock),
    chargebacks: new PayproChargebacks(client),
    mandates: new PayproMandates(lookup),
    customers: new PayproCustomers(client),
    payMethods: new PayproPayMethods(client),
    ...(settings.WEBHOOK_SECRETS === null
      ? {}
      : { notifications: new PayproNotifications(lookup, settings.WEBHOOK_SECRETS) }),
    inspection: new PayproInspection(client, {
      baseUrl: settings.BASE_URL,
      secrets: settings.WEBHOOK_SECRETS,
    }),
    check: () => checkAccount(client),
    pausedForS: () => http.pausedForS(),
  };
}

const capabilities: ProviderCapabilities = {
  // Limits belong to a pay method at PayPro, not to the account: iDEAL takes 0.10 to 50,000.00.
  currencies: { EUR: { exponent: 2, minimumMinor: null, maximumMinor: null } },
  payMethods: [
    'afterpay',
    'bancontact',
    'bank-transfer',
    'creditcard',
    'direct-debit',
    'ideal',
    'ideal-qr',
    'klarna-paynow',
    'paypal',
  ],
  approve: 'read_back',
  cancel: 'provider',
  setupMandate: true,
  mandate: true,
  holds: false,
  // PayPro recognises no repeat. A canceled payment can only be canceled again, though, so that is harmless.
  repeat: { createMs: 0, captureMs: 0, cancelMs: 24 * HOUR_MS },
  findByReference: true,
  returnIds: 'ours',
  needsReturnUrls: false,
  approvalWindowMs: null,
};

async function createPayment(
  client: PayproClient,
  order: CreateOrder,
): Promise<CallResult<ProviderPayment>> {
  const wish = toNewPayment(order);
  const reply = await client.createPayment(wish);
  const result = toPaymentResult(reply);
  return wish.customer === undefined ? result : withLostCustomer(reply, result);
}

/** Lists the pay methods: the cheapest read that needs the key. */
async function checkAccount(client: PayproClient): Promise<CallResult<null>> {
  const result = toResult(await client.listPayMethods('check'), (body) =>
    isPage(body) ? null : undefined,
  );
  // This list always exists, so without it the address is not PayPro's.
  if (result.outcome === 'not_found') return { outcome: 'unknown', trouble: result.trouble };
  return result;
}
