import { parseArgs } from 'node:util';
import { type RunOptions } from './crash-run';
import { type Sabotage, SABOTAGES } from './crash-sabotage';

/** What a change has to survive. */
const USUAL = { payments: 300, kills: 24, databaseStops: 4 };
const SEEDS = 1_000_000;

/** The runs that the command line asks for; throws with what is wrong about it. */
export function readRunOptions(args: readonly string[]): readonly RunOptions[] {
  const { values } = parseArgs({
    args: [...args],
    options: {
      payments: { type: 'string' },
      kills: { type: 'string' },
      'database-stops': { type: 'string' },
      seed: { type: 'string' },
      sabotage: { type: 'string' },
    },
  });
  const seed = countOf('seed', values.seed, Date.now() % SEEDS);
  return sabotagesOf(values.sabotage).map((sabotage) => {
    const usual = sabotage?.plan ?? USUAL;
    return {
      seed,
      sabotage,
      payments: countOf('payments', values.payments, usual.payments),
      kills: countOf('kills', values.kills, usual.kills),
      databaseStops: countOf('database-stops', values['database-stops'], usual.databaseStops),
    };
  });
}

function sabotagesOf(name: string | undefined): readonly (Sabotage | null)[] {
  if (name === undefined) return [null];
  if (name === 'all') return SABOTAGES;
  const found = SABOTAGES.filter((sabotage) => sabotage.name === name);
  if (found.length > 0) return found;
  const names = SABOTAGES.map((sabotage) => sabotage.name).join(', ');
  throw new Error(`--sabotage is one of all, ${names}`);
}

function countOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} is a whole number`);
}
