import { readId } from '../src/shared/id';
import { parseJson, textAt, valueAt } from '../src/shared/json';
import { post, until } from './ask';
import { type GatewayStage } from './gateway-stage';
import { percentile, rounded } from './statistics';
import { createBody } from './workloads';

/** So long for what takes milliseconds; a payment that takes longer was not told of. */
const PAID_WITHIN_MS = 30_000;
/** Between two looks at the payment: a hundredth of the target, and the looks leave most of a processor alone. */
const LOOK_MS = 1;
/** Between two looks whether everything has come to rest. */
const REST_LOOK_MS = 5;

export interface TimeToPaid {
  readonly payments: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
}

interface OpenPayment {
  readonly uuid: string;
  readonly payPage: string;
}

/**
 * How long it takes from the payer's click to `paid` while nothing else is to be done, one payment after the other.
 * Nobody comes back from the pay page, so the notification alone tells.
 */
export async function measureTimeToPaid(stage: GatewayStage, count: number): Promise<TimeToPaid> {
  await listen(stage);
  const payments: OpenPayment[] = [];
  for (let made = 0; made < count; made++) payments.push(await openPayment(stage));
  const times: number[] = [];
  for (const payment of payments) {
    await untilAtRest(stage);
    times.push(await pay(stage, payment));
  }
  return {
    payments: times.length,
    p50_ms: rounded(percentile(times, 0.5), 1),
    p99_ms: rounded(percentile(times, 0.99), 1),
  };
}

async function listen({ kassa, tools }: GatewayStage): Promise<void> {
  const { simulatorUrl, accounts } = tools;
  await post(`${simulatorUrl}/_sandbox/webhooks`, {
    gateway: 'paypro',
    account: accounts.payproKey,
    secret: accounts.webhookSecret,
    url: `${kassa.url}/api/notifications/paypro`,
  });
}

async function openPayment({ kassa, key }: GatewayStage): Promise<OpenPayment> {
  const made = await post(`${kassa.url}/api/payments`, createBody('paypro'), key);
  const uuid = readId('pay', textAt(made, 'id') ?? '');
  const payPage = textAt(made, 'checkout_url');
  if (uuid === null || payPage === null) throw new Error('a payment has no pay page');
  return { uuid, payPage };
}

/** Neither the simulator nor Kassa has anything left to do about what happened before. */
async function untilAtRest({ database, tools }: GatewayStage): Promise<void> {
  const isAtRest = async () => {
    const answer = await fetch(`${tools.simulatorUrl}/_sandbox/notifications`);
    if (valueAt(parseJson(await answer.text()), 'waiting') !== 0) return false;
    const { rowCount } = await database.query({
      name: 'find-pending',
      text: `SELECT FROM providers.notifications WHERE state = 'pending' LIMIT 1`,
    });
    return rowCount === 0;
  };
  const what = 'a rest before the next payment';
  await until(isAtRest, { what, pauseMs: REST_LOOK_MS, withinMs: PAID_WITHIN_MS });
}

/** Milliseconds from the answer of the pay page to the commit that makes the payment paid. */
async function pay({ database }: GatewayStage, { uuid, payPage }: OpenPayment): Promise<number> {
  const body = new URLSearchParams({ action: 'pay_no_return' });
  const answer = await fetch(payPage, { method: 'POST', body });
  const startMs = performance.now();
  const shown = answer.text();
  const isPaid = async () => {
    const { rowCount } = await database.query({
      name: 'find-paid',
      text: `SELECT FROM payments.payments WHERE id = $1 AND state = 'paid'`,
      values: [uuid],
    });
    return rowCount === 1;
  };
  const what = `${uuid} becoming paid`;
  await until(isPaid, { what, pauseMs: LOOK_MS, withinMs: PAID_WITHIN_MS });
  const tookMs = performance.now() - startMs;
  if (!answer.ok) throw new Error(`the pay page answered ${answer.status}: ${await shown}`);
  return tookMs;
}
