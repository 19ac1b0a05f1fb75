import { type WorkerEvents } from 'graphile-worker';

/**
 * The jobs that one set of workers knows of. The library marks a job as theirs before they hear of it: when that answer is
 * lost, nobody works on the job, and it stays theirs for four hours.
 */
export class JobsInHand {
  private readonly ids = new Set<string>();
  private missing: ReadonlySet<string> = new Set();

  constructor(events: WorkerEvents) {
    events.on('job:start', ({ job }) => this.ids.add(job.id));
    // Its row goes a moment later.
    events.on('job:complete', ({ job }) => this.ids.delete(job.id));
  }

  /**
   * Of the jobs that are marked as theirs, those that they do not know of at this look and did not know of at the one
   * before: in between, one that was just done is reported.
   */
  lostOf(marked: readonly string[]): readonly string[] {
    const missing = marked.filter((id) => !this.ids.has(id));
    const lost = missing.filter((id) => this.missing.has(id));
    this.missing = new Set(missing);
    return lost;
  }
}
