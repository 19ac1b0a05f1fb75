import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { CallBulkhead, type CallTicket } from './provider-bulkhead';
import { type ProviderReply } from './provider-reply';

/** So many calls in a row without a usable answer, and the account is left alone for a while. */
const FAILURES_IN_A_ROW = 10;
/** How long calls are kept back before one is let through to look. */
const PAUSE_MS = 5_000;
/** Places come free with every answer, so a crowd is soon gone. */
const CROWD_RETRY_S = 1;

const CIRCUIT_OPEN = 'circuit_open';
const TOO_MANY_CALLS = 'too_many_calls';

/** Whether it was this gate, and not the provider or the way to it, that a call failed at. */
export function isKeptBack({ code }: { readonly code: string }): boolean {
  return code === CIRCUIT_OPEN || code === TOO_MANY_CALLS;
}

type NotSent = Extract<ProviderReply, { kind: 'not_sent' }>;

/**
 * What stands before every call of one account: a bulkhead, and behind it the circuit breaker. Refusals and
 * declines are answers and never count; silence, broken connections and 5xx do. It repeats nothing.
 */
export class CallGate {
  private readonly bulkhead = new CallBulkhead();
  private readonly breaker = circuitBreaker(
    handleWhenResult((reply) => isSilence(reply)),
    { halfOpenAfter: PAUSE_MS, breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW) },
  );
  private openedAtMs = 0;

  constructor() {
    this.breaker.onBreak(() => {
      this.openedAtMs = performance.now();
    });
  }

  /** How long a call would be kept back or turned away; 0 when it goes through. */
  pausedForS(): number {
    const crowdS = this.bulkhead.isFull() ? CROWD_RETRY_S : 0;
    return Math.max(this.circuitPauseS(), crowdS);
  }

  async pass(ticket: CallTicket, call: () => Promise<ProviderReply>): Promise<ProviderReply> {
    // While one call is out to look, the others would wait for it as long as a call may take.
    if (this.breaker.state === CircuitState.HalfOpen) return this.keepBack();
    const passage = await this.bulkhead.pass(ticket, () => this.throughBreaker(call));
    return passage.passed ? passage.value : turnAway();
  }

  private async throughBreaker(call: () => Promise<ProviderReply>): Promise<ProviderReply> {
    if (this.breaker.state === CircuitState.HalfOpen) return this.keepBack();
    try {
      return await this.breaker.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      return this.keepBack();
    }
  }

  /** Also while one call is out to look. */
  private circuitPauseS(): number {
    if (this.breaker.state === CircuitState.HalfOpen) return 1;
    if (this.breaker.state !== CircuitState.Open) return 0;
    return Math.max(0, Math.ceil((this.openedAtMs + PAUSE_MS - performance.now()) / 1000));
  }

  private keepBack(): NotSent {
    const message = 'The provider did not answer lately and is given a pause; nothing was sent.';
    const trouble = { code: CIRCUIT_OPEN, message, reference: null };
    return { kind: 'not_sent', trouble, retryAfterS: Math.max(1, this.circuitPauseS()) };
  }
}

function turnAway(): NotSent {
  const message = 'Too many calls to the provider are under way; nothing was sent.';
  const trouble = { code: TOO_MANY_CALLS, message, reference: null };
  return { kind: 'not_sent', trouble, retryAfterS: CROWD_RETRY_S };
}

function isSilence(reply: unknown): boolean {
  if (typeof reply !== 'object' || reply === null || !('kind' in reply)) return false;
  return reply.kind !== 'answer' || ('status' in reply && Number(reply.status) >= 500);
}
