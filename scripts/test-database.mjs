/**
 * Runs one PostgreSQL for a test run and belongs to it: it reports `{ url }` over IPC, and when the
 * channel closes, however the test run ended, it stops the server and removes every file of it.
 */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
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

/** Nothing of it is kept, so nothing needs to outlive a power cut; killing the server loses nothing all the same. */
const SHORT_LIVED = [
  'fsync = off',
  'full_page_writes = off',
  "min_wal_size = '32MB'",
  "max_wal_size = '64MB'",
];

/**
 * Spares the thousands of connections of a run some work: for each, both sides would hash the password 4,096 times. It is
 * asked for in clear words instead, on the loopback, where the server listens and nowhere else.
 */
async function makeShortLived(url) {
  const { Client } = createRequire(import.meta.url)('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of SHORT_LIVED) await client.query(`ALTER SYSTEM SET ${setting}`);
    const { rows } = await client.query('SHOW hba_file');
    const access = readFileSync(rows[0].hba_file, 'utf8');
    writeFileSync(rows[0].hba_file, access.replaceAll('scram-sha-256', 'password'));
    await client.query('SET scram_iterations = 1');
    const password = client.escapeLiteral(decodeURIComponent(new URL(url).password));
    await client.query(`ALTER ROLE CURRENT_USER PASSWORD ${password}`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

const MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
/** Each server needs some 200 MB, and a whole run has five of them. */
const PLENTY_BYTES = 4 * 1024 ** 3;

/** Memory where there is plenty of it, unless we were told where: each copy of a database makes a thousand files. */
function hasPlentyOfMemory() {
  const { TMPDIR, TMP, TEMP } = process.env;
  if (TMPDIR || TMP || TEMP || !existsSync(MEMORY)) return false;
  const { type, bavail, bsize } = statfsSync(MEMORY);
  return type === TMPFS && Math.min(bavail * bsize, process.availableMemory()) >= PLENTY_BYTES;
}

function makeFolder() {
  try {
    if (hasPlentyOfMemory()) return mkdtempSync(join(MEMORY, 'kassa-test-'));
  } catch {
    // Not ours to write in, then.
  }
  return mkdtempSync(join(tmpdir(), 'kassa-test-'));
}

async function serve() {
  const { startEmbeddedPostgres } = load('embedded-postgres.js');
  const { removeDataDir } = load('data-dir.js');
  const dataDir = makeFolder();
  // Under root the server runs as another user, who has to pass through to its own folder.
  chmodSync(dataDir, 0o711);
  const log = (line) => process.stderr.write(`test database: ${line}\n`);
  try {
    const server = await startEmbeddedPostgres({ dataDir, log });
    try {
      await makeShortLived(server.url);
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
