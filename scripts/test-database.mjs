/**
 * Runs one PostgreSQL for a test run and belongs to it: it reports `{ url }` over IPC, and when the
 * channel closes, however the test run ended, it stops the server and removes every file of it.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setupOrExplain } from './setup.mjs';

/** A terminal sends Ctrl-C to the whole group; the end of the channel is what counts here. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const channelClosed = new Promise((resolve) => process.once('disconnect', resolve));

function load(path) {
  return createRequire(import.meta.url)(join(root, 'dist/src/launcher', path));
}

async function serve() {
  const { startEmbeddedPostgres } = load('embedded-postgres.js');
  const { removeDataDir } = load('data-dir.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-test-'));
  // Under root the server runs as another user, who has to pass through to its own folder.
  chmodSync(dataDir, 0o711);
  const log = (line) => process.stderr.write(`test database: ${line}\n`);
  try {
    const server = await startEmbeddedPostgres({ dataDir, log });
    try {
      if (process.connected) process.send({ url: server.url });
      await channelClosed;
    } finally {
      await server.stop();
    }
  } finally {
    await removeDataDir(dataDir);
  }
}

async function main() {
  if (!process.connected) throw new Error('This is started by test/support/global-setup.ts only.');
  if (!(await setupOrExplain({ quiet: true }))) return 1;
  await serve();
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`test database: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
