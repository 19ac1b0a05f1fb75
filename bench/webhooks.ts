import { type Client } from 'pg';
import { valueAt } from '../src/shared/json';
import { post, until } from './ask';
import { type GatewayStage } from './gateway-stage';
import { readUsage, runLoad } from './processes';
import { Receiver } from './receiver';
import { rounded } from './statistics';

/** Makes the payments; how fast that goes is not measured here. */
const CONNECTIONS = 8;
/** Even a slow machine delivers what is asked for here in this time. */
const WITHIN_MS = 120_000;
const LOOK_MS = 20;

export interface WebhookRun {
  readonly endpoints: number;
  readonly payments: number;
}

export interface WebhookRate extends WebhookRun {
  readonly deliveries: number;
  readonly per_s: number;
  readonly cpu_us_per_delivery: number;
}

/**
 * How fast events of real payments reach endpoints that answer at once. They are held back until all payments are
 * made, so that the making is not measured with them.
 */
export async function measureWebhooks(stage: GatewayStage, run: WebhookRun): Promise<WebhookRate> {
  const { kassa, database, tools, staffKey } = stage;
  const receiver = await Receiver.start(tools.parts);
  for (let made = 1; made <= run.endpoints; made++) {
    const body = { url: `${receiver.url}/${made}` };
    await post(`${kassa.url}/api/webhook-endpoints`, body, staffKey);
  }
  await untilAllHandedOn(database);
  const deliveries = (await publish(stage, run.payments)) * run.endpoints;
  const before = await readUsage(kassa);
  await database.query('COMMIT');
  const all = { what: `${deliveries} webhooks`, pauseMs: LOOK_MS, withinMs: WITHIN_MS };
  await until(() => Promise.resolve(receiver.count >= deliveries), all);
  const after = await readUsage(kassa);
  await until(async () => (await countDelivered(database)) === deliveries, all);
  if (receiver.count !== deliveries) throw new Error('a webhook was sent twice');
  return {
    ...run,
    deliveries,
    per_s: rounded(((deliveries - 1) * 1000) / (receiver.lastMs - receiver.firstMs), 0),
    cpu_us_per_delivery: rounded((after.cpuUs - before.cpuUs) / deliveries, 0),
  };
}

const AHEAD = `SELECT count(*)::int AS count FROM platform.events e, webhooks.relay r
  WHERE (e.tx_id, e.id) > (r.tx_id, r.event_id)`;

/** What happened before is handed on to nobody. */
async function untilAllHandedOn(database: Client): Promise<void> {
  const wanted = { what: 'handing on all events', pauseMs: LOOK_MS, withinMs: WITHIN_MS };
  await until(async () => (await count(database, AHEAD)) === 0, wanted);
}

/** Makes payments while we hold the mark of what was handed on, and leaves it held. Returns the number of events. */
async function publish(stage: GatewayStage, payments: number): Promise<number> {
  const { load, kassa, key, requests, database } = stage;
  await database.query('BEGIN');
  await database.query('SELECT FROM webhooks.relay FOR UPDATE');
  const job = { url: kassa.url, key, connections: CONNECTIONS, requests: requests.create };
  const { failed } = await runLoad(load, { ...job, amount: payments });
  if (failed > 0) throw new Error(`${failed} payments were not made`);
  return count(database, AHEAD);
}

function countDelivered(database: Client): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM webhooks.deliveries WHERE state = 'delivered'`;
  return count(database, sql);
}

async function count(database: Client, sql: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(sql);
  return Number(valueAt(rows, 0, 'count'));
}
