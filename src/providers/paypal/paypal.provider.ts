import { type PaymentProvider } from '../payment-provider';
import { defineAdapter, type AdapterTools } from '../provider-adapter';
import { type CallResult } from '../provider-call';
import { type ProviderCapabilities } from '../provider-capabilities';
import { type SettingValues } from '../../shared/settings';
import { PayPalChargebacks, reversalsOfV2 } from './paypal.chargebacks';
import { PayPalClient } from './paypal.client';
import { paypalNotifications } from './paypal.webhook';
import { BASE_URLS, paypalSettings } from './paypal.config';
import { PAYPAL_CURRENCIES } from './paypal.currencies';
import {
  capabilitiesOf,
  inOrder,
  paymentsInDialects,
  type PayPalDialect,
  refundsInDialects,
} from './paypal.dialects';
import { PayPalHolds } from './paypal.holds';
import { PayPalInspection } from './paypal.inspection';
import { PayPalPayments } from './paypal.payments';
import { PayPalRefunds } from './paypal.refunds';
import { PayPalTokens } from './paypal.token';
import { V1Client } from './v1/v1.client';
import { V1Payments } from './v1/v1.payments';
import { reversalsOfV1, V1Refunds } from './v1/v1.refunds';

const HOUR_MS = 3_600_000;

/**
 * PayPal wallet payments over Orders v2: https://developer.paypal.com/docs/api/orders/v2/, or over the deprecated
 * Payments v1: https://developer.paypal.com/docs/api/payments/v1/
 */
export const paypalAdapter = defineAdapter({
  type: 'paypal',
  name: 'PayPal',
  settings: paypalSettings,
  currencies: Object.keys(PAYPAL_CURRENCIES),
  variants: [{ API: 'payments_v1' }],
  build: buildProvider,
});

function buildProvider(
  settings: SettingValues<typeof paypalSettings>,
  tools: AdapterTools,
): PaymentProvider {
  const baseUrl = settings.BASE_URL ?? BASE_URLS[settings.MODE];
  const http = tools.openHttp({ baseUrl });
  const credentials = { clientId: settings.CLIENT_ID, clientSecret: settings.CLIENT_SECRET };
  const tokens = new PayPalTokens(http, credentials, tools.clock);
  const client = new PayPalClient(http, tokens);
  const v1Client = new V1Client(http, tokens);
  return {
    account: tools.account,
    type: 'paypal',
    name: 'PayPal',
    mode: settings.MODE,
    capabilities: capabilities(settings.API, settings.APPROVAL_WINDOW_HOURS * HOUR_MS),
    payments: paymentsInDialects(settings.API, {
      orders_v2: new PayPalPayments(client, settings.BRAND_NAME),
      payments_v1: new V1Payments(v1Client, settings.BRAND_NAME),
    }),
    refunds: refundsInDialects({
      orders_v2: new PayPalRefunds(client),
      payments_v1: new V1Refunds(v1Client),
    }),
    // Orders that were held before the account spoke another dialect are captured all the same.
    holds: new PayPalHolds(client),
    chargebacks: new PayPalChargebacks(
      client,
      inOrder(settings.API, {
        orders_v2: reversalsOfV2(client),
        payments_v1: reversalsOfV1(v1Client),
      }),
    ),
    ...paypalNotifications(settings, tools, { baseUrl, tokens }),
    inspection: new PayPalInspection(client, {
      baseUrl,
      dialect: settings.API,
      webhookId: settings.WEBHOOK_ID,
    }),
    check: () => checkCredentials(tokens),
    pausedForS: () => http.pausedForS(),
  };
}

/**
 * No `find`: Orders v2 has no search, and a create without an answer is settled by repeating it with its key.
 * Payments v1 lists executed payments only.
 */
function capabilities(dialect: PayPalDialect, approvalWindowMs: number): ProviderCapabilities {
  return {
    ...capabilitiesOf(dialect),
    payMethods: ['paypal'],
    approve: 'capture',
    cancel: 'local',
    setupMandate: false,
    mandate: false,
    findByReference: false,
    approvalWindowMs,
  };
}

async function checkCredentials(tokens: PayPalTokens): Promise<CallResult<null>> {
  const result = await tokens.renew();
  switch (result.kind) {
    case 'token':
      return { outcome: 'done', value: null };
    case 'denied':
      return { outcome: 'refused', refusal: { ...result.trouble, kind: 'merchant' } };
    case 'not_sent':
      return { outcome: 'not_sent', trouble: result.trouble, retryAfterS: result.retryAfterS };
  }
}
