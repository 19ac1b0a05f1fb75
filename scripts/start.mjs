/** `npm start`: makes the checkout ready and becomes the launcher, in this very process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setupOrExplain } from './setup.mjs';

if (await setupOrExplain({ quiet: true, withBrowser: true })) {
  await import(pathToFileURL(join(root, 'dist/src/launcher/main.js')).href);
} else {
  process.exitCode = 1;
}
