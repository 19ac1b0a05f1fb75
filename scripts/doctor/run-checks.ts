import { textAt } from '../../src/shared/json';
import { within } from '../../src/shared/within';
import { type Check, fail, type Finding } from './finding';

/** Checks run side by side, so that all of them take no longer than the slowest one may. */
const CHECK_TIMEOUT_MS = 10_000;

/** What all checks found, in their order; one that breaks or takes too long says so and stops nobody. */
export async function runChecks(checks: readonly Check[]): Promise<readonly Finding[]> {
  const findings = await Promise.all(checks.map(runCheck));
  return findings.flat();
}

async function runCheck({ name, lookedAt, run }: Check): Promise<readonly Finding[]> {
  const told: Finding[] = [];
  let isOver = false;
  const place = { check: name, lookedAt };
  const tell = (one: Finding) => {
    if (!isOver) told.push(one);
  };
  // A check that throws at once breaks no other, either.
  const start = async () => run(tell);
  const work = start().then(
    () => true,
    (error: unknown) => {
      const cure = 'Please report it: the doctor should have known what to say.';
      // The message of an error may quote what nobody should see; its name and code do not.
      if (!isOver) told.push(fail(place, `The check broke (${nameOf(error)}).`, cure));
      return true;
    },
  );
  const isDone = await within(CHECK_TIMEOUT_MS, work);
  isOver = true;
  if (isDone === null) {
    const cure = 'See whether what it looks at answers at all, and run the doctor again.';
    told.push(fail(place, `There was no answer within ${CHECK_TIMEOUT_MS / 1_000} s.`, cure));
  }
  return told;
}

const CODE = /^[A-Za-z0-9_.]{1,40}$/;

/** Which error it was: its code, else its name; never its words. */
export function nameOf(error: unknown): string {
  const code = textAt(error, 'code');
  if (code !== null && CODE.test(code)) return code;
  return error instanceof Error ? error.name : 'unknown';
}
