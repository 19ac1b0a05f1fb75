import { crashRun, type RunResult } from '../support/crash-run';
import { readRunOptions } from '../support/crash-options';
import { render } from '../support/crash-report';

function say(line: string): void {
  process.stderr.write(`crash: ${line}\n`);
}

/** A broken product has to be noticed, and for the reason that it is broken for. */
function verdictOn({ options, violations }: RunResult): { isGood: boolean; verdict: string } {
  const { sabotage } = options;
  if (sabotage) {
    const isGood = violations.some((violation) => sabotage.finds.test(violation));
    return { isGood, verdict: isGood ? 'it was noticed' : 'IT WAS NOT NOTICED' };
  }
  const isGood = violations.length === 0;
  return { isGood, verdict: isGood ? 'nothing was lost or doubled' : 'IT WENT WRONG, see above' };
}

async function main(): Promise<void> {
  const runs = readRunOptions(process.argv.slice(2));
  let isGood = true;
  for (const options of runs) {
    const name = options.sabotage === null ? 'a run' : `sabotage ${options.sabotage.name}`;
    say(`${name} with --seed ${options.seed}`);
    const result = await crashRun(options, say);
    process.stdout.write(`${render(result)}\n`);
    const { isGood: isThisGood, verdict } = verdictOn(result);
    say(`${name}: ${verdict}`);
    isGood = isThisGood && isGood;
  }
  process.exit(isGood ? 0 : 1);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
