import { isObject, member } from '../http/json';

export const FAULT_KINDS = [
  'delay',
  'error_before',
  'error_after',
  'drop_before',
  'drop_after',
  'rate_limit',
  'wrong_amount',
  'garbage',
  'unknown_state',
  'unauthorized',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A misbehaviour that the next matching calls get. Names are those of the control API. */
export interface Fault {
  gateway: 'paypal' | 'paypro';
  match: { method?: string; path_contains?: string };
  /** How many calls are still to be hit. */
  times: number;
  kind: FaultKind;
  delay_ms: number;
  /** For the kinds that answer with a status of their own. */
  status?: number;
  retry_after_seconds?: number;
}

/** Longer than any client waits, short enough for a forgotten fault not to hang a machine. */
const MAX_DELAY_MS = 120_000;
const MAX_TIMES = 1_000_000;

/** Reads a fault of the control API; a text is the reason why it was refused. */
export function readFault(body: unknown): Fault | string {
  const gateway = member(body, 'gateway');
  if (gateway !== 'paypal' && gateway !== 'paypro') return 'gateway must be paypal or paypro';
  const kind = FAULT_KINDS.find((known) => known === member(body, 'kind'));
  if (kind === undefined) return `kind must be one of ${FAULT_KINDS.join(', ')}`;
  const match = readMatch(member(body, 'match') ?? {});
  if (typeof match === 'string') return match;
  const times = member(body, 'times') ?? 1;
  if (!isWhole(times, { min: 1, max: MAX_TIMES }))
    return `times must be a whole number from 1 to ${MAX_TIMES}`;
  const delayMs = member(body, 'delay_ms') ?? 0;
  if (!isWhole(delayMs, { min: 0, max: MAX_DELAY_MS }))
    return `delay_ms must be from 0 to ${MAX_DELAY_MS}`;
  const status = member(body, 'status');
  if (status !== undefined && !isWhole(status, { min: 200, max: 599 }))
    return 'status must be an HTTP status';
  const retryAfter = member(body, 'retry_after_seconds');
  if (retryAfter !== undefined && !isWhole(retryAfter, { min: 0, max: MAX_DELAY_MS })) {
    return 'retry_after_seconds must be a whole number';
  }
  return {
    gateway,
    match,
    times,
    kind,
    delay_ms: delayMs,
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retry_after_seconds: retryAfter }),
  };
}

function readMatch(match: unknown): Fault['match'] | string {
  if (!isObject(match)) return 'match must be an object';
  const { method, path_contains: pathContains } = match;
  if (method !== undefined && typeof method !== 'string') return 'match.method must be a text';
  if (pathContains !== undefined && typeof pathContains !== 'string') {
    return 'match.path_contains must be a text';
  }
  return {
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(pathContains === undefined ? {} : { path_contains: pathContains }),
  };
}

function isWhole(value: unknown, { min, max }: { min: number; max: number }): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
