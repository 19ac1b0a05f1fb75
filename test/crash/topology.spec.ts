import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBooks } from '../support/crash-books';
import { Calming } from '../support/crash-calm';
import { type Shop } from '../support/crash-clients';
import { History } from '../support/crash-history';
import { order } from '../support/crash-orders';
import { Dice } from '../support/crash-random';
import { Refunds } from '../support/crash-refunds';
import { CrashTopology } from '../support/crash-topology';

const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
/** `CRASH_SABOTAGE=no-row-lock` breaks the app on purpose: then this has to fail. */
const SABOTAGE = process.env['CRASH_SABOTAGE'];
const PRELOAD = join(__dirname, `../../dist/test/crash/sabotage/${SABOTAGE}.js`);

const CLIENTS = 10;
/** Between two blows, so that orders are under way at each of them. */
const LIFE_MS = 1_500;
/** What is still wrong so long after the last thing happened will not get better. */
const HOPELESS_AFTER_MS = 15_000;
/** Every deadline inside says more than this one: it only ends what hangs. */
const WITHIN_MS = 400_000;

/** Orders, one after the other per client, until all parts were killed; a paid one gives a part of its money back. */
async function ordersUntil(shop: Shop, refunds: Refunds, isStruck: () => boolean): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (!isStruck()) {
      const at = next++;
      await order(shop, { at, seed: SEED });
      await refunds.ask(at, new Dice({ seed: SEED, name: `refund ${at}` }));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await Promise.all(shop.later);
}

async function killInTurn(topology: CrashTopology): Promise<void> {
  for (const name of topology.names) {
    await sleep(LIFE_MS);
    await topology.kill(name);
  }
  await sleep(LIFE_MS);
}

describe(`two APIs, two workers, a database and gateways (CRASH_SEED=${SEED})`, () => {
  let topology: CrashTopology;
  let isStopped = false;
  beforeAll(async () => {
    topology = await CrashTopology.open(
      SABOTAGE === undefined ? {} : { NODE_OPTIONS: `--require ${JSON.stringify(PRELOAD)}` },
    );
  }, WITHIN_MS);
  afterAll(async () => {
    if (!isStopped) await topology?.close();
  }, WITHIN_MS);

  it(
    'lose nothing and double nothing while each of them is killed in turn under load',
    async () => {
      const history = new History();
      const due = new Set<string>();
      const shop: Shop = { world: topology, history, later: [], due, isOver: () => false };
      const refunds = new Refunds(shop);
      let isStruck = false;
      const killing = killInTurn(topology).finally(() => (isStruck = true));
      await Promise.all([killing, ordersUntil(shop, refunds, () => isStruck)]);
      const read = () => readBooks(topology, { promises: history.promises, due });
      const dice = new Dice({ seed: SEED, name: 'checks' });
      const { books, violations } = await new Calming(topology, dice, read).settle(
        HOPELESS_AFTER_MS,
      );
      // Nobody stands between the gateways and the app here, so it is not known what they sent.
      const complaints = violations.filter((one) => !one.startsWith('notification '));
      expect([...complaints, ...history.complaints]).toEqual([]);
      expect(await refunds.complaints()).toEqual([]);
      // A storm in which hardly anybody paid proves nothing about money.
      expect(books.captures.length).toBeGreaterThan(books.payments.length / 5);
      expect(refunds.count).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );

  it(
    'stop in order',
    async () => {
      isStopped = true;
      const { code, said } = await topology.close();
      expect(said).toContain('Stopping');
      expect(code).toBe(0);
    },
    WITHIN_MS,
  );
});
