/** `npm run doctor`: makes the checkout ready and becomes the doctor. A checkout that cannot be made ready is a failure, too. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setupOrExplain } from './setup.mjs';

const FAILURES = 2;

if (await setupOrExplain({ quiet: true })) {
  await import(pathToFileURL(join(root, 'dist/scripts/doctor.js')).href);
} else {
  process.exitCode = FAILURES;
}
