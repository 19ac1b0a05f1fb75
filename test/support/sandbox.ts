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

/** Long enough for others to come while a request waits for the provider. */
const MEANWHILE_MS = 3_000;

/** The provider takes its time over a POST to this path. */
export function slow(path: string): Fault {
  const match = { method: 'POST', path_contains: path };
  return { kind: 'delay', match, delay_ms: MEANWHILE_MS };
}

export interface SandboxCall {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | null;
}

/** `GET /events` of PayPro, `GET /v1/notifications/webhooks-events` of PayPal. */
const EVENT_LIST = /^(?:\/events|\/v1\/notifications\/webhooks-events)\b/;

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
    /** Calls that arrived at the gateways, but for the look for lost events that the clock may begin at any time. */
    calls: async (): Promise<readonly SandboxCall[]> => {
      const seen = listOf(await control('GET', '/calls'), 'calls');
      const calls = seen.map((one) => ({
        method: textAt(one, 'method') ?? '',
        path: textAt(one, 'path') ?? '',
        requestId: textAt(one, 'request_id'),
      }));
      return calls.filter(({ path }) => !EVENT_LIST.test(path));
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
    setMandateState: (mandateId: string, state: 'pending' | 'approved') =>
      control('POST', `/paypro/mandates/${mandateId}`, { state }),
    /** PayPro charges a mandate by itself, for a subscription or a plan; its id of the payment. */
    chargeByPaypro: async (mandateId: string, body: object): Promise<string> => {
      const made = await control('POST', `/paypro/mandates/${mandateId}/payments`, body);
      return textAt(made, 'id') ?? '';
    },
    advanceClock: (seconds: number) => control('POST', '/clock', { advance_seconds: seconds }),
  };
}
