export interface QueueLimits {
  /** So much is done at the same time. */
  readonly atOnce: number;
  /** So much may wait for its turn. */
  readonly waiting: number;
}

/** Lets only so much be done at once and only so much wait; in the order in which it was asked for. */
export class BoundedQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: QueueLimits) {}

  get isFull(): boolean {
    return this.running >= this.limits.atOnce && this.waiting.length >= this.limits.waiting;
  }

  /** Asks `isFull` first; what is too much waits as well. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.atOnce) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed over, so nobody who comes in between takes it.
      if (next) next();
      else this.running -= 1;
    }
  }
}
