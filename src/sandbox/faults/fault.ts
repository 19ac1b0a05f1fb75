import { isObject, member, textMember } from '../http/json';

const CALL_FAULTS = [
  'delay',
  'error_before',
  'error_after',
  'drop_before',
  'drop_after',
  'hang_after',
  'rate_limit',
  'wrong_amount',
  'garbage',
  'unknown_state',
  'no_metadata',
  'unauthorized',
] as const;

/** PayPal only; they hit what is made, not the call that makes it. */
const MONEY_FAULTS = ['capture_pending', 'refund_pending'] as const;

const EVENT_FAULTS = [
  'notify_duplicate',
  'notify_late',
  'notify_reorder',
  'notify_forge',
  'notify_drop',
] as const;

const FAULT_KINDS = [...CALL_FAULTS, ...MONEY_FAULTS, ...EVENT_FAULTS];

export type MoneyFault = (typeof MONEY_FAULTS)[number];

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A misbehaviour that the next matching calls or events get. Names are those of the control API. */
export interface Fault {
  gateway: 'paypal' | 'paypro';
  match: { method?: string; path_contains?: string; event_type?: string };
  /** How many calls or events are still to be hit. */
  times: number;
  /** Which part of the matching calls or events is hit, from 0 to 1. */
  probability: number;
  /** Makes the same hits every time. */
  seed?: number;
  kind: FaultKind;
  delay_ms: number;
  /** For the kinds that answer with a status of their own. */
  status?: number;
  retry_after_seconds?: number;
}

/** Longer than any client waits, short enough for a forgotten fault not to hang a machine. */
const MAX_DELAY_MS = 120_000;
const MAX_TIMES = 1_000_000;
/** The generator's state is 32 bits wide. */
const MAX_SEED = 4_294_967_295;

type Numbers = Pick<Fault, 'status' | 'retry_after_seconds' | 'seed'>;

/** Reads a fault of the control API; a text is the reason why it was refused. */
export function readFault(body: unknown): Fault | string {
  const gateway = member(body, 'gateway');
  if (gateway !== 'paypal' && gateway !== 'paypro') return 'gateway must be paypal or paypro';
  const kind = FAULT_KINDS.find((known) => known === member(body, 'kind'));
  if (kind === undefined) return `kind must be one of ${FAULT_KINDS.join(', ')}`;
  const match = readMatch(member(body, 'match') ?? {}, isEventFault(kind));
  if (typeof match === 'string') return match;
  const times = member(body, 'times') ?? 1;
  if (!isWhole(times, { min: 1, max: MAX_TIMES }))
    return `times must be a whole number from 1 to ${MAX_TIMES}`;
  const delayMs = member(body, 'delay_ms') ?? 0;
  if (!isWhole(delayMs, { min: 0, max: MAX_DELAY_MS }))
    return `delay_ms must be from 0 to ${MAX_DELAY_MS}`;
  const probability = member(body, 'probability') ?? 1;
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1))
    return 'probability must be from 0 to 1';
  const numbers = readNumbers(body);
  if (typeof numbers === 'string') return numbers;
  return { gateway, match, times, probability, kind, delay_ms: delayMs, ...numbers };
}

export function isEventFault(kind: FaultKind): boolean {
  return kind.startsWith('notify_');
}

export function isMoneyFault(kind: FaultKind): kind is MoneyFault {
  return MONEY_FAULTS.some((known) => known === kind);
}

/** The members that may be missing for good. */
function readNumbers(body: unknown): Numbers | string {
  const status = member(body, 'status');
  if (status !== undefined && !isWhole(status, { min: 200, max: 599 }))
    return 'status must be an HTTP status';
  const retryAfter = member(body, 'retry_after_seconds');
  if (retryAfter !== undefined && !isWhole(retryAfter, { min: 0, max: MAX_DELAY_MS })) {
    return 'retry_after_seconds must be a whole number';
  }
  const seed = member(body, 'seed');
  if (seed !== undefined && !isWhole(seed, { min: 0, max: MAX_SEED }))
    return `seed must be a whole number from 0 to ${MAX_SEED}`;
  return {
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retry_after_seconds: retryAfter }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function readMatch(match: unknown, forEvents: boolean): Fault['match'] | string {
  if (!isObject(match)) return 'match must be an object';
  const known = forEvents ? ['event_type'] : ['method', 'path_contains'];
  for (const [name, value] of Object.entries(match)) {
    if (!known.includes(name)) return `match may hold ${known.join(' and ')} for this kind`;
    if (typeof value !== 'string') return `match.${name} must be a text`;
  }
  const text = (name: string) => textMember(match, name);
  const method = text('method')?.toUpperCase();
  const pathContains = text('path_contains');
  const eventType = text('event_type');
  return {
    ...(method === undefined ? {} : { method }),
    ...(pathContains === undefined ? {} : { path_contains: pathContains }),
    ...(eventType === undefined ? {} : { event_type: eventType }),
  };
}

function isWhole(value: unknown, { min, max }: { min: number; max: number }): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
