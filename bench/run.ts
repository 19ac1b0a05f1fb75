import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Part, stopAll } from '../src/launcher/part';
import { listenForStop, untilStopped } from '../src/launcher/stop-request';
import { Meter, type Pace } from './measure';
import { render } from './report';
import { type Results, toResults } from './results';
import { setStage, type Stage } from './stage';
import { verify } from './verify';

/** A run that takes longer hangs. */
const TIME_LIMIT_MS = 6 * 60_000;

const FULL: Pace = { rounds: 3, firstWarmUpS: 8, warmUpS: 1, durationS: 7 };
const QUICK: Pace = { rounds: 3, firstWarmUpS: 2, warmUpS: 0.5, durationS: 2 };

/** From dist/bench, where it is compiled to, back to the sources. */
const RESULTS_FILE = join(__dirname, '../../bench/results.json');

function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

async function measureAll(staged: Promise<Stage>, quick: boolean): Promise<Results> {
  const stage = await staged;
  await verify(stage);
  say('both servers answer and store the same');
  const meter = new Meter(stage, say);
  const samples = await meter.measure(quick ? QUICK : FULL);
  const statements = {
    kassa: await countAll(meter, stage.kassa),
    bare: await countAll(meter, stage.bare),
  };
  const memory = {
    kassa: await meter.readMemory(stage.kassa),
    bare: await meter.readMemory(stage.bare),
  };
  const about = { quick, postgres: stage.postgresVersion };
  return toResults({ samples, statements, memory }, about);
}

async function countAll(meter: Meter, server: Stage['kassa']) {
  return {
    get: await meter.countStatements(server, 'get'),
    list: await meter.countStatements(server, 'list'),
    create: await meter.countStatements(server, 'create'),
  };
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
  const staged = setStage(parts, say);
  const work = measureAll(staged, quick);
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
  await staged.catch(() => undefined);
  const clean = await stopAll(parts, say);
  process.exit(clean ? code : 1);
}

void main();
