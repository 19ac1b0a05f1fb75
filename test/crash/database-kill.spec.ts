import { readBooks } from '../support/crash-books';
import { type Calm, Calming } from '../support/crash-calm';
import { type Shop } from '../support/crash-clients';
import { History } from '../support/crash-history';
import { order } from '../support/crash-orders';
import { CrashPostgres } from '../support/crash-postgres-server';
import { Dice } from '../support/crash-random';
import { within } from '../support/crash-within';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { call, eventually } from '../support/http';

const ORDERS = 16;
/** Orders are in the middle of things by then. */
const LOAD_MS = 400;
/** A lease (10 s), the sweeper's turns, and a busy machine. */
const CALM_WITHIN_MS = 40_000;

/** What is still wrong so long after the last thing happened will not get better. */
const HOPELESS_AFTER_MS = 10_000;

describe('a database server that is killed', () => {
  let server: CrashPostgres;
  let world: CrashWorld;
  let shop: Shop;
  let calm: Calm;
  let recoveredAfterMs: number;
  let isOver = false;
  const whileDown: Record<string, number> = {};

  beforeAll(async () => {
    server = await CrashPostgres.open();
    const database = { url: server.url, drop: () => Promise.resolve() };
    world = await startCrashWorld({ database });
    shop = { world, history: new History(), later: [], due: new Set(), isOver: () => isOver };
    const orders = Array.from({ length: ORDERS }, (_, at) => order(shop, { at, seed: 1 }));
    await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
    await server.crash('SIGKILL');
    for (const path of ['/health/live', '/health/ready', '/api/payments']) {
      whileDown[path] = (await call(world.app, 'GET', path, { key: world.key })).status;
    }
    await server.restart();
    const backAtMs = performance.now();
    await eventually(
      () => call(world.app, 'GET', '/health/ready'),
      ({ status }) => status === 200,
    );
    recoveredAfterMs = performance.now() - backAtMs;
    await within(CALM_WITHIN_MS, 'every order has its answer', Promise.all(orders));
    await Promise.all(shop.later);
    const read = () => readBooks(world, { promises: shop.history.promises, due: shop.due });
    calm = await new Calming(world, new Dice({ seed: 1, name: 'checks' }), read).settle(
      HOPELESS_AFTER_MS,
    );
  }, 120_000);

  afterAll(async () => {
    isOver = true;
    await world?.close();
    await server?.close();
  });

  it('leaves the process alive, and readiness and requests say 503', () => {
    expect(whileDown).toEqual({ '/health/live': 200, '/health/ready': 503, '/api/payments': 503 });
  });

  it('is missed by nobody five seconds after it is back', () => {
    expect(recoveredAfterMs).toBeLessThan(5_000);
  });

  it('shows callers nothing but 503, unknown outcomes and requests to try again', () => {
    expect(shop.history.complaints).toEqual([]);
  });

  it('costs no order and no money', () => {
    expect(calm.violations).toEqual([]);
    expect(calm.books.payments.length).toBeGreaterThanOrEqual(ORDERS);
    expect(calm.books.captures.length).toBeGreaterThan(0);
  });
});
