import { accountsLeftOut } from '../../src/modules/payments/jobs/require-accounts';
import { type Queryable } from '../../src/platform/database/database';
import { statement } from '../../src/platform/database/statement';
import { type Configuration } from './configuration';
import { fail, type Finding, ok, type Place, type Tell, warn } from './finding';
import { lastNotification } from './last-notification';
import { nameOf } from './run-checks';

const DEAD = { check: 'work.dead_jobs', lookedAt: 'Jobs that gave up' };
const LATE = { check: 'work.late_jobs', lookedAt: 'Jobs that wait' };
const REVIEWS = { check: 'work.reviews', lookedAt: 'Operations for people' };
const CONFLICTS = { check: 'work.conflicts', lookedAt: 'Conflicts for people' };
const LEFT_OUT = { check: 'work.accounts', lookedAt: 'Accounts with work' };

/** A job is taken within a second of its time where anybody does the work. */
const LATE_MINUTES = 10;

interface Work {
  readonly dead: number;
  readonly late: number;
  readonly workers: number;
  readonly reviews: number;
  /** Payments and chargebacks that have one. */
  readonly conflicts: number;
}

const readWork = statement<Work>(
  'doctor-read-work',
  `SELECT (SELECT count(*)::int FROM graphile_worker.jobs j
           WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL) AS dead,
     (SELECT count(*)::int FROM graphile_worker.jobs j WHERE j.attempts < j.max_attempts AND j.locked_at IS NULL
        AND j.run_at < now() - $1::int * interval '1 minute') AS late,
     (SELECT count(*)::int FROM platform.workers w WHERE w.seen_at > now() - interval '15 seconds') AS workers,
     (SELECT count(*)::int FROM payments.operations o WHERE o.state = 'needs_review') AS reviews,
     (SELECT count(*)::int FROM payments.payments p WHERE p.conflict IS NOT NULL) +
     (SELECT count(*)::int FROM payments.chargebacks c WHERE c.conflict IS NOT NULL) AS conflicts`,
);

interface Wanted {
  readonly configuration: Configuration;
  readonly tell: Tell;
}

/** What waits in the database: for a worker, for a person, for an account that is not there. */
export async function examineWork(on: Queryable, { configuration, tell }: Wanted): Promise<void> {
  const [work] = await on.query(readWork, [LATE_MINUTES]);
  if (work !== undefined) for (const one of workFindings(work)) tell(one);
  const { accountNames, accounts } = configuration;
  if (accountNames !== null) tell(await leftOutFinding(on, accountNames));
  for (const { account } of accounts) tell(await orTrouble(lastNotification(on, account)));
}

function workFindings({ dead, late, workers, ...people }: Work): readonly Finding[] {
  const found =
    workers === 0 ? 'no process does background work now' : `${workers} workers are there`;
  return [
    dead === 0
      ? ok(DEAD, 'None.')
      : warn(
          DEAD,
          `${dead} failed at their last try.`,
          'The log says which and why; mend the cause, then let them be tried again.',
        ),
    late === 0
      ? ok(LATE, `None for more than ${LATE_MINUTES} minutes.`)
      : warn(
          LATE,
          `${late} for more than ${LATE_MINUTES} minutes; ${found}.`,
          'Start Kassa with RUN_JOBS=true, or npm run worker.',
        ),
    ...findingsForPeople(people),
  ];
}

function findingsForPeople({
  reviews,
  conflicts,
}: Pick<Work, 'reviews' | 'conflicts'>): readonly Finding[] {
  return [
    reviews === 0
      ? ok(REVIEWS, 'None waits for a person.')
      : warn(
          REVIEWS,
          `${reviews} operations wait for a person.`,
          'Look at GET /api/operations?state=needs_review and decide.',
        ),
    conflicts === 0
      ? ok(CONFLICTS, 'None is open.')
      : warn(
          CONFLICTS,
          `${conflicts} payments and chargebacks do not agree with what the provider shows.`,
          'Look at GET /api/payments?conflict=true and GET /api/chargebacks?conflict=true.',
        ),
  ];
}

async function leftOutFinding(on: Queryable, names: readonly string[]): Promise<Finding> {
  const missing = await accountsLeftOut(on, names);
  if (missing.length === 0) return ok(LEFT_OUT, 'PROVIDERS names all of them.');
  const list = missing.map(({ account, payments }) => `${account} (${payments})`).join(', ');
  const message = `PROVIDERS lacks accounts with unfinished payments, refunds or operations: ${list}.`;
  return fail(
    LEFT_OUT,
    message,
    'Add them again until these have ended; the start refuses otherwise.',
  );
}

/** One question that takes too long must not hide the others. */
async function orTrouble({
  place,
  asked,
}: {
  place: Place;
  asked: Promise<Finding>;
}): Promise<Finding> {
  try {
    return await asked;
  } catch (error) {
    return warn(
      place,
      `It could not be read (${nameOf(error)}).`,
      'Run the doctor again when the database is less busy.',
    );
  }
}
