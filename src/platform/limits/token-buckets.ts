import { RecentMap } from './recent-map';

/** What a bucket says to a request that asks for one of its tokens. */
export interface Standing {
  readonly isAllowed: boolean;
  /** Whole requests that would be allowed right now. */
  readonly remaining: number;
  /** Seconds, rounded up, until the next request is allowed; 0 where it is now. */
  readonly nextInS: number;
  /** Seconds, rounded up, until everything that was used is there again. */
  readonly fullInS: number;
}

const MINUTE_MS = 60_000;
/**
 * Buckets remembered at most, of some hundred bytes each. Who has not asked for long is forgotten, and starts afresh: too
 * many callers make the limits milder, never the memory larger.
 */
export const BUCKETS_MAX = 50_000;
/** Sums of fractions of a millisecond are off by less than this. */
const TINY_MS = 1e-6;

/**
 * A bucket of tokens for each name, filled evenly: `perMinute` requests at once, and as many in every minute. Of each
 * bucket only the time is kept at which it is full again; a full one need not be remembered.
 */
export class TokenBuckets {
  private readonly fullAtMs = new RecentMap<number>(BUCKETS_MAX);
  private readonly tokenMs: number;

  constructor(
    perMinute: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.tokenMs = MINUTE_MS / perMinute;
  }

  /** Buckets in memory; never more than `BUCKETS_MAX`. */
  get size(): number {
    return this.fullAtMs.size;
  }

  /** Takes a token out of the bucket of this name, if it has one. */
  take(name: string): Standing {
    const nowMs = this.nowMs();
    const missingMs = Math.max(0, (this.fullAtMs.get(name) ?? 0) - nowMs);
    const isAllowed = missingMs + this.tokenMs <= MINUTE_MS + TINY_MS;
    const afterMs = isAllowed ? missingMs + this.tokenMs : missingMs;
    this.fullAtMs.set(name, nowMs + afterMs);
    const freeMs = MINUTE_MS - afterMs;
    return {
      isAllowed,
      remaining: Math.max(0, Math.floor((freeMs + TINY_MS) / this.tokenMs)),
      nextInS: Math.max(0, Math.ceil((this.tokenMs - freeMs - TINY_MS) / 1000)),
      fullInS: Math.ceil((afterMs - TINY_MS) / 1000),
    };
  }

  /** Puts a token back that was taken in doubt. */
  giveBack(name: string): void {
    const fullAtMs = this.fullAtMs.get(name);
    if (fullAtMs !== undefined) this.fullAtMs.set(name, fullAtMs - this.tokenMs);
  }
}
