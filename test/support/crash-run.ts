import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PAYPAL, PAYPAL_WEBHOOK_ID, PAYPRO_KEY, PAYPRO_WEBHOOK_SECRET } from './app';
import { askOnce } from './crash-ask';
import { type Books } from './crash-auditor';
import { isStored, readBooks } from './crash-books';
import { Calming } from './crash-calm';
import { Chaos, type ChaosCounts, type ChaosPlan } from './crash-chaos';
import { type Shop } from './crash-clients';
import { type FaultKind, Faults } from './crash-faults';
import { History } from './crash-history';
import { type Mishap, NotificationRelay } from './crash-notification-relay';
import { order } from './crash-orders';
import { CrashPostgres } from './crash-postgres-server';
import { Dice } from './crash-random';
import { type Sabotage } from './crash-sabotage';
import { type CrashWorld, startCrashWorld } from './crash-world';

/** Shops that order at the same time. */
const CLIENTS = 60;
const ORDER_POLL_MS = 10;
/** What is still wrong so long after the last thing happened will not get better. */
const HOPELESS_AFTER_MS = 20_000;
/** What is broken on purpose was never expected to. */
const BROKEN_HOPELESS_AFTER_MS = 4_000;
/** So long the storm goes on after the last order began. */
const LAST_ORDERS_MS = 3_000;
/** Callers of a broken product may wait for ever. */
const BROKEN_PATIENCE_MS = 5_000;
const PROGRESS_MS = 10_000;

export interface RunOptions extends ChaosPlan {
  readonly payments: number;
  readonly seed: number;
  readonly sabotage: Sabotage | null;
}

export interface RunResult {
  readonly options: RunOptions;
  readonly chaos: ChaosCounts;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly mishaps: ReadonlyMap<Mishap, number>;
  readonly answers: ReadonlyMap<string, number>;
  readonly books: Books;
  readonly violations: readonly string[];
  readonly stormMs: number;
  /** From the end of the faults to the last answer that a caller, or a gateway with a late notification, waited for. */
  readonly callersDoneMs: number;
  /** From the end of the faults until nothing was left to settle. */
  readonly convergedAfterMs: number;
}

