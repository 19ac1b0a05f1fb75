import { listAt, textAt } from '../../../src/shared/json';
import { Money } from '../../../src/shared/money/money';
import { startListener } from '../listener';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/start-sandbox';
import { type GatewayCall, type Mischief, type RunningGateway } from './gateway';
import { TOO_LATE_MS } from './patience';

/** How a gateway's own API tells the calls of the port apart. */
export interface Wording {
  readonly gateway: 'paypal' | 'paypro';
  readonly calls: Readonly<Record<GatewayCall, CallPattern>>;
  /** The account that is told, and what makes its deliveries genuine. */
  readonly webhook: Readonly<Record<string, string>>;
  readonly accounts: Pick<Parameters<typeof startSandbox>[0], 'paypalAccounts' | 'payproKeys'>;
  readonly settings: (sandbox: RunningSandbox) => Readonly<Record<string, string>>;
  /** What its people do to a refund that waits; left out where none waits. */
  readonly refundStates: readonly string[];
}

interface CallPattern {
  readonly method: string;
  /** What its path holds and no other path that is called before it does. */
  readonly holds: string;
}

const DISTORTIONS: Readonly<Record<Mischief, object>> = {
  error_before: { status: 503 },
  error_after: { status: 500 },
  drop_before: {},
  drop_after: {},
  garbage: {},
  delay: { delay_ms: TOO_LATE_MS },
  rate_limit: { retry_after_seconds: 7 },
  wrong_amount: {},
  unknown_state: {},
};

/** One of the gateways of the simulator, by its switches. */
export async function startSimulated(wording: Wording): Promise<RunningGateway> {
  const { gateway, calls, refundStates } = wording;
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, ...wording.accounts });
  const listener = await startListener();
  const control = switchesOf(sandbox.url);
  await control('POST', '/webhooks', { gateway, url: listener.url, ...wording.webhook });
  const ledgerOf = async (providerId: string) =>
    listAt(await control('GET', '/ledger')).filter((one) => names(one, providerId));
  return {
    settings: wording.settings(sandbox),
    reset: async () => {
      await control('DELETE', '/faults');
      await control('DELETE', '/calls');
    },
    misbehave: async (call, mischief) => {
      const { method, holds } = calls[call];
      const match = { method, path_contains: holds };
      const distortion = { gateway, match, times: 1, kind: mischief, ...DISTORTIONS[mischief] };
      await control('POST', '/faults', distortion);
    },
    arrived: async (call) => {
      const seen = listAt(await control('GET', '/calls'), 'calls');
      const isIt = (one: unknown) =>
        textAt(one, 'method') === calls[call].method &&
        (textAt(one, 'path') ?? '').includes(calls[call].holds);
      return seen.filter(isIt).length;
    },
    press: ({ checkoutUrl }, action) => pressButton(checkoutUrl ?? '', action),
    books: async (providerId) => {
      const entries = await ledgerOf(providerId);
      const sum = (kind: string) =>
        entries
          .filter((one) => textAt(one, 'kind') === kind)
          .reduce<bigint>((total, one) => total + minorOf(one), 0n);
      return { taken: sum('capture'), returned: sum('refund') };
    },
    heldFor: async (reference) =>
      listAt(await control('GET', '/objects')).filter((one) => names(one, reference)).length,
    settleRefund: async (refundId) => {
      for (const state of refundStates)
        await control('POST', `/${gateway}/refunds/${refundId}`, { state });
    },
    told: ({ providerId }) =>
      Promise.resolve(listener.deliveries.filter(({ body }) => body.includes(providerId))),
    close: async () => {
      await sandbox.close();
      await listener.close();
    },
  };
}

function switchesOf(sandboxUrl: string) {
  return async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${sandboxUrl}/_sandbox${path}`, sent);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}

async function pressButton(checkoutUrl: string, action: string): Promise<void> {
  const body = new URLSearchParams({ action });
  const page = await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' });
  if (page.status >= 400) throw new Error(`the pay page answered ${page.status} to ${action}`);
}

function names(entry: unknown, id: string): boolean {
  return JSON.stringify(entry).includes(id);
}

function minorOf(entry: unknown): bigint {
  const money = Money.fromDecimal(textAt(entry, 'amount') ?? '', textAt(entry, 'currency') ?? '');
  if (!money) throw new Error(`no amount in ${JSON.stringify(entry)}`);
  return money.minor;
}
