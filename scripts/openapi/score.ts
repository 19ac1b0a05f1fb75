import { type HouseRule } from './house-rule';

/** One line of the table: how many of what a rule looks at are as they should be. */
export interface Score {
  readonly measures: string;
  readonly have: number;
  readonly of: number;
}

export function scoreOf(
  document: unknown,
  rules: Readonly<Record<string, HouseRule>>,
): readonly Score[] {
  return Object.values(rules).map((rule) => {
    const judged = rule.judge(document);
    const good = judged.filter(({ faults }) => faults.length === 0);
    return { measures: rule.measures, have: good.length, of: judged.length };
  });
}

/** For people who look at a terminal. */
export function renderScore(scores: readonly Score[]): string {
  const width = Math.max(...scores.map(({ measures }) => measures.length));
  const lines = scores.map(
    ({ measures, have, of }) =>
      `${measures.padEnd(width)}  ${String(have).padStart(4)} of ${String(of).padStart(4)}\n`,
  );
  return lines.join('');
}