/** Orders under kills, crashes and faults, then calm, then the audit. */
export async function crashRun(
  options: RunOptions,
  say: (line: string) => void,
): Promise<RunResult> {
  const opened: (() => Promise<unknown>)[] = [];
  const run = new Run(options, say).go(opened);
  try {
    return await Promise.race([run, untilStopped()]);
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

/** Nothing may stay behind: the database would, because it is in a process group of its own. */
async function untilStopped(): Promise<never> {
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
  throw new Error(`stopped by ${signal}`);
}

class Run {
  private readonly history = new History();
  private readonly faults: Faults;
  private isOver = false;
  private taken = 0;
  private done = 0;

  constructor(
    private readonly options: RunOptions,
    private readonly say: (line: string) => void,
  ) {
    this.faults = new Faults(this.dice('faults'), options.sabotage?.slowCreates ?? null);
  }

  async go(opened: (() => Promise<unknown>)[]): Promise<RunResult> {
    const { options, history, faults } = this;
    const { world, postgres } = await this.open(opened);
    const relay = await this.openRelay(world, opened);
    const later: Promise<void>[] = [];
    const due = new Set<string>();
    const shop: Shop = { world, history, later, due, isOver: () => this.isOver };
    const chaos = new Chaos({ world, postgres }, this.dice('chaos'));
    const startedAtMs = performance.now();
    const progress = setInterval(() => this.report(chaos.counts, startedAtMs), PROGRESS_MS);
    opened.push(() => Promise.resolve(clearInterval(progress)));
    const running = await this.storm(shop, chaos);
    faults.isOn = false;
    const calmAtMs = performance.now();
    await world.gateways.settle();
    await this.finish(running);
    await Promise.all(later);
    relay.isOn = false;
    await relay.settle();
    const stormMs = calmAtMs - startedAtMs;
    const callersDoneMs = performance.now() - calmAtMs;
    const read = () =>
      readBooks(world, {
        promises: history.promises,
        wronged: faults.wronged,
        notifications: relay,
        due,
      });
    const calm = await new Calming(world, this.dice('checks'), read).settle(
      options.sabotage === null ? HOPELESS_AFTER_MS : BROKEN_HOPELESS_AFTER_MS,
    );
    this.isOver = true;
    const ends = world.app.ownEnds.map((said) => `the app ended by itself: ${said}`);
    const unmet = chaos.unmet(options).map((point) => `the app was never killed at ${point}`);
    return {
      options,
      chaos: chaos.counts,
      faults: faults.counts,
      mishaps: relay.counts,
      answers: history.answers,
      books: calm.books,
      violations: [
        ...calm.violations,
        ...history.complaints,
        ...ends,
        ...unmet,
        ...proofless(options, calm.books),
      ],
      stormMs,
      callersDoneMs,
      convergedAfterMs: callersDoneMs + calm.convergedAfterMs,
    };
  }

  private dice(name: string): Dice {
    return new Dice({ seed: this.options.seed, name });
  }

  private async open(opened: (() => Promise<unknown>)[]) {
    const { sabotage } = this.options;
    const folder = mkdtempSync(join(tmpdir(), 'kassa-crash-gateways-'));
    opened.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
    const postgres = await CrashPostgres.open();
    opened.push(() => postgres.close());
    const world = await startCrashWorld({
      settings: { DATABASE_POOL_SIZE: '20' },
      database: { url: postgres.url, drop: () => Promise.resolve() },
      faultOf: (call) => this.faults.faultOf(call),
      sandboxFile: join(folder, 'gateways.jsonl'),
      preload: sabotage?.preload ?? null,
    });
    opened.push(() => world.close());
    for (const sql of sabotage?.database ?? []) await world.query(sql);
    return { world, postgres };
  }

  private async openRelay(world: CrashWorld, opened: (() => Promise<unknown>)[]) {
    const relay = new NotificationRelay(
      () => world.app.url,
      this.dice('notifications'),
      (letter) => isStored(world, letter),
    );
    const urlOf = await relay.open();
    opened.push(() => relay.close());
    const webhooks = [
      { gateway: 'paypal', account: PAYPAL.clientId, id: PAYPAL_WEBHOOK_ID },
      { gateway: 'paypro', account: PAYPRO_KEY, secret: PAYPRO_WEBHOOK_SECRET },
    ];
    for (const webhook of webhooks) {
      const body = { ...webhook, url: urlOf(webhook.gateway) };
      await askOnce(world.sandboxUrl, { method: 'POST', path: '/_sandbox/webhooks', body });
    }
    return relay;
  }

  /** Orders come evenly over the whole time of the chaos; the last of them when it is over. */
  private async storm(shop: Shop, chaos: Chaos): Promise<ReadonlySet<Promise<void>>> {
    let isCalm = false;
    const raging = chaos.run(this.options).finally(() => (isCalm = true));
    // It is awaited below; until then a failure must not end the process.
    raging.catch(() => undefined);
    const { payments, seed, kills, databaseStops } = this.options;
    const running = new Set<Promise<void>>();
    const blows = kills + databaseStops;
    const allowed = () => (blows === 0 ? payments : (payments * chaos.progress) / blows);
    for (let at = 0; at < payments; at++) {
      while (running.size >= CLIENTS || (!isCalm && at >= allowed())) await sleep(ORDER_POLL_MS);
      this.taken = at + 1;
      const one = order(shop, { at, seed }).finally(() => {
        this.done += 1;
        running.delete(one);
      });
      running.add(one);
    }
    await raging;
    await Promise.race([Promise.all(running), sleep(LAST_ORDERS_MS)]);
    return running;
  }

  /** Callers get their last answers when the storm is over; those of a broken product may wait for ever. */
  private async finish(running: ReadonlySet<Promise<void>>): Promise<void> {
    const isBroken = this.options.sabotage !== null;
    const patience = isBroken ? [sleep(BROKEN_PATIENCE_MS)] : [];
    await Promise.race([Promise.all(running), ...patience]);
    if (isBroken) this.isOver = true;
    await Promise.all(running);
  }

  private report({ kills, databaseStops }: ChaosCounts, startedAtMs: number): void {
    const seconds = Math.round((performance.now() - startedAtMs) / 1000);
    const { taken, done } = this;
    this.say(`${seconds} s: ${taken} orders, ${done} done, ${kills} kills, ${databaseStops} stops`);
  }
}

/** Of the orders of a run; the rest is declined, canceled or refused on purpose. */
const PAID_SHARE_MIN = 0.2;

/** A storm in which hardly anybody paid proves nothing about money, however clean its books are. */
function proofless({ sabotage }: RunOptions, { payments, captures, notifications }: Books) {
  if (sabotage !== null) return [];
  const complaints: string[] = [];
  if (captures.length < payments.length * PAID_SHARE_MIN) {
    complaints.push(`only ${captures.length} of ${payments.length} payments took money`);
  }
  if (notifications.stored.size < captures.length) {
    complaints.push(`only ${notifications.stored.size} notifications were stored`);
  }
  return complaints;
}
