/** `npm run check`: everything that needs no database, in the order in which it fails fastest. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setupOrExplain } from './setup.mjs';

const STEPS = [
  { name: 'format', script: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'lint', script: 'eslint/bin/eslint.js', args: ['.', '--max-warnings', '0'] },
  { name: 'unused', script: 'knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'API document', own: 'dist/scripts/openapi-check.js', args: [] },
  {
    name: 'tests',
    script: 'jest/bin/jest.js',
    args: ['--selectProjects', 'unit', 'architecture', '--maxWorkers=100%'],
  },
];

function run({ name, script, own, args }) {
  process.stdout.write(`check: ${name}\n`);
  const path = own ? join(root, own) : join(root, 'node_modules', script);
  const { status } = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    stdio: 'inherit',
    // Many files of tests run as one, see test/together.
    env: { ...process.env, KASSA_TEST_TOGETHER: '1' },
  });
  return status === 0;
}

async function main() {
  if (!(await setupOrExplain({ quiet: true }))) return 1;
  const failed = STEPS.filter((step) => !run(step)).map((step) => step.name);
  if (failed.length === 0) return 0;
  process.stdout.write(`check failed: ${failed.join(', ')}\n`);
  return 1;
}

process.exitCode = await main();
