import { objectAt, textAt } from '../../src/shared/json';
import { call } from './http';
import { listOf } from './read';

export type Gateway = 'paypal' | 'paypro';

export interface Fault {
  readonly kind: string;
  readonly match?: { readonly method?: string; readonly path_contains?: string };
  readonly times?: number;
  readonly delay_ms?: number;
  readonly status?: number;
}

export interface SandboxCall {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | null;
}

type Simulated = { readonly sandboxUrl: string };

/** The simulators' control API: what really happened there, and what shall go wrong next. */
export function sandboxOf({ sandboxUrl }: Simulated) {
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const sent = await call({ url: sandboxUrl }, method, `/_sandbox${path}`, { body });
    if (sent.status >= 300) throw new Error(`${method} ${path}: ${sent.status} ${sent.text}`);
    return sent.body;
  };
  return {
    fault: (gateway: Gateway, fault: Fault) => control('POST', '/faults', { gateway, ...fault }),
    dropFaults: () => control('DELETE', '/faults'),
    clearCalls: () => control('DELETE', '/calls'),
    /** Calls that arrived at the gateways, without the pay pages, which are no calls. */
    calls: async (): Promise<readonly SandboxCall[]> => {
      const seen = listOf(await control('GET', '/calls'), 'calls');
      return seen.map((one) => ({
        method: textAt(one, 'method') ?? '',
        path: textAt(one, 'path') ?? '',
        requestId: textAt(one, 'request_id'),
      }));
    },
    /** Movements of money that belong to one payment, by any of its ids. */
    ledgerOf: async (id: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
      const entries = listOf(await control('GET', '/ledger'));
      return entries.map((entry) => objectAt(entry)).filter((e) => JSON.stringify(e).includes(id));
    },
    settleCapture: (captureId: string, status: 'COMPLETED' | 'DECLINED') =>
      control('POST', `/paypal/captures/${captureId}`, { status }),
    setPayproState: (paymentId: string, state: string) =>
      control('POST', `/paypro/payments/${paymentId}`, { state }),
    advanceClock: (seconds: number) => control('POST', '/clock', { advance_seconds: seconds }),
  };
}
