import axios from 'axios';
import { textAt } from '../shared/json';
import { type DemoSecrets } from './demo-secrets';
import { LauncherError } from './launcher-error';

/** The simulator answers from memory. */
const ANSWER_TIMEOUT_MS = 10_000;

/** The authority behind the simulated PayPal's signatures: made by the simulator, so nobody else can sign for it. */
export async function readPaypalCa(sandboxUrl: string): Promise<string> {
  const { data } = await axios.get<unknown>(`${sandboxUrl}/_sandbox/paypal/ca`, OPTIONS);
  const pem = textAt(data, 'pem');
  if (pem === null) throw new LauncherError('the simulator shows no certificate authority');
  return pem;
}

/** Tells both gateways where the app listens; its port may differ from start to start. */
export async function connectWebhooks(demo: {
  readonly sandboxUrl: string;
  readonly apiUrl: string;
  readonly secrets: DemoSecrets;
}): Promise<void> {
  const { sandboxUrl, apiUrl, secrets } = demo;
  const webhooks = [
    {
      gateway: 'paypal',
      account: secrets.paypal_client_id,
      id: secrets.paypal_webhook_id,
      url: `${apiUrl}/api/notifications/paypal`,
    },
    {
      gateway: 'paypro',
      account: secrets.paypro_api_key,
      secret: secrets.paypro_webhook_secret,
      url: `${apiUrl}/api/notifications/paypro`,
    },
  ];
  for (const webhook of webhooks) {
    await axios.post(`${sandboxUrl}/_sandbox/webhooks`, webhook, OPTIONS);
  }
}

const OPTIONS = { timeout: ANSWER_TIMEOUT_MS, proxy: false, maxRedirects: 0 } as const;
