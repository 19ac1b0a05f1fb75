import { createServer } from 'node:net';
import {
  type CreateOrder,
  type PaymentProvider,
  type ProviderPayment,
} from '../../src/providers/payment-provider';
import { type CallResult } from '../../src/providers/provider-call';
import { type ProviderCallLine } from '../../src/providers/provider-http';
import { WatchedHttp } from './openapi-watch';
import { paypalAdapter } from '../../src/providers/paypal/paypal.provider';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/start-sandbox';
import { systemClock } from '../../src/shared/clock';
import { listAt, objectAt, textAt, valueAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { environmentSource } from '../../src/shared/settings-reader';

export const CLIENT_ID = 'contract-client';
export const CLIENT_SECRET = 'contract-secret-that-nobody-may-see';

let number = 0;

/** The simulator with PayPal's account of these tests; PayPro has those with the keys. */
export function startPayPal(payproKeys: readonly string[] = []): Promise<RunningSandbox> {
  const paypalAccounts = [{ clientId: CLIENT_ID, secret: CLIENT_SECRET }];
  return startSandbox({ host: '127.0.0.1', port: 0, paypalAccounts, payproKeys: [...payproKeys] });
}

/** A provider as the application builds it, but for a log that we can look into. */
export function openPayPal(
  sandboxUrl: string,
  lines: ProviderCallLine[],
  settings: Readonly<Record<string, string>> = {},
): PaymentProvider {
  const values = {
    CLIENT_ID,
    CLIENT_SECRET,
    MODE: 'sandbox',
    BASE_URL: `${sandboxUrl}/paypal`,
    ...settings,
  };
  const env = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`PAYPAL__${name}`, value]),
  );
  const source = environmentSource(env, () => '');
  return paypalAdapter.configure(
    'paypal',
    source,
    [],
  )({
    account: 'paypal',
    clock: systemClock,
    openHttp: (options) => new WatchedHttp('paypal', options, (line) => lines.push(line)),
  });
}

export function anOrder(changes: Partial<CreateOrder> = {}): CreateOrder {
  number += 1;
  return {
    reference: `pay_contract_${number}`,
    key: `key-${number}`,
    amount: Money.of(1000n, 'EUR'),
    captureMethod: 'automatic',
    description: null,
    returnUrl: 'https://shop.example/return',
    cancelUrl: 'https://shop.example/cancel',
    payMethods: [],
    metadata: {},
    providerCustomer: null,
    mandate: null,
    setupMandate: false,
    locale: null,
    ...changes,
  };
}

export function done<T>(result: CallResult<T>): T {
  if (result.outcome !== 'done') throw new Error(`not done: ${JSON.stringify(result)}`);
  return result.value;
}

/** What the payer does on PayPal's page. */
export async function press({ checkoutUrl }: ProviderPayment, action: string): Promise<void> {
  const body = new URLSearchParams({ action });
  const page = await fetch(checkoutUrl ?? '', { method: 'POST', body, redirect: 'manual' });
  // The page of an expired order is gone, which is what was asked for.
  if (page.status >= 400 && page.status !== 410)
    throw new Error(`the page answered ${page.status} to ${action}`);
}

/** The simulator's control API. */
export function controlOf(sandboxUrl: string) {
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${sandboxUrl}/_sandbox${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    reset: async (): Promise<void> => {
      await send('DELETE', '/faults');
      await send('DELETE', '/calls');
    },
    fault: (method: string, path: string, distortion: object, times = 1): Promise<unknown> => {
      const match = { method, path_contains: path };
      return send('POST', '/faults', { gateway: 'paypal', match, times, ...distortion });
    },
    /** The next notification misbehaves like this. */
    notifyFault: (kind: string, more: object = {}): Promise<unknown> =>
      send('POST', '/faults', { gateway: 'paypal', kind, times: 1, ...more }),
    /** Where notifications go. */
    listen: (hook: { account: string; url: string; id: string }): Promise<unknown> =>
      send('POST', '/webhooks', { gateway: 'paypal', ...hook }),
    /** Sends an event once more, as their dashboard does. */
    resend: (eventId: string): Promise<unknown> => send('POST', `/notifications/${eventId}/resend`),
    settle: (captureId: string, status: 'COMPLETED' | 'DECLINED'): Promise<unknown> =>
      send('POST', `/paypal/captures/${captureId}`, { status }),
    settleRefund: (refundId: string, status: 'COMPLETED' | 'FAILED' | 'CANCELLED') =>
      send('POST', `/paypal/refunds/${refundId}`, { status }),
    /** The merchant refunds on PayPal's own site; without an amount all that is left. */
    refundByHand: (captureId: string, amount?: string): Promise<unknown> =>
      send('POST', `/paypal/captures/${captureId}/refunds`, amount === undefined ? {} : { amount }),
    /** PayPal takes money of a capture back, all of it by default; the answer's id is the reversal's. */
    reverse: (captureId: string, amount?: string): Promise<unknown> =>
      send(
        'POST',
        `/paypal/captures/${captureId}/reversals`,
        amount === undefined ? {} : { amount },
      ),
    /** The payer disputes a capture; the answer's id is the dispute's. */
    dispute: (captureId: string, wish: object): Promise<unknown> =>
      send('POST', `/paypal/captures/${captureId}/disputes`, wish),
    moveDispute: (disputeId: string, change: object): Promise<unknown> =>
      send('POST', `/paypal/disputes/${disputeId}`, change),
    passDays: (days: number): Promise<unknown> =>
      send('POST', '/clock', { advance_seconds: days * 86_400 }),
    /** `POST /v2/checkout/orders key-1`, one text per call that arrived. */
    calls: async (): Promise<readonly string[]> => {
      const seen = listAt(await send('GET', '/calls'), 'calls');
      return seen.map((call) =>
        [textAt(call, 'method'), textAt(call, 'path'), textAt(call, 'request_id')].join(' ').trim(),
      );
    },
    /** How many calls reached nothing. */
    unknownPaths: async (): Promise<number> => {
      const counters = Object.entries(objectAt(await send('GET', '/calls'), 'counters'));
      const strange = counters.filter(([route]) => route.endsWith('(unknown path)'));
      return strange.reduce((sum, [, count]) => sum + Number(count), 0);
    },
    /** What PayPal really took for the order. */
    moneyIn: async (providerId: string): Promise<readonly unknown[]> => {
      const ledger = listAt(await send('GET', '/ledger'));
      return ledger.filter((entry) => JSON.stringify(entry).includes(providerId));
    },
    /** `EUR 2.50`, one text per refund of the capture that really reached the payer. */
    moneyBack: async (captureId: string): Promise<readonly string[]> => {
      const ledger = listAt(await send('GET', '/ledger'));
      const refunds = ledger.filter(
        (entry) => textAt(entry, 'kind') === 'refund' && textAt(entry, 'capture_id') === captureId,
      );
      return refunds.map((entry) => `${textAt(entry, 'currency')} ${textAt(entry, 'amount')}`);
    },
  };
}

export async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error('it did not come about within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = Number(valueAt(server.address(), 'port'));
  await new Promise((resolve) => server.close(resolve));
  return port;
}
