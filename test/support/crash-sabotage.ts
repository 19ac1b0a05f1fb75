import { join } from 'node:path';
import { type SlowCreates } from './crash-faults';

/** One way to break the product on purpose, so that it is seen whether the harness notices. */
export interface Sabotage {
  readonly name: string;
  /** What is broken. */
  readonly breaks: string;
  /** Loaded before the app, whose parts it replaces; null where only the database is sabotaged. */
  readonly preload: string | null;
  /** Run once the schema is there. */
  readonly database: readonly string[];
  readonly slowCreates: SlowCreates | null;
  /** The shortest run in which it shows for sure. */
  readonly plan: {
    readonly payments: number;
    readonly kills: number;
    readonly databaseStops: number;
  };
  /** At least one violation must read like this. */
  readonly finds: RegExp;
}

type About = Pick<Sabotage, 'breaks' | 'finds'> & Partial<Pick<Sabotage, 'plan'>>;

/** Races and faults of the gateways are enough for it to show. */
const QUIET = { payments: 80, kills: 0, databaseStops: 0 };
const KILLED = { payments: 80, kills: 5, databaseStops: 0 };
const CRASHED = { payments: 120, kills: 0, databaseStops: 5 };

/** What most of them have in common: a replaced part that is named like the sabotage. */
function replaced(name: string, about: About): Sabotage {
  // Compiled beside the compiled harness.
  const preload = join(__dirname, '../crash/sabotage', `${name}.js`);
  return { name, preload, database: [], slowCreates: null, plan: QUIET, ...about };
}

export const SABOTAGES: readonly Sabotage[] = [
  replaced('new-key-per-retry', {
    breaks: 'each retry is sent under a key of its own',
    plan: KILLED,
    finds: /\d payments at the gateway/,
  }),
  replaced('timeout-means-failed', {
    breaks: 'a call without an answer is taken for a refusal',
    finds: /captured and (open|failed)|never learnt its id/,
  }),
  replaced('no-row-lock', {
    breaks: 'a payment is not locked while it is decided about',
    finds: /capture and cancel were carried out|conflict paid_after_canceled|500 internal_error/,
  }),
  {
    ...replaced('no-unique-index', {
      breaks: 'nothing keeps a key or an unfinished operation from being stored twice',
      finds: /became \d payments|one key made/,
    }),
    database: [
      'ALTER TABLE platform.idempotency_keys DROP CONSTRAINT idempotency_keys_pkey',
      'DROP INDEX payments.one_create, payments.one_unfinished_decision, payments.one_unfinished_refund',
    ],
  },
  replaced('acknowledge-before-commit', {
    breaks: 'callers are answered before what they are told is on disk',
    plan: CRASHED,
    finds: /and it is|lost|never made it|without history/,
  }),
  replaced('acknowledge-before-storing', {
    breaks: 'gateways are answered before their notification is stored',
    finds: /acknowledged before it was stored/,
  }),
  replaced('verification-off', {
    breaks: 'notifications are believed without a look at their signature',
    finds: /stored, and no gateway sent it/,
  }),
  {
    ...replaced('query-then-resend', {
      breaks: 'a create at PayPro that is not found is sent once more',
      plan: KILLED,
      finds: /\d payments at the gateway/,
    }),
    // Slower than the lease of a killed process lasts, and quicker than a caller gives up.
    slowCreates: { probability: 0.4, ms: 13_000 },
  },
];
