/** Nobody comes again sooner: the ones under way have to be done first. */
const PAUSE_MS = 1_000;
/** Those sent away come again this far apart, so that a long queue costs little while its provider is slow. */
const SPACING_MS = 20;
/** However many wait, each looks again after this time; by then the provider may be quick. */
const PAUSE_MS_MAX = 300_000;

/**
 * How much of the work each account may hold at the same time in this process: a provider that answers slowly
 * must not take all workers from the others.
 */
export class Turns {
  private readonly underWay = new Map<string, number>();
  private readonly comesAgainAtMs = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** Does the work and gives null; or the seconds after which it may be its turn, and nothing was begun. */
  async take(account: string, work: () => Promise<void>): Promise<number | null> {
    const count = this.underWay.get(account) ?? 0;
    if (count >= this.most) return this.sendAway(account);
    this.underWay.set(account, count + 1);
    try {
      await work();
      return null;
    } finally {
      this.underWay.set(account, (this.underWay.get(account) ?? 1) - 1);
    }
  }

  private sendAway(account: string): number {
    const nowMs = performance.now();
    const afterLastMs = (this.comesAgainAtMs.get(account) ?? 0) + SPACING_MS;
    const atMs = Math.min(Math.max(nowMs + PAUSE_MS, afterLastMs), nowMs + PAUSE_MS_MAX);
    this.comesAgainAtMs.set(account, atMs);
    return Math.ceil((atMs - nowMs) / 1_000);
  }
}
