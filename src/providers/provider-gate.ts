import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { type ProviderReply } from './provider-reply';

/** So many calls in a row without a usable answer, and the account is left alone for a while. */
const FAILURES_IN_A_ROW = 10;
/** How long calls are kept back before one is let through to look. */
const PAUSE_MS = 5_000;

/**
 * The circuit breaker of one account. Refusals and declines are answers and never count; silence,
 * broken connections and 5xx do.
 */
export class CallGate {
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

  /** Also while one call is out to look: the others would wait for it as long as a call may take. */
  pausedForS(): number {
    if (this.breaker.state === CircuitState.HalfOpen) return 1;
    if (this.breaker.state !== CircuitState.Open) return 0;
    return Math.max(0, Math.ceil((this.openedAtMs + PAUSE_MS - performance.now()) / 1000));
  }

  async pass(call: () => Promise<ProviderReply>): Promise<ProviderReply> {
    if (this.breaker.state === CircuitState.HalfOpen) return this.keepBack();
    try {
      return await this.breaker.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      return this.keepBack();
    }
  }

  private keepBack(): ProviderReply {
    const message = 'The provider did not answer lately and is given a pause; nothing was sent.';
    const trouble = { code: 'circuit_open', message, reference: null };
    return { kind: 'not_sent', trouble, retryAfterS: Math.max(1, this.pausedForS()) };
  }
}

function isSilence(reply: unknown): boolean {
  if (typeof reply !== 'object' || reply === null || !('kind' in reply)) return false;
  return reply.kind !== 'answer' || ('status' in reply && Number(reply.status) >= 500);
}
