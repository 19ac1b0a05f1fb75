import { setTimeout as sleep } from 'node:timers/promises';
import { listAt, textAt } from '../../src/shared/json';
import { askOnce } from './crash-ask';
import { audit, type Books } from './crash-auditor';
import { type Dice } from './crash-random';
import { type CrashSite } from './crash-world';
import { listOf, textOf } from './read';

/** All must have converged by then: a lease (10 s), the death of a worker (15 s), and a busy machine. */
const CONVERGED_WITHIN_MS = 60_000;
const LOOK_MS = 500;
/** The app needs a moment to do what was brought forward. */
const ROUNDS_BETWEEN_LOOKS = 6;

export interface Calm {
  readonly books: Books;
  readonly violations: readonly string[];
  readonly convergedAfterMs: number;
}

/** Waits until nothing is left to be done and the books are right, or as long as there is hope. */
export class Calming {
  private rounds = 0;
  private readonly settledChecks = new Set<string>();

  constructor(
    private readonly world: CrashSite,
    private readonly dice: Dice,
    private readonly read: () => Promise<Books>,
  ) {}

  /** After `hopelessAfterMs` in which nothing happened it is not waited any longer. */
  async settle(hopelessAfterMs: number): Promise<Calm> {
    const startedAtMs = performance.now();
    const passedMs = () => performance.now() - startedAtMs;
    let quietSinceMs: number | null = null;
    await this.shortenPauses();
    for (;;) {
      await this.settleChecks();
      await this.lookAgain();
      const isQuiet = await this.isQuiet();
      quietSinceMs = isQuiet ? (quietSinceMs ?? passedMs()) : null;
      const isLate = passedMs() > CONVERGED_WITHIN_MS;
      if (isQuiet || isLate) {
        const books = await this.read();
        const violations = audit(books);
        const isHopeless = quietSinceMs !== null && passedMs() - quietSinceMs > hopelessAfterMs;
        if (violations.length === 0 || isHopeless || isLate) {
          return { books, violations, convergedAfterMs: passedMs() };
        }
      }
      await sleep(LOOK_MS);
    }
  }

  /** The pauses of the sweeper grow to hours, and who waits for the end of one learns nothing. */
  private async shortenPauses(): Promise<void> {
    await this.world
      .query(`UPDATE payments.operations SET next_attempt_at = now() + interval '5 seconds'
      WHERE state = 'unsettled' AND next_attempt_at > now() + interval '5 seconds'`);
  }

  /** Payments by eCheck arrive or bounce. */
  private async settleChecks(): Promise<void> {
    const { sandboxUrl } = this.world;
    const objects = await askOnce(sandboxUrl, { method: 'GET', path: '/_sandbox/objects' });
    for (const capture of listOf(objects.body).flatMap((one) => listAt(one, 'captures'))) {
      const id = textOf(capture, 'id');
      if (textAt(capture, 'status') !== 'PENDING' || this.settledChecks.has(id)) continue;
      this.settledChecks.add(id);
      const body = { status: this.dice.pick('COMPLETED', 'COMPLETED', 'DECLINED') };
      const path = `/_sandbox/paypal/captures/${id}`;
      await askOnce(sandboxUrl, { method: 'POST', path, body });
    }
  }

  /** Looks at payments and jobs come after pauses of minutes, and who waits for them learns nothing. */
  private async lookAgain(): Promise<void> {
    if (this.rounds++ % ROUNDS_BETWEEN_LOOKS !== 0) return;
    const { world } = this;
    await world.query(`UPDATE payments.payments SET next_look_at = now()
      WHERE state IN ('initialized', 'open', 'processing') AND next_look_at > now()`);
    await world.query(`UPDATE graphile_worker._private_jobs SET run_at = now()
      WHERE run_at > now() AND locked_at IS NULL`);
    await world.query(`SELECT graphile_worker.add_job('watch-payments', job_key => 'crash-watch')`);
  }

  /** Nothing is unfinished. A create that PayPro does not show is waited for a day, so a day passes. */
  private async isQuiet(): Promise<boolean> {
    const unsettled = await this.world.query(`SELECT o.kind, o.error_code, p.account
      FROM payments.operations o JOIN payments.payments p ON p.id = o.payment_id
      WHERE o.state = 'unsettled'`);
    if (unsettled.length === 0) return true;
    if (unsettled.every(isWaitedForADay)) {
      await this.world.query(`UPDATE payments.operations SET next_attempt_at = now(),
        first_sent_at = first_sent_at - interval '25 hours'
        WHERE state = 'unsettled' AND error_code = 'not_found'`);
    }
    return false;
  }
}

function isWaitedForADay(row: object): boolean {
  return (
    textAt(row, 'account') === 'paypro' &&
    textAt(row, 'kind') === 'create' &&
    textAt(row, 'error_code') === 'not_found'
  );
}
