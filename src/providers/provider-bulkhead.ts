import { BulkheadRejectedError, bulkhead } from 'cockatiel';

/** Calls to one account at the same time: a provider that hangs holds so many sockets and callers, not all of them. */
const CALLS_MAX = 20;
/** Reads among them. The rest is for calls that create, take or cancel, which must not wait behind background jobs. */
const READS_MAX = 15;
/** Calls of each kind that may wait for a place: a burst of a second, far more than one account's share. */
const QUEUE_MAX = 200;
/** Nobody waits longer for a place: whoever asked is better told that nothing was sent. */
const WAIT_MS_MAX = 2_000;
/** So long after somebody waited in vain the account counts as full, so that no intent is written for nothing. */
const CROWDED_MS = 1_000;

/** How a call wants to pass. */
export interface CallTicket {
  /** A read changes nothing at the provider; everything else is a write. */
  readonly lane: 'read' | 'write';
  /** The time for the whole call. It waits half of it at most, so that enough is left to make it. */
  readonly timeoutMs: number;
}

export type Passage<T> = { readonly passed: true; readonly value: T } | { readonly passed: false };

const NOT_PASSED = { passed: false } as const;

/** The bulkhead of one account: how many calls are under way, how many wait, and for how long. */
export class CallBulkhead {
  private readonly calls = bulkhead(CALLS_MAX, QUEUE_MAX);
  private readonly reads = bulkhead(READS_MAX, QUEUE_MAX);
  private crowdedUntilMs = 0;

  /** Whether a call that is no read would be turned away, or would most likely wait in vain. */
  isFull(): boolean {
    return this.calls.queueSlots === 0 || performance.now() < this.crowdedUntilMs;
  }

  /** Runs the call once there is a place for it; a call that did not pass was never begun. */
  async pass<T>({ lane, timeoutMs }: CallTicket, call: () => Promise<T>): Promise<Passage<T>> {
    return new Promise((resolve, reject) => {
      let isWaiting = true;
      const giveUp = (): void => {
        isWaiting = false;
        if (lane === 'write') this.crowdedUntilMs = performance.now() + CROWDED_MS;
        resolve(NOT_PASSED);
      };
      const timer = setTimeout(giveUp, Math.min(WAIT_MS_MAX, timeoutMs / 2));
      const begin = async (): Promise<void> => {
        clearTimeout(timer);
        if (isWaiting) resolve({ passed: true, value: await call() });
      };
      this.enter(lane, begin).catch((error: unknown) => {
        clearTimeout(timer);
        if (error instanceof BulkheadRejectedError) resolve(NOT_PASSED);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  /** A read needs a place among the reads first, so that all others find what is left. */
  private enter(lane: CallTicket['lane'], begin: () => Promise<void>): Promise<void> {
    if (lane === 'write') return this.calls.execute(begin);
    return this.reads.execute(() => this.calls.execute(begin));
  }
}
