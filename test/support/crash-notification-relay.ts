import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, parseJson, textAt } from '../../src/shared/json';
import { addressOf, bodyOf } from './crash-gateway-proxy';
import { type Dice } from './crash-random';

/** What happens to notifications on their way, and how often. */
const RATES = { twice: 0.3, late: 0.1, reordered: 0.1, dropped: 0.04, forged: 0.1 } as const;

export type Mishap = keyof typeof RATES;

const LATE_MS = { min: 2_000, max: 8_000 };
/** Long enough for later ones to come first. */
const REORDER_MS = { min: 100, max: 1_500 };
/** Less than a gateway waits. */
const ANSWER_TIMEOUT_MS = 8_000;
/** The gateway was told that a late one arrived, so nobody else repeats it: for half a minute. */
const LATE_TRIES_MAX = 60;
const RETRY_MS = 500;
/** What comes late is under way at most this much longer. */
const SETTLE_WITHIN_MS = 40_000;

interface Letter {
  readonly account: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Stands between the gateways and the app's inbox: repeats, delays, swaps, loses and forges what they tell. */
export class NotificationRelay {
  isOn = true;
  readonly counts = new Map<Mishap, number>();
  /** As `account:event`. */
  readonly genuine = new Set<string>();
  readonly acknowledged = new Set<string>();
  /** Those of them that were not stored when the answer came. A list read later would hide that. */
  readonly premature = new Set<string>();
  /** Forgeries that were answered with success. */
  forgeriesTaken = 0;
  private readonly underWay = new Set<Promise<unknown>>();
  private forgeries = 0;
  private readonly server = createServer((incoming, response) => {
    const account = /\/api\/notifications\/(\w+)/.exec(incoming.url ?? '')?.[1] ?? '';
    const headers = textsOf(incoming.headers);
    bodyOf(incoming)
      .then((body) => this.take({ account, headers, body }))
      .then((status) => response.writeHead(status).end())
      .catch(() => response.destroy());
  });

  constructor(
    private readonly appUrl: () => string,
    private readonly dice: Dice,
    /** Whether the database holds it; throws while it is away. */
    private readonly isStored: (letter: { account: string; event: string }) => Promise<boolean>,
  ) {}

  /** Its address for an account. */
  async open(): Promise<(account: string) => string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = addressOf(this.server.address());
    return (account) => `http://127.0.0.1:${port}/api/notifications/${account}`;
  }

  /** Settles when nothing is under way any more. */
  async settle(): Promise<void> {
    await Promise.race([Promise.all(this.underWay), sleep(SETTLE_WITHIN_MS)]);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The status that the gateway gets. */
  private async take(letter: Letter): Promise<number> {
    this.genuine.add(nameOf(letter));
    if (!this.isOn) return this.deliver(letter);
    if (this.happens('forged')) this.track(this.forge(letter));
    if (this.happens('dropped')) return 200;
    if (this.happens('late')) {
      this.track(this.deliverLate(letter));
      return 200;
    }
    if (this.happens('reordered')) await sleep(this.between(REORDER_MS));
    if (this.happens('twice')) this.track(this.deliver(letter));
    return this.deliver(letter);
  }

  private happens(mishap: Mishap): boolean {
    const isHit = this.dice.chance(RATES[mishap]);
    if (isHit) this.counts.set(mishap, (this.counts.get(mishap) ?? 0) + 1);
    return isHit;
  }

  private between({ min, max }: { readonly min: number; readonly max: number }): number {
    return this.dice.between(min, max);
  }

  private track(work: Promise<unknown>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async deliver(letter: Letter): Promise<number> {
    const status = await post(this.appUrl(), letter);
    if (status >= 200 && status < 300) {
      this.acknowledged.add(nameOf(letter));
      this.track(this.checkStored(letter));
    }
    return status;
  }

  /** What was committed is there after a crash of the database as well, so the look can wait for it. */
  private async checkStored(letter: Letter): Promise<void> {
    const { account } = letter;
    for (let attempt = 0; attempt < LATE_TRIES_MAX; attempt++) {
      try {
        if (!(await this.isStored({ account, event: eventOf(letter) }))) {
          this.premature.add(nameOf(letter));
        }
        return;
      } catch {
        await sleep(RETRY_MS);
      }
    }
  }

  private async deliverLate(letter: Letter): Promise<void> {
    await sleep(this.between(LATE_MS));
    for (let attempt = 0; attempt < LATE_TRIES_MAX; attempt++) {
      if ((await this.deliver(letter)) < 300) return;
      await sleep(RETRY_MS);
    }
  }

  /** The same event under a name that nobody gave it, with a signature that was made for another one. */
  private async forge(letter: Letter): Promise<void> {
    this.forgeries += 1;
    const event = parseJson(letter.body.toString('utf8'));
    const name = textAt(event, 'id') ?? '';
    const ending = `F${String(this.forgeries).padStart(4, '0')}`;
    const id = `${name.slice(0, -ending.length)}${ending}`;
    const forged = { ...(isObject(event) ? event : {}), id };
    const status = await post(this.appUrl(), {
      ...letter,
      body: Buffer.from(JSON.stringify(forged)),
    });
    if (status >= 200 && status < 300) this.forgeriesTaken += 1;
  }
}

function nameOf(letter: Letter): string {
  return `${letter.account}:${eventOf(letter)}`;
}

function eventOf({ body }: Letter): string {
  return textAt(parseJson(body.toString('utf8')), 'id') ?? 'nameless';
}

/** 503 where nobody answers, as a load balancer would say. */
function post(base: string, { account, headers, body }: Letter): Promise<number> {
  return new Promise((resolve) => {
    const url = new URL(`/api/notifications/${account}`, base);
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': body.length },
      },
      (answer) => {
        answer.on('error', () => undefined);
        answer.resume();
        resolve(answer.statusCode ?? 503);
      },
    );
    sent.setTimeout(ANSWER_TIMEOUT_MS, () => sent.destroy());
    sent.on('error', () => resolve(503));
    sent.end(body);
  });
}

function textsOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const isOfConnection = ['connection', 'host', 'transfer-encoding'].includes(name);
    if (typeof value === 'string' && !isOfConnection) texts[name] = value;
  }
  return texts;
}
