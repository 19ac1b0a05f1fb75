import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDataDir } from '../../src/launcher/data-dir';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/launcher/embedded-postgres';
import { findPostgresPackage } from '../../src/launcher/postgres/package';
import { readPidFile } from '../../src/launcher/postgres/pid-file';
import { audit } from '../support/crash-auditor';
import { readBooks } from '../support/crash-books';
import { buy, randomFrom, type Shop } from '../support/crash-clients';
import { within } from '../support/crash-within';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { call, eventually } from '../support/http';

const ORDERS = 16;
/** Orders are in the middle of things by then. */
const LOAD_MS = 400;
/** A lease (10 s), the sweeper's turns, and a busy machine. */
const CALM_WITHIN_MS = 40_000;

describe('a database server that is killed', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  let world: CrashWorld;
  let shop: Shop;
  let recoveredAfterMs: number;
  let isOver = false;
  const whileDown: Record<string, number> = {};

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'kassa-crash-'));
    // Under root the server runs as another user, who has to pass through to its own folder.
    chmodSync(dataDir, 0o711);
    server = await startServer();
    world = await startCrashWorld({}, { url: server.url, drop: () => Promise.resolve() });
    shop = {
      world,
      random: randomFrom(1),
      isOver: () => isOver,
      promises: [],
      surprises: [],
    };
    const orders = Array.from({ length: ORDERS }, (_, at) => buy(shop, at * 2));
    await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
    await killServer();
    for (const path of ['/health/live', '/health/ready', '/api/payments']) {
      whileDown[path] = (await call(world.app, 'GET', path, { key: world.key })).status;
    }
    server = await startServer();
    const backAtMs = performance.now();
    await eventually(
      () => call(world.app, 'GET', '/health/ready'),
      ({ status }) => status === 200,
    );
    recoveredAfterMs = performance.now() - backAtMs;
    await within(CALM_WITHIN_MS, 'every order has its answer', Promise.all(orders));
    await eventually(
      () => world.query('SELECT kind, state FROM payments.operations WHERE settled_at IS NULL'),
      (unsettled) => unsettled.length === 0,
      CALM_WITHIN_MS,
    );
  }, 60_000);

  afterAll(async () => {
    isOver = true;
    await world?.close();
    await server?.stop();
    await removeDataDir(dataDir);
  });

  function startServer(): Promise<EmbeddedPostgres> {
    return startEmbeddedPostgres({ dataDir, log: () => undefined });
  }

  async function killServer(): Promise<void> {
    const pid = readPidFile(join(dataDir, `pg${findPostgresPackage().major}`))?.pid;
    if (pid === undefined) throw new Error('no server');
    process.kill(pid, 'SIGKILL');
    await within(10_000, 'the server is gone', server.ended);
  }

  it('leaves the process alive, and readiness and requests say 503', () => {
    expect(whileDown).toEqual({ '/health/live': 200, '/health/ready': 503, '/api/payments': 503 });
  });

  it('is missed by nobody five seconds after it is back', () => {
    expect(recoveredAfterMs).toBeLessThan(5_000);
  });

  it('shows callers nothing but 503, unknown outcomes and requests to try again', () => {
    expect(shop.surprises).toEqual([]);
  });

  it('costs no order and no money', async () => {
    const books = await readBooks(world, shop.promises);
    expect(audit(books)).toEqual([]);
    expect(books.payments).toHaveLength(ORDERS);
    expect(books.captures.length).toBeGreaterThan(0);
  });
});
