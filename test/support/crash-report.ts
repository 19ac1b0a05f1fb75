import { reviews } from './crash-auditor';
import { KILL_POINTS } from './crash-chaos';
import { type RunResult } from './crash-run';

/** Enough to see what kind of trouble it is. */
const VIOLATIONS_SHOWN = 20;
/** Of a product that is broken on purpose a taste is enough. */
const EXPECTED_SHOWN = 3;

/** The figures of a run as a table, and below it what is wrong. */
export function render(result: RunResult): string {
  const { options, violations, books } = result;
  const { chaos } = result;
  const states = counted(books.payments.map(({ state }) => state));
  const points = Object.keys(KILL_POINTS).map(
    (point) => `${point} ${[...chaos.points].find(([name]) => name === point)?.[1] ?? 0}`,
  );
  const forPeople = reviews(books);
  const rows: readonly (readonly [string, string])[] = [
    ['seed', String(options.seed)],
    ...(options.sabotage ? [['sabotage', options.sabotage.name] as const] : []),
    ['payments', `${books.payments.length} (${states})`],
    ['captures', `${books.captures.length}, ${books.ledger.length} bookings in the ledger`],
    ['kills', `${chaos.kills} (${points.join(', ')})`],
    ['database stops', String(chaos.databaseStops)],
    ['faults', listed(result.faults)],
    ['notifications', `${books.notifications.stored.size} stored (${listed(result.mishaps)})`],
    ['answers', listed(result.answers)],
    ['for a person', String(forPeople.length)],
    ['storm', seconds(result.stormMs)],
    ['calm', `callers were answered after ${seconds(result.callersDoneMs)}`],
    ['converged after', `${seconds(result.convergedAfterMs)} of calm, pauses brought forward`],
    ['violations', String(violations.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const shown = options.sabotage === null ? VIOLATIONS_SHOWN : EXPECTED_SHOWN;
  const wrong = violations.slice(0, shown).map((violation) => `  ! ${violation}`);
  const questions = options.sabotage === null ? forPeople.map((line) => `  ? ${line}`) : [];
  return [...table, ...questions, ...wrong].join('\n');
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return listed(counts);
}

function listed(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ${count}`).join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
