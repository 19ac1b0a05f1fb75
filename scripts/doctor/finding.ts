export type Status = 'ok' | 'warn' | 'fail' | 'skipped';

/** What one look came to; `npm run doctor -- --json` shows it as it is. Never holds a secret. */
export interface Finding {
  /** Stable, for programs: `database.durability`, `provider.paypal.webhook`. */
  readonly check: string;
  /** For people. */
  readonly looked_at: string;
  readonly status: Status;
  /** A sentence. */
  readonly message: string;
  /** What to do; null where there is nothing to be done. */
  readonly cure: string | null;
}

export type Tell = (finding: Finding) => void;

/** Looks at one thing, or at several that need each other, and tells of each as soon as it is known. */
export interface Check {
  readonly name: string;
  readonly lookedAt: string;
  readonly run: (tell: Tell) => Promise<void>;
}

/** Where a finding belongs. */
export interface Place {
  readonly check: string;
  readonly lookedAt: string;
}

export function ok(place: Place, message: string): Finding {
  return finding(place, { status: 'ok', message, cure: null });
}

export function warn(place: Place, message: string, cure: string): Finding {
  return finding(place, { status: 'warn', message, cure });
}

export function fail(place: Place, message: string, cure: string): Finding {
  return finding(place, { status: 'fail', message, cure });
}

export function skipped(place: Place, message: string): Finding {
  return finding(place, { status: 'skipped', message, cure: null });
}

function finding(
  { check, lookedAt }: Place,
  { status, message, cure }: Pick<Finding, 'status' | 'message' | 'cure'>,
): Finding {
  return { check, looked_at: lookedAt, status, message, cure };
}
