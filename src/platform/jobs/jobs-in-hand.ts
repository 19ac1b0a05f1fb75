import { type WorkerEvents } from 'graphile-worker';

/** A report of a job that is done waits five seconds for a connection and five for the answer, and has failed then. */
const REPORTED_WITHIN_MS = 12_000;

/**
 * The jobs that one set of workers knows of. The library marks a job as theirs before they hear of it: when that answer is
 * lost, nobody works on the job, and it stays theirs for four hours.
 */
export class JobsInHand {
  /** How often: one that another process freed may be handed out to them once more. */
  private readonly counts = new Map<string, number>();
  /** Since when nobody knows of a job that is marked as theirs. */
  private missing: ReadonlyMap<string, number> = new Map();

  constructor(events: WorkerEvents) {
    events.on('job:start', ({ job }) => this.count(job.id, 1));
    // Before it is reported.
    events.on('job:complete', ({ job }) => this.count(job.id, -1));
  }

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  /** Of the jobs that are marked as theirs, those that they have not known of for longer than a report may take. */
  lostOf(marked: readonly string[], nowMs = performance.now()): readonly string[] {
    const missing = new Map<string, number>();
    for (const id of marked) {
      if (!this.counts.has(id)) missing.set(id, this.missing.get(id) ?? nowMs);
    }
    this.missing = missing;
    return [...missing]
      .filter(([, since]) => nowMs - since >= REPORTED_WITHIN_MS)
      .map(([id]) => id);
  }

  private count(id: string, change: number): void {
    const count = (this.counts.get(id) ?? 0) + change;
    if (count > 0) this.counts.set(id, count);
    else this.counts.delete(id);
  }
}
