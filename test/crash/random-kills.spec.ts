import { audit } from '../support/crash-auditor';
import { readBooks } from '../support/crash-books';
import { buy, randomFrom, type Shop } from '../support/crash-clients';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { eventually } from '../support/http';
import { textAt } from '../../src/shared/json';

/** The same seed gives the same orders and pauses; what meets what still depends on the machine. */
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const KILLS = Number(process.env['CRASH_KILLS'] ?? 8);
const ORDERS_PER_LIFE = 5;
/** A kill that comes sooner meets no order, one that comes later meets orders that are done. */
const LIFE_MS = { min: 100, max: 900 };
/** A lease (10 s), the sweeper's turns, and a busy machine. */
const CALM_WITHIN_MS = 45_000;

describe(`orders while the app is killed at random (CRASH_SEED=${SEED})`, () => {
  let world: CrashWorld;
  let shop: Shop;
  let isOver = false;

  beforeAll(async () => {
    world = await startCrashWorld();
    const random = randomFrom(SEED);
    shop = { world, random, isOver: () => isOver, promises: [], surprises: [] };
    const orders: Promise<void>[] = [];
    for (let life = 0; life <= KILLS; life++) {
      for (let n = 0; n < ORDERS_PER_LIFE; n++) orders.push(buy(shop, orders.length));
      const { min, max } = LIFE_MS;
      await new Promise((resolve) => setTimeout(resolve, min + random() * (max - min)));
      if (life === KILLS) break;
      await world.app.kill();
      await world.app.start();
    }
    await calm();
    isOver = true;
    await Promise.all(orders);
    await calm();
  }, 120_000);
  afterAll(async () => {
    isOver = true;
    await world?.close();
  });

  /** Until nothing is unfinished but what PayPro may still show for a day. */
  async function calm(): Promise<void> {
    await eventually(unsettled, (left) => left.every(isWaitedForADay), CALM_WITHIN_MS);
  }

  const unsettled = () =>
    world.query(`SELECT o.kind, o.state, o.error_code, p.account FROM payments.operations o
      JOIN payments.payments p ON p.id = o.payment_id WHERE o.settled_at IS NULL`);

  const isWaitedForADay = (row: object) =>
    textAt(row, 'account') === 'paypro' &&
    textAt(row, 'kind') === 'create' &&
    textAt(row, 'error_code') === 'not_found';

  it('loses nothing, takes nothing twice and leaves nothing behind', async () => {
    await world.query(`UPDATE payments.operations SET next_attempt_at = now(),
      first_sent_at = first_sent_at - interval '25 hours' WHERE settled_at IS NULL`);
    await eventually(unsettled, (left) => left.length === 0, CALM_WITHIN_MS);
    const told = shop.promises.filter(({ state }) => state !== 'initialized');
    const books = await readBooks(world, told);
    expect(audit(books)).toEqual([]);
    // The run was one: orders were made, paid and acknowledged.
    expect(books.payments.length).toBeGreaterThanOrEqual((KILLS + 1) * ORDERS_PER_LIFE - 2);
    expect(books.captures.length).toBeGreaterThan(KILLS);
    expect(told.length).toBeGreaterThan(books.payments.length);
  });

  it('answers nobody with an error that is ours', () => {
    expect(shop.surprises).toEqual([]);
  });
});
