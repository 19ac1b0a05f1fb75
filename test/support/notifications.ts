import { textAt } from '../../src/shared/json';
import { PAYPAL, PAYPAL_WEBHOOK_ID, PAYPRO_KEY, PAYPRO_WEBHOOK_SECRET, type TestApp } from './app';
import { type Answer, call, eventually } from './http';
import { asPaypro } from './mandates';
import { listOf, numberOf, textOf } from './read';
import { type Gateway } from './sandbox';

/** From now on the simulators tell the app what happens, as the gateways would. */
export async function listen(app: TestApp): Promise<void> {
  await register(app, { gateway: 'paypal', account: PAYPAL.clientId, id: PAYPAL_WEBHOOK_ID });
  await register(app, { gateway: 'paypro', account: PAYPRO_KEY, secret: PAYPRO_WEBHOOK_SECRET });
}

/** PayPro tells nothing any more, as after somebody took its webhooks away. */
export async function unlisten(app: TestApp): Promise<void> {
  const listed = await asPaypro(app, { method: 'GET', path: '/webhooks' });
  for (const one of listOf(listed.body, 'data')) {
    const path = `/webhooks/${textOf(one, 'id')}`;
    const gone = await asPaypro(app, { method: 'DELETE', path });
    if (gone.status !== 200) throw new Error(`the webhook stays: ${gone.text}`);
  }
}

interface Webhook {
  readonly gateway: Gateway;
  readonly account: string;
  readonly id?: string;
  readonly secret?: string;
}

async function register(app: TestApp, webhook: Webhook): Promise<void> {
  const url = `${app.url}/api/notifications/${webhook.gateway}`;
  const body = { ...webhook, url };
  const made = await call({ url: app.sandboxUrl }, 'POST', '/_sandbox/webhooks', { body });
  if (made.status >= 300) throw new Error(`no webhook: ${made.text}`);
}

export interface StoredNotification {
  readonly id: string;
  readonly event_type: string;
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
}

/** What is stored about a payment, oldest first; by any id that a notification names. */
export async function notificationsOf(
  app: TestApp,
  id: string,
): Promise<readonly StoredNotification[]> {
  const answer = await listNotifications(app, '?limit=100');
  return listOf(answer.body, 'data')
    .filter((one) => JSON.stringify(one).includes(id))
    .map((one) => ({
      id: textOf(one, 'id'),
      event_type: textOf(one, 'event_type'),
      state: textOf(one, 'state'),
      attempts: numberOf(one, 'attempts'),
      error: textAt(one, 'error'),
    }))
    .reverse();
}

export function listNotifications(app: TestApp, query = ''): Promise<Answer> {
  return call(app, 'GET', `/api/notifications${query}`, { key: app.keys.staff });
}

/** As soon as nothing about the payment waits to be applied. */
export function appliedNotificationsOf(app: TestApp, id: string, count = 1) {
  return eventually(
    () => notificationsOf(app, id),
    (seen) => seen.length >= count && seen.every(({ state }) => state !== 'pending'),
  );
}

/** A round of work that the clock would begin. */
export async function runJob(app: TestApp, task: string): Promise<void> {
  await app.query('SELECT graphile_worker.add_job($1)', [task]);
  await eventually(
    () =>
      app.query(
        `SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = $1 AND run_at <= now()`,
        [task],
      ),
    (rows) => rows.length === 0,
  );
}

/** As if the pauses before the next tries were over. */
export async function endJobPauses(app: TestApp): Promise<void> {
  await app.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()');
}
