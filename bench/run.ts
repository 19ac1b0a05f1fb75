import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Part, stopAll } from '../src/launcher/part';
import { listenForStop, untilStopped } from '../src/launcher/stop-request';
import { FULL, measureAll, QUICK } from './plan';
import { render } from './report';
import { type Results, toResults } from './results';
import { startTools, type Tools } from './tools';

/** A run that takes longer hangs. */
const TIME_LIMIT_MS = 12 * 60_000;

/** From dist/bench, where it is compiled to, back to the sources. */
const RESULTS_FILE = join(__dirname, '../../bench/results.json');

function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

async function run(starting: Promise<Tools>, quick: boolean): Promise<Results> {
  const { measured, postgres } = await measureAll(await starting, quick ? QUICK : FULL, say);
  return toResults(measured, { quick, postgres });
}

/** Rejects when somebody wants us to stop, when a process ended on its own, or when it takes too long. */
function interrupted(stopAsked: AbortSignal): Promise<never> {
  const tooLong = new Promise<never>((_, reject) => {
    const seconds = TIME_LIMIT_MS / 1000;
    setTimeout(() => reject(new Error(`not done after ${seconds} s`)), TIME_LIMIT_MS).unref();
  });
  const stopped = untilStopped(stopAsked).then((reason) => {
    throw new Error(`stopped: ${reason}`);
  });
  return Promise.race([tooLong, stopped]);
}

/** Fails only when something went wrong; slow is a result, not an error. */
async function main(): Promise<void> {
  const quick = process.argv.includes('--quick');
  const stopAsked = listenForStop({
    watchParent: process.env['npm_lifecycle_event'] !== undefined,
  });
  const parts: Part[] = [];
  let code = 1;
  const starting = startTools(parts, say);
  const work = run(starting, quick);
  try {
    const results = await Promise.race([work, interrupted(stopAsked)]);
    process.stdout.write(`\n${render(results)}\n`);
    writeFileSync(RESULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
    say(`written to ${RESULTS_FILE}`);
    code = 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  // A database that is just starting could not be stopped in order.
  await starting.catch(() => undefined);
  const clean = await stopAll(parts, say);
  process.exit(clean ? code : 1);
}

void main();
