import { textAt } from '../../src/shared/json';
import { type Promised } from './crash-auditor';
import { ask, createBody } from './crash-scenarios';
import { type CrashWorld } from './crash-world';
import { type Answer } from './http';
import { pressOnPayPage } from './pay-page';
import { textOf } from './read';

/** Statuses that a caller may meet while the app, its database or nothing at all is down. */
const EXPECTED = [200, 201, 202, 409, 503];
/** Codes that ask for the same request again. */
const AGAIN = ['operation_in_progress', 'idempotency_key_in_flight', 'database_unavailable'];
const PAUSE_MS = 60;

export interface Shop {
  readonly world: CrashWorld;
  readonly random: () => number;
  /** True when nothing more will be settled by waiting: unknown is then the last word. */
  readonly isOver: () => boolean;
  /** What callers were told with a 2xx. */
  readonly promises: Promised[];
  /** Answers that nobody should ever get. */
  readonly surprises: string[];
}

/** One order of a shop that never gives up: every request is repeated with its key until there is an answer. */
export async function buy(shop: Shop, at: number): Promise<void> {
  const { world, random } = shop;
  const gateway = at % 2 === 0 ? 'paypal' : 'paypro';
  const body = createBody(world, gateway, `Order ${at}`);
  const made = await insist(shop, { path: '/api/payments', key: `buy-${at}`, body });
  if (made?.status !== 201) return;
  const id = textOf(made.body, 'id');
  const pay = () => pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
  const command = (verb: string, nth: number) =>
    insist(shop, { path: `/api/payments/${id}/${verb}`, key: `buy-${at}-${verb}-${nth}` });
  const dice = random();
  if (dice < 0.2) {
    await Promise.all([pay(), command('cancel', 1)]);
    return;
  }
  await pay();
  if (dice < 0.5) await Promise.all([command('approve', 1), command('cancel', 1)]);
  else if (dice < 0.8) await Promise.all([command('approve', 1), command('approve', 2)]);
  else await command('approve', 1);
}

interface Request {
  readonly path: string;
  readonly key: string;
  readonly body?: object;
}

/** The first answer that is final; the last one when the run is over. Null when there never was one. */
async function insist(shop: Shop, request: Request): Promise<Answer | null> {
  let last: Answer | null = null;
  for (;;) {
    const answer = await ask(shop.world, request).catch(() => null);
    if (answer) note(shop, request, answer);
    last = answer ?? last;
    const isFinal = answer !== null && !isAskedAgain(answer);
    if (isFinal || shop.isOver()) return last;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function isAskedAgain({ status, body }: Answer): boolean {
  return status === 202 || AGAIN.includes(textAt(body, 'code') ?? '');
}

function note({ promises, surprises }: Shop, { path }: Request, answer: Answer): void {
  const { status, body, text } = answer;
  if (!EXPECTED.includes(status)) surprises.push(`${status} on ${path}: ${text}`);
  const state = textAt(body, 'state');
  if (status === 200 || status === 201)
    promises.push({ payment: textOf(body, 'id'), state: state ?? '' });
}

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
