import { type Clock } from '../../shared/clock';

/** How often something may be done: so many at once, and so many more per second. */
export interface Rate {
  readonly burst: number;
  readonly perS: number;
}

/** Keeps a rate without making anybody wait: what comes too early is turned away. */
export class RateLimit {
  private left: number;
  private atMs: number;

  constructor(
    private readonly rate: Rate,
    private readonly clock: Clock,
  ) {
    this.left = rate.burst;
    this.atMs = clock.now().getTime();
  }

  /** Whether it may be done now; then it counts as done. */
  take(): boolean {
    const nowMs = this.clock.now().getTime();
    const passedS = Math.max(0, nowMs - this.atMs) / 1000;
    this.left = Math.min(this.rate.burst, this.left + passedS * this.rate.perS);
    this.atMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
