import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileApp } from '../support/crash-app';

/** The same seed gives the same orders, faults and blows; what meets what still depends on the machine. */
const SEED = process.env['CRASH_SEED'] ?? String(Date.now() % 1_000_000);
const PROGRAM = join(__dirname, '../../dist/test/crash/main.js');
/** A storm, a lease (10 s), the looks after it, where it was not noticed at once again, and a busy machine. */
const RUN_WITHIN_MS = 240_000;
/** Enough for each kind of end that an order can have, and for a race in each sabotage. */
const ORDERS = ['--payments', '20'];

/** What a run printed; it throws, with that, when the run found what it should not have or missed what it should. */
async function run(...args: readonly string[]): Promise<string> {
  const given = [PROGRAM, '--seed', SEED, ...ORDERS, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, given, { timeout: RUN_WITHIN_MS });
  return stdout;
}

describe(`a short storm over the app (CRASH_SEED=${SEED})`, () => {
  beforeAll(() => compileApp(), 60_000);

  it.concurrent(
    'costs no order and no money',
    async () => {
      expect(await run('--kills', '2', '--database-stops', '1')).toMatch(/violations +0$/m);
    },
    RUN_WITHIN_MS,
  );

  it.concurrent.each(['no-row-lock', 'verification-off'])(
    'is noticed when the app is broken by %s',
    async (sabotage) => {
      expect(await run('--sabotage', sabotage)).toMatch(/violations +[1-9]/);
    },
    RUN_WITHIN_MS,
  );
});
