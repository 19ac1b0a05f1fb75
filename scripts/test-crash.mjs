/**
 * `npm run test:crash`: orders under kills, crashes and faults; then, where nothing else was asked for, the kills between any
 * two steps, the races and the topology. See test/crash/README.md.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setupOrExplain } from './setup.mjs';

async function main() {
  if (!(await setupOrExplain({ quiet: true }))) return 1;
  const options = process.argv.slice(2);
  const isRight = run(join(root, 'dist/test/crash/main.js'), options);
  if (options.length > 0 || !isRight) return isRight ? 0 : 1;
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  // One after the other: each is about a moment, which others would move.
  return run(jest, ['--selectProjects', 'crash', '--runInBand']) ? 0 : 1;
}

function run(program, args) {
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}

process.exitCode = await main();
