/** A process that starts a database and stays, so that a test can kill it: `<data folder>`. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, setup } from '../../scripts/setup.mjs';

await setup({ quiet: true });
const require = createRequire(import.meta.url);
const { startEmbeddedPostgres } = require(join(root, 'dist/src/launcher/embedded-postgres.js'));
const { url } = await startEmbeddedPostgres({ dataDir: process.argv[2], log: () => {} });
process.send({ url });
