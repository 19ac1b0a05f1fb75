import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Longer than any test's own: how long the slowest may take when many run in one file. */
const TIMEOUT_MS = 300_000;

/** Dealt out before the others, so that each share takes about as long. */
const LONG = [
  'openapi-examples.spec.ts',
  'openapi-errors.spec.ts',
  'process.spec.ts',
  'webhooks-kill.spec.ts',
  'bells.spec.ts',
  'doctor.spec.ts',
  'silent-database.spec.ts',
  'log-secrets.spec.ts',
  'oidc.spec.ts',
  'webhooks-hanging.spec.ts',
  'webhooks-delivery.spec.ts',
  'metrics.spec.ts',
  'openapi.spec.ts',
  'refunds.spec.ts',
  'invoices-correct.spec.ts',
  'jobs-lost-answers.spec.ts',
  'look-ups.spec.ts',
  'held-events.spec.ts',
  'start.spec.ts',
];

interface Share {
  /** Seen from `test/`, with all of its folders. */
  readonly folder: string;
  /** From 1. */
  readonly share: number;
  readonly of: number;
  /** Paths in it that run elsewhere. */
  readonly except?: RegExp;
}

/**
 * Runs every `of`th spec file of a folder as part of this one. jest loads the whole program anew for each file, and half
 * of a run's time went there; the tests themselves are the same, each file's in a block of its own.
 */
export function runTogether({ folder, share, of, except }: Share): void {
  const root = join(__dirname, '..', folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .filter((file) => except?.test(file) !== true)
    .sort();
  const dealt = [...LONG.filter((file) => files.includes(file)), ...files.filter(isOther)];
  const mine = dealt.filter((_, at) => at % of === share - 1);
  for (const file of mine) {
    describe(file, () => {
      jest.requireActual(join(root, file));
    });
  }
  // The files set their own, and the last one would be everybody's.
  jest.setTimeout(TIMEOUT_MS);
}

function isOther(file: string): boolean {
  return !LONG.includes(file);
}
