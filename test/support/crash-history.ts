import { textAt } from '../../src/shared/json';
import { type Reply } from './crash-ask';
import { canFollow, type Promised } from './crash-auditor';

/** Enough to see what is wrong; a run that goes wrong everywhere would fill the memory. */
const COMPLAINTS_MAX = 200;

/**
 * What callers were told. Two answers about a payment are in order when the second was asked for after the
 * first had arrived; its state must then be one that may follow.
 */
export class History {
  private readonly shown = new Map<string, Set<string>>();
  /** How many answers had each status and, where it was no success, code. */
  readonly answers = new Map<string, number>();
  /** What nobody should ever have been told. */
  readonly complaints: string[] = [];

  /** Taken before a request about a payment is sent, for `heard`. */
  sofar(payment: string | null): readonly string[] {
    return payment === null ? [] : [...(this.shown.get(payment) ?? [])];
  }

  heard({ status, body }: Reply, sofar: readonly string[] = []): void {
    const code = textAt(body, 'code');
    const label = code === null ? String(status) : `${status} ${code}`;
    this.answers.set(label, (this.answers.get(label) ?? 0) + 1);
    const payment = textAt(body, 'id') ?? textAt(body, 'payment');
    const state = textAt(body, 'state');
    if (payment === null || state === null || isAboutRefund(body)) return;
    for (const before of sofar) {
      if (!canFollow({ before, state }))
        this.complain(`${payment}: shown as ${state} after it was shown as ${before}`);
    }
    this.shown.set(payment, (this.shown.get(payment) ?? new Set()).add(state));
  }

  complain(what: string): void {
    if (this.complaints.length < COMPLAINTS_MAX) this.complaints.push(what);
  }

  /** Everything that was ever said about any payment. */
  get promises(): readonly Promised[] {
    return [...this.shown].flatMap(([payment, states]) =>
      [...states].map((state) => ({ payment, state })),
    );
  }
}

/** Refunds, and errors about them, have states of their own. */
function isAboutRefund(body: unknown): boolean {
  return textAt(body, 'refund') !== null || textAt(body, 'id')?.startsWith('ref_') === true;
}
