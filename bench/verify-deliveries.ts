import { hash } from 'node:crypto';
import { deepStrictEqual } from 'node:assert';
import { type Delivery, signedDelivery } from './deliveries';
import { type GatewayStage } from './gateway-stage';
import { parseJson, textAt } from '../src/shared/json';
import { forgetNotifications } from './seed';

const STORED = `
  SELECT account, event_id, event_type, body_sha256 FROM providers.notifications WHERE event_id = $1
  UNION ALL SELECT account, event_id, event_type, body_sha256 FROM bare.notifications WHERE event_id = $1`;

/** Throws where the two servers do not answer and store a delivery alike, or store its repeat. */
export async function verifyDeliveries(stage: GatewayStage): Promise<void> {
  const { kassa, bare, database, tools } = stage;
  const delivery = signedDelivery(tools.accounts.webhookSecret);
  const event = parseJson(delivery.body);
  const row = {
    account: 'paypro',
    event_id: textAt(event, 'id'),
    event_type: textAt(event, 'event_type'),
    body_sha256: hash('sha256', delivery.body, 'hex'),
  };
  for (const { url, name } of [kassa, bare, kassa, bare]) {
    deepStrictEqual(await deliver(url, delivery), [200, { received: true }], name);
  }
  const { rows } = await database.query(STORED, [row.event_id]);
  deepStrictEqual(rows, [row, row], 'the rows of a delivery');
  await forgetNotifications(database);
}

async function deliver(url: string, { body, headers }: Delivery) {
  const target = `${url}/api/notifications/paypro`;
  const answer = await fetch(target, { method: 'POST', body, headers });
  return [answer.status, parseJson(await answer.text())];
}
