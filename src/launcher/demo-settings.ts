import { join } from 'node:path';
import { issuerSettings } from './demo-issuer';
import { type DemoSecrets } from './demo-secrets';
import { type Environment, type LauncherConfig } from './launcher.config';
import { preferredSettings, withOwn } from './laid-over';

/** The demo's accounts are its own: real credentials in the environment must not mix with them. */
const ACCOUNT_SETTING = /^(PAYPAL|PAYPRO)__/;

/** Settings of real accounts that the demo leaves out; worth a hint, because they have no effect. */
export function ignoredSettings(environment: Environment): readonly string[] {
  return Object.keys(environment).filter((name) => ACCOUNT_SETTING.test(name));
}

/** The user's environment with ours on top, and without the accounts. */
function withSettings(environment: Environment, settings: Record<string, string>): Environment {
  const ignored = new Set(ignoredSettings(environment));
  const kept = Object.entries(environment).filter(([name]) => !ignored.has(name));
  return withOwn(Object.fromEntries(kept), settings);
}

export function sandboxSettings(
  config: LauncherConfig,
  { secrets, port }: { readonly secrets: DemoSecrets; readonly port: number },
): Environment {
  return withSettings(config.environment, {
    SANDBOX_HOST: '127.0.0.1',
    SANDBOX_PORT: String(port),
    SANDBOX_DATA_FILE: join(config.dataDir, 'sandbox.jsonl'),
    SANDBOX_PAYPAL_ACCOUNTS: `${secrets.paypal_client_id}:${secrets.paypal_client_secret}`,
    SANDBOX_PAYPRO_KEYS: secrets.paypro_api_key,
  });
}

export interface AppParts {
  readonly secrets: DemoSecrets;
  readonly databaseUrl: string;
  readonly sandboxUrl: string;
  readonly paypalCa: string;
}

/** Of the demonstration: the sample shop works, and whoever opens its pages is somebody already. */
export function demoSettings(config: LauncherConfig, parts: AppParts): Environment {
  const { secrets } = parts;
  return withSettings(config.environment, {
    ...simulatedSettings(config, parts),
    COMPAT_ENABLED: 'true',
    COMPAT_PROVIDER: 'paypal',
    COMPAT_CURRENCY: 'EUR',
    // A front end that is being written is served from another port of this machine.
    ...preferredSettings(config.environment, {
      CORS_ORIGINS: 'http://localhost:*,http://127.0.0.1:*',
    }),
    DEMO: 'true',
    DEMO_STAFF_KEY: secrets.staff_key,
    DEMO_USER_KEY: secrets.user_key,
    DEMO_OTHER_USER_KEY: secrets.other_user_key,
  });
}

/** Of a deployment: nothing but the gateways is simulated. */
export function topologySettings(config: LauncherConfig, parts: AppParts): Environment {
  return withSettings(config.environment, {
    ...simulatedSettings(config, parts),
    COMPAT_ENABLED: 'false',
    DEMO: 'false',
  });
}

/** What every app beside simulated gateways is given. */
function simulatedSettings(config: LauncherConfig, parts: AppParts): Record<string, string> {
  const { secrets, databaseUrl, sandboxUrl, paypalCa } = parts;
  return {
    DATABASE_URL: databaseUrl,
    HOST: config.host,
    PORT: String(config.port),
    ...issuerSettings(config.environment),
    PROVIDERS: 'paypal,paypro',
    PAYPAL__CLIENT_ID: secrets.paypal_client_id,
    PAYPAL__CLIENT_SECRET: secrets.paypal_client_secret,
    PAYPAL__MODE: 'sandbox',
    PAYPAL__BASE_URL: `${sandboxUrl}/paypal`,
    // The simulator forgets an order only when it has expired, so there is no doubt to wait for.
    PAYPAL__APPROVAL_WINDOW_HOURS: '0',
    PAYPAL__WEBHOOK_ID: secrets.paypal_webhook_id,
    PAYPAL__WEBHOOK_CERT_URLS: `${sandboxUrl}/paypal/v1/notifications/certs/`,
    PAYPAL__WEBHOOK_CA: paypalCa,
    PAYPRO__API_KEY: secrets.paypro_api_key,
    PAYPRO__MODE: 'sandbox',
    PAYPRO__BASE_URL: `${sandboxUrl}/paypro`,
    PAYPRO__WEBHOOK_SECRETS: secrets.paypro_webhook_secret,
    // A line per request would push the keys and addresses off the screen.
    ...preferredSettings(config.environment, { LOG_LEVEL: 'warn' }),
  };
}
