/**
 * Work that must not be cut off when the process ends, whoever asked for it: a caller that hung up leaves a
 * provider call behind whose outcome has yet to be written down.
 */
export class UnfinishedWork {
  private readonly running = new Set<Promise<unknown>>();

  /** Remembers the work until it is done; hands it back unchanged. */
  track<T>(work: Promise<T>): Promise<T> {
    this.running.add(work);
    const forget = () => this.running.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Waits until nothing is left; the process's own drain time bounds it. */
  async done(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }
}
