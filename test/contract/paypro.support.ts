import { listAt, textAt } from '../../src/shared/json';
import { systemClock } from '../../src/shared/clock';
import { Money } from '../../src/shared/money/money';
import { environmentSource, type SettingProblem } from '../../src/shared/settings-reader';
import {
  type CreateOrder,
  type PaymentProvider,
  type ProviderPayment,
} from '../../src/providers/payment-provider';
import { type CallResult } from '../../src/providers/provider-call';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { payproAdapter } from '../../src/providers/paypro/paypro.provider';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { PatientHttp } from './suite/patience';

export const KEY = 'pp_contractContractContractContract1';

/** One line for every call of every provider that was configured here. */
export const lines: ProviderCallLine[] = [];

let references = 0;

export function startPaypro(): Promise<RunningSandbox> {
  return startSandbox({ host: '127.0.0.1', port: 0, paypalAccounts: [], payproKeys: [KEY] });
}

/** The adapter as the application would build it, over the real HTTP client. */
export function configure(
  sandbox: RunningSandbox,
  key = KEY,
  settings: Readonly<Record<string, string>> = {},
): PaymentProvider {
  const problems: SettingProblem[] = [];
  const values = { API_KEY: key, BASE_URL: `${sandbox.url}/paypro`, ...settings };
  const env = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`PAYPRO__${name}`, value]),
  );
  const source = environmentSource(env, () => '');
  const build = payproAdapter.configure('paypro', source, problems);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return build({
    account: 'paypro',
    clock: systemClock,
    openHttp: (options) => new PatientHttp('paypro', options, (line) => lines.push(line)),
  });
}

/** Asks the control API of the simulator. */
export async function control(
  sandbox: RunningSandbox,
  call: { method: string; path: string; body?: unknown },
): Promise<unknown> {
  const { method, path, body } = call;
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

/** The calls that reached PayPro since the list was emptied. */
export async function callsSeen(sandbox: RunningSandbox): Promise<string[]> {
  const answer = await control(sandbox, { method: 'GET', path: 'calls' });
  const calls = Array.isArray(answer) ? answer : listAt(answer, 'calls');
  return calls.map((call) => `${textAt(call, 'method')} ${textAt(call, 'path')}`);
}

/** What the payer does on the pay page. */
export async function act(payment: ProviderPayment, action: string): Promise<void> {
  const response = await fetch(payment.checkoutUrl ?? '', {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ action }),
  });
  expect(response.status).toBe(action === 'expire' ? 410 : 303);
}

/** An order with a reference that no other has. */
export function order(more: Partial<CreateOrder> = {}): CreateOrder {
  const reference = `pay_contract${++references}`;
  return {
    reference,
    key: `v1.${reference}.create.1`,
    amount: Money.of(1050n, 'EUR'),
    captureMethod: 'automatic',
    description: 'Two chairs',
    returnUrl: 'https://shop.example/thanks',
    cancelUrl: 'https://shop.example/cart',
    payMethods: ['ideal'],
    metadata: { order: 'A-1', nested: { lines: [1, 2] } },
    providerCustomer: null,
    mandate: null,
    setupMandate: false,
    locale: 'nl-NL',
    ...more,
  };
}

export function done<T>(result: CallResult<T>): T {
  if (result.outcome !== 'done') throw new Error(`not done: ${JSON.stringify(result)}`);
  return result.value;
}
