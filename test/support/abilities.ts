import { valueAt } from '../../src/shared/json';
import { PAYPAL_BE, PAYPRO_KEY, type TestApp } from './app';
import { call, eventually } from './http';
import { expectStatus } from './payments';
import { listOf, objectOf, textOf } from './read';
import { sandboxOf, type SandboxCall } from './sandbox';

/** An account as an operator sets it up, and what its gateway's calls look like. */
export interface Account {
  readonly name: string;
  readonly gateway: 'paypal' | 'paypro';
  /** Where payments are made. */
  readonly createPath: string;
  readonly settings: (sandboxUrl: string) => Readonly<Record<string, string>>;
}

/** One of each kind: both gateways, each dialect, and one that listens to nobody. */
export const ACCOUNTS: readonly Account[] = [
  { name: 'paypal', gateway: 'paypal', createPath: '/v2/checkout/orders', settings: () => ({}) },
  { name: 'paypro', gateway: 'paypro', createPath: '/payments', settings: () => ({}) },
  {
    name: 'paypal_v1',
    gateway: 'paypal',
    createPath: '/v1/payments/payment',
    settings: (url) => ({
      ...paypalSettings('PAYPAL_V1', url),
      PAYPAL_V1__API: 'payments_v1',
    }),
  },
  {
    name: 'paypal_quiet',
    gateway: 'paypal',
    createPath: '/v2/checkout/orders',
    settings: (url) => paypalSettings('PAYPAL_QUIET', url),
  },
  {
    name: 'paypro_quiet',
    gateway: 'paypro',
    createPath: '/payments',
    settings: (url) => ({
      PAYPRO_QUIET__TYPE: 'paypro',
      PAYPRO_QUIET__API_KEY: PAYPRO_KEY,
      PAYPRO_QUIET__MODE: 'sandbox',
      PAYPRO_QUIET__BASE_URL: `${url}/paypro`,
    }),
  },
];

export function settingsOf(sandboxUrl: string): Record<string, string> {
  const own = ACCOUNTS.flatMap(({ settings }) => Object.entries(settings(sandboxUrl)));
  return { PROVIDERS: ACCOUNTS.map(({ name }) => name).join(), ...Object.fromEntries(own) };
}

function paypalSettings(prefix: string, url: string): Record<string, string> {
  return {
    [`${prefix}__TYPE`]: 'paypal',
    [`${prefix}__CLIENT_ID`]: PAYPAL_BE.clientId,
    [`${prefix}__CLIENT_SECRET`]: PAYPAL_BE.secret,
    [`${prefix}__MODE`]: 'sandbox',
    [`${prefix}__BASE_URL`]: `${url}/paypal`,
  };
}

/** What `GET /api/providers` declares of an account, as `name: value`: numbers are only some or none. */
export async function declaredBy(
  app: TestApp,
  account: string,
): Promise<ReadonlyMap<string, string>> {
  const listed = await call(app, 'GET', '/api/providers', { key: app.keys.staff });
  expectStatus(listed, 200);
  const shown = listOf(listed.body, 'data').find((one) => textOf(one, 'id') === account);
  const { repeat, ...others } = objectOf(shown, 'capabilities');
  const all = [
    ...Object.entries(others),
    ...Object.entries(objectOf(repeat)).map(([name, value]) => [`repeat.${name}`, value] as const),
  ];
  return new Map(all.map(([name, value]) => [name, wordFor(value)]));
}

function wordFor(value: unknown): string {
  if (typeof value === 'number') return value > 0 ? 'some' : 'none';
  return value === null ? 'none' : `${JSON.stringify(value)}`.replaceAll('"', '');
}

/** What was sent that could change something; reads may happen at any time, for the clock's sake. */
export async function changesSent(app: TestApp): Promise<readonly SandboxCall[]> {
  const calls = await sandboxOf(app).calls();
  return calls.filter(({ method, path }) => method !== 'GET' && !path.includes('/oauth2/'));
}

/** How many payments the gateway holds under our reference. */
export async function madeFor(app: TestApp, paymentId: string): Promise<number> {
  const shown = await call({ url: app.sandboxUrl }, 'GET', '/_sandbox/objects');
  const objects = listOf(shown.body).filter((one) => JSON.stringify(one).includes(paymentId));
  return objects.length;
}

/** The first movement of money for a payment, once there is one. */
export async function moneyOf(app: TestApp, providerId: string): Promise<string> {
  const entries = await eventually(
    () => sandboxOf(app).ledgerOf(providerId),
    (all) => all.length > 0,
  );
  return entries.map((one) => `${textOf(one, 'kind')} ${String(valueAt(one, 'amount'))}`).join();
}
