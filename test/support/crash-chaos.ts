import { setTimeout as sleep } from 'node:timers/promises';
import { readId } from '../../src/shared/id';
import { type GatewayCall, referenceIn } from './crash-gateway-proxy';
import { type CrashPostgres } from './crash-postgres-server';
import { type Dice } from './crash-random';
import { referenceOfPath } from './crash-scenarios';
import { type CrashWorld } from './crash-world';

/** Where the app is when it dies. */
export const KILL_POINTS = {
  P1: 'while the intent is being committed',
  P2: 'the intent is committed and nothing was sent',
  P3: 'the request was sent and not carried out',
  P4: 'the request was carried out and the answer is under way',
  P5: 'the answer arrived and nothing is recorded',
  P6: 'while the outcome is being committed',
  P7: 'the outcome is recorded and the caller does not know',
} as const;

export type KillPoint = keyof typeof KILL_POINTS;
const POINT_NAMES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'] as const;

/** A kill that comes sooner meets no order, one that comes later meets orders that are done. */
const LIFE_MS = { min: 300, max: 1_800 };
/** With orders under way every point is met sooner; if it is not, the kill is one at random. */
const POINT_WITHIN_MS = 4_000;
const DOWN_MS = { min: 200, max: 1_500 };
/** A life and a start of the app, for the spread of the orders over the blows. */
const BLOW_MS = 2_000;
/** A process that starts while the database recovers gives up, which is right, and is started again. */
const STARTS_MAX = 5;

export interface ChaosPlan {
  readonly kills: number;
  readonly databaseStops: number;
}

export interface ChaosCounts {
  kills: number;
  databaseStops: number;
  readonly points: Map<KillPoint, number>;
}

type Blow = KillPoint | 'any' | 'database' | 'both';

interface Victims {
  readonly world: CrashWorld;
  readonly postgres: CrashPostgres;
}

/** Kills the app at random and at each named point, and the database now and then, until the plan is done. */
export class Chaos {
  readonly counts: ChaosCounts = { kills: 0, databaseStops: 0, points: new Map() };

  private blows = 0;
  /** Points that nobody came by; they are tried again in the place of a kill at random. */
  private readonly missed: KillPoint[] = [];
  private blowStartedAtMs = performance.now();

  constructor(
    private readonly victims: Victims,
    private readonly dice: Dice,
  ) {}

  async run(plan: ChaosPlan): Promise<void> {
    for (const blow of this.schedule(plan)) {
      this.blowStartedAtMs = performance.now();
      await this.strike(blow);
      this.blows += 1;
    }
  }

  /** Points at which the app was never killed, although the plan had room for each of them twice. */
  unmet({ kills }: ChaosPlan): readonly KillPoint[] {
    if (kills < 2 * POINT_NAMES.length) return [];
    return POINT_NAMES.filter((point) => !this.counts.points.has(point));
  }

  /** Blows that are over, and how far the present one is. */
  get progress(): number {
    const part = (performance.now() - this.blowStartedAtMs) / BLOW_MS;
    return this.blows + Math.min(part, 1);
  }

  /** Every point as often as it goes, the rest at random; a stop of the database sometimes meets a kill. */
  private schedule({ kills, databaseStops }: ChaosPlan): readonly Blow[] {
    const rounds = Math.max(1, Math.floor((kills * 3) / 4 / POINT_NAMES.length));
    const points = Array.from({ length: rounds }, () => POINT_NAMES)
      .flat()
      .slice(0, kills);
    const any: Blow[] = Array.from({ length: kills - points.length }, () => 'any');
    const both = Math.min(any.length, Math.floor(databaseStops / 3));
    const stops: Blow[] = Array.from({ length: databaseStops }, (_, at) =>
      at < both ? 'both' : 'database',
    );
    return this.dice.shuffled([...points, ...any.slice(both), ...stops]);
  }

  private async strike(blow: Blow): Promise<void> {
    const { min, max } = LIFE_MS;
    await sleep(this.dice.between(min, max));
    // It may have ended by itself, which the run complains about at its end.
    if (!this.victims.world.app.isRunning) await this.start();
    const chosen = blow === 'any' ? (this.missed.pop() ?? blow) : blow;
    switch (chosen) {
      case 'database':
        return this.crashDatabase(() => Promise.resolve());
      case 'both':
        return this.crashDatabase(() => this.kill());
      case 'any':
        await this.kill();
        return this.start();
      case 'P1':
      case 'P2':
      case 'P3':
      case 'P4':
      case 'P5':
      case 'P6':
      case 'P7':
        await this.killAt(chosen);
        return this.start();
    }
  }

  private async crashDatabase(meanwhile: () => Promise<void>): Promise<void> {
    const { postgres, world } = this.victims;
    await postgres.crash('SIGQUIT');
    this.counts.databaseStops += 1;
    await meanwhile();
    await sleep(this.dice.between(DOWN_MS.min, DOWN_MS.max));
    await postgres.restart();
    if (!world.app.isRunning) await this.start();
  }

  private async kill(): Promise<void> {
    this.counts.kills += 1;
    await this.victims.world.app.kill();
  }

  private async start(): Promise<void> {
    for (let start = 1; ; start++) {
      try {
        return await this.victims.world.app.start();
      } catch (error) {
        if (start >= STARTS_MAX) throw error;
      }
    }
  }

  private async killAt(point: KillPoint): Promise<void> {
    const { world } = this.victims;
    const isReached = await Promise.race([
      this.reach(point).then(() => true),
      sleep(POINT_WITHIN_MS, false),
    ]);
    await this.kill();
    world.postgres.disarm();
    world.gateways.disarm();
    if (isReached) this.counts.points.set(point, (this.counts.points.get(point) ?? 0) + 1);
    else this.missed.push(point);
  }

  private async reach(point: KillPoint): Promise<void> {
    const { postgres, gateways } = this.victims.world;
    const intent = this.dice.pick('insert-payment-with-intent', 'insert-operation');
    switch (point) {
      case 'P1':
        return postgres.hold(this.dice.pick('statement', 'committing'), intent);
      case 'P2':
        return postgres.hold('commit', intent);
      case 'P3':
        await gateways.hold('before', isCommand);
        return;
      case 'P4':
        await gateways.hold('after', isCommand);
        return;
      case 'P5':
        return this.whenAnswered((payment) => [
          postgres.hold('statement', 'insert-fact', payment),
          postgres.hold('statement', 'change-payment', payment),
        ]);
      case 'P6':
        return this.whenAnswered((payment) => [
          postgres.hold('committing', 'change-payment', payment),
        ]);
      case 'P7':
        return this.whenAnswered((payment) => [postgres.hold('commit', 'change-payment', payment)]);
    }
  }

  private async whenAnswered(hold: (payment: string) => readonly Promise<void>[]): Promise<void> {
    const { gateways } = this.victims.world;
    await new Promise<void>((resolve) => {
      gateways.beforeAnswer(isCommand, (call) => {
        const reference = referenceIn(call.body) ?? referenceOfPath(gateways, call.path);
        const payment = readId('pay', reference ?? '') ?? '';
        void Promise.race(hold(payment)).then(resolve);
      });
    });
  }
}

/** The calls that change something at a gateway. */
function isCommand({ method, path }: GatewayCall): boolean {
  if (method === 'DELETE') return path.includes('/payments/');
  return method === 'POST' && /\/(orders|payments|capture)$/.test(path);
}
