import { RecentMap } from '../limits/recent-map';
import { type Caller } from './caller';

/** What was found out about a key or a token counts so long: a revoked key stops working everywhere within this time. */
export const BELIEVED_MS = 5_000;

interface Remembered {
  readonly caller: Caller;
  /** Milliseconds of `performance.now()`. */
  readonly untilMs: number;
}

/** Callers remembered at most. */
const CALLERS_MAX = 10_000;

/**
 * Who stood behind a key or a token a moment ago, by its hash. Only who was recognised gets in, so guessing cannot
 * fill the memory.
 */
export class RememberedCallers {
  private readonly byHash = new RecentMap<Remembered>(CALLERS_MAX);

  /** The caller, while what was found out about it still counts. */
  recall(hash: string): Caller | null {
    const remembered = this.byHash.get(hash);
    return remembered && remembered.untilMs > performance.now() ? remembered.caller : null;
  }

  /** Whether it was recognised the last time it was looked at, however long ago. */
  knows(hash: string): boolean {
    return this.byHash.get(hash) !== undefined;
  }

  remember(hash: string, remembered: Remembered): void {
    this.byHash.set(hash, remembered);
  }

  forget(hash: string): void {
    this.byHash.delete(hash);
  }
}
