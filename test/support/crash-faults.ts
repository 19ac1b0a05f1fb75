import { isObject, parseJson } from '../../src/shared/json';
import {
  type GatewayCall,
  type GatewayFault,
  type GatewayReply,
  referenceIn,
} from './crash-gateway-proxy';
import { type Dice } from './crash-random';

/** What goes wrong at the gateways, and how often. */
const RATES = {
  slow: 0.04,
  error_before: 0.03,
  error_after: 0.06,
  hang_after: 0.05,
  reset_before: 0.025,
  reset_after: 0.025,
  rate_limit: 0.01,
  unauthorized: 0.005,
  wrong_amount: 0.002,
  garbage: 0.01,
} as const;

export type FaultKind = keyof typeof RATES;

const SLOW_MS = { min: 1_500, max: 4_000 };
/** An access token is no payment: there is nothing to be carried out twice, and no amount to be wrong. */
const TOKEN_FAULTS: readonly string[] = ['slow', 'error_before', 'reset_before'];

/** Slow answers of creates at PayPro, for what is tempted to repeat them: slower than a lease of the app lasts. */
export interface SlowCreates {
  readonly probability: number;
  readonly ms: number;
}

/** Decides about every call what goes wrong with it, and keeps count. */
export class Faults {
  readonly counts = new Map<FaultKind, number>();
  /** References of payments about which a gateway said something wrong. */
  readonly wronged = new Set<string>();
  isOn = true;

  constructor(
    private readonly dice: Dice,
    private readonly slowCreates: SlowCreates | null = null,
  ) {}

  faultOf(call: GatewayCall): GatewayFault {
    if (!this.isOn) return {};
    const { slowCreates } = this;
    const isCreate = call.method === 'POST' && call.path.endsWith('/paypro/payments');
    if (slowCreates && isCreate && this.dice.chance(slowCreates.probability)) {
      this.count('slow');
      return { delayMs: slowCreates.ms };
    }
    const kind = this.choose();
    if (!kind || (call.path.includes('/oauth2/') && !TOKEN_FAULTS.includes(kind))) return {};
    // A list holds many payments: one wrong answer would excuse them all.
    if (kind === 'wrong_amount' && /\/payments\?/.test(call.path)) return {};
    this.count(kind);
    return this.make(kind, call);
  }

  private choose(): FaultKind | null {
    let dice = this.dice.between(0, 1);
    for (const kind of KINDS) {
      dice -= RATES[kind];
      if (dice < 0) return kind;
    }
    return null;
  }

  private count(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  private make(kind: FaultKind, call: GatewayCall): GatewayFault {
    switch (kind) {
      case 'slow':
        return { delayMs: this.dice.between(SLOW_MS.min, SLOW_MS.max) };
      case 'error_before':
        return { instead: json(503, SERVER_ERROR) };
      case 'error_after':
        return { answer: () => json(500, SERVER_ERROR) };
      case 'hang_after':
        return { answer: () => 'hang' };
      case 'reset_before':
        return { instead: 'reset' };
      case 'reset_after':
        return { answer: () => 'reset' };
      case 'rate_limit':
        return { instead: { ...json(429, RATE_LIMIT), headers: { 'retry-after': '1' } } };
      case 'unauthorized':
        return { instead: json(401, UNAUTHORIZED) };
      case 'garbage':
        return { answer: () => ({ status: 200, headers: {}, body: Buffer.from('<p>Oops') }) };
      case 'wrong_amount':
        return { answer: (reply) => this.lie(call, reply) };
    }
  }

  private lie(call: GatewayCall, reply: GatewayReply): GatewayReply {
    const text = reply.body.toString('utf8');
    const reference = referenceIn(text) ?? referenceIn(call.body);
    const body = parseJson(text);
    if (reference === null || reply.status >= 300) return reply;
    this.wronged.add(reference);
    return { ...reply, body: Buffer.from(JSON.stringify(withMore(body))) };
  }
}

const KINDS = Object.keys(RATES).filter((name): name is FaultKind => name in RATES);

/** Each gateway finds its own words in it; ours only look at the status and for a body. */
const SERVER_ERROR = {
  name: 'INTERNAL_SERVER_ERROR',
  message: 'An internal server error has occurred.',
  error: { type: 'api_error', message: 'Something went wrong.' },
};
const RATE_LIMIT = { name: 'RATE_LIMIT_REACHED', error: { type: 'rate_limit', message: 'Slow.' } };
const UNAUTHORIZED = {
  error: { type: 'authentication_error', message: 'Invalid API key' },
  error_description: 'Access Token not found in cache',
};

function json(status: number, body: object): GatewayReply {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

/** The same with every amount a little higher. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => {
    if (key === 'amount' && typeof member === 'number') return [key, member + 1];
    const isDecimal = key === 'value' && typeof member === 'string' && /^\d+\.\d\d$/.test(member);
    return [key, isDecimal ? (Number(member) + 0.01).toFixed(2) : withMore(member)];
  });
  return Object.fromEntries(entries);
}
