/** `npm run test:crash`: orders under kills, crashes and faults; see test/crash/README.md. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setupOrExplain } from './setup.mjs';

async function main() {
  if (!(await setupOrExplain({ quiet: true }))) return 1;
  const program = join(root, 'dist/test/crash/main.js');
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

process.exitCode = await main();
