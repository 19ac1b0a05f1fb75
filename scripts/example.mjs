/** `npm run example`: makes a typed client from docs/openapi.json, compiles examples/take-a-payment.ts with it, runs it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setupOrExplain } from './setup.mjs';

const examples = join(root, 'examples');

async function main() {
  if (!(await setupOrExplain({ quiet: true }))) return 1;
  await generateTypes();
  return node('node_modules/typescript/bin/tsc', '--project', examples)
    ? Number(!node('examples/dist/take-a-payment.js'))
    : 1;
}

/** What `npx openapi-typescript docs/openapi.json` writes. */
async function generateTypes() {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const types = await openapiTS(pathToFileURL(join(root, 'docs/openapi.json')));
  writeFileSync(join(examples, 'kassa-api.d.ts'), astToString(types));
}

function node(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    stdio: 'inherit',
  });
  return status === 0;
}

process.exitCode = await main();
