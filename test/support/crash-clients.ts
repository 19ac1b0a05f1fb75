import { setTimeout as sleep } from 'node:timers/promises';
import { textAt } from '../../src/shared/json';
import { askOnce, NoAnswer, type Question, type Reply } from './crash-ask';
import { type History } from './crash-history';
import { type Dice } from './crash-random';
import { type CrashSite } from './crash-world';

/** Answers that a caller may get while the app, its database, a gateway or nothing at all is down. */
const EXPECTED =
  /^(200|201|202|409 [a-z_]+|502 provider_account_problem|503 (provider|database)_unavailable)$/;
/** Codes that ask for the same request again. */
const AGAIN: readonly string[] = [
  'operation_in_progress',
  'idempotency_key_in_flight',
  'database_unavailable',
  'provider_unavailable',
];
const PAUSE_MS = { min: 30, max: 400 };
/** A caller that gets no final answer for so long goes away; what it began is finished without it. */
const PATIENCE_MS = 20_000;

/** Callers of one world, and all that they were told. */
export interface Shop {
  readonly world: CrashSite;
  readonly history: History;
  /** What payers still mean to do. */
  readonly later: Promise<void>[];
  /** Payments that are approved without the shop, and whose payers agreed. */
  readonly due: Set<string>;
  /** True when nobody should ask any more. */
  readonly isOver: () => boolean;
}

/** A command, with the key under which it is repeated. */
export interface Command {
  readonly path: string;
  readonly idempotencyKey: string;
  readonly body?: object;
  /** The payment that it is about, when that is known. */
  readonly payment: string | null;
}

/**
 * Sends a command again and again under its key until the answer is final. Null when there was none before the
 * caller lost its patience.
 */
export async function insist(shop: Shop, command: Command, dice: Dice): Promise<Reply | null> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (performance.now() < untilMs && !shop.isOver()) {
    const answer = await send(shop, { method: 'POST', ...command }, command.payment);
    if (answer && !isAskedAgain(answer)) return answer;
    await sleep(dice.between(PAUSE_MS.min, PAUSE_MS.max));
  }
  return null;
}

/** One look at a payment; what it shows goes into the history. */
export async function look(shop: Shop, payment: string): Promise<void> {
  await send(shop, { method: 'GET', path: `/api/payments/${payment}` }, payment);
}

/** Null when the connection broke, as it does when the app is killed. */
async function send(
  { world, history }: Shop,
  question: Question,
  payment: string | null,
): Promise<Reply | null> {
  const sofar = history.sofar(payment);
  try {
    const answer = await askOnce(world.app.url, { ...question, key: world.key });
    history.heard(answer, sofar);
    const code = textAt(answer.body, 'code');
    const label = code === null ? String(answer.status) : `${answer.status} ${code}`;
    if (!EXPECTED.test(label)) {
      history.complain(`${label} on ${question.path}: ${JSON.stringify(answer.body)}`);
    }
    return answer;
  } catch (error) {
    if (error instanceof NoAnswer) history.complain(error.message);
    return null;
  }
}

function isAskedAgain({ status, body }: Reply): boolean {
  return status === 202 || AGAIN.includes(textAt(body, 'code') ?? '');
}
