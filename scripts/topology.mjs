/** `npm run topology`: makes the checkout ready and runs the parts of a deployment as plain processes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setupOrExplain } from './setup.mjs';

if (await setupOrExplain({ quiet: true })) {
  await import(pathToFileURL(join(root, 'dist/src/launcher/topology/main.js')).href);
} else {
  process.exitCode = 1;
}
