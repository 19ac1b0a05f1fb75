import { readId } from '../../src/shared/id';
import { type TestApp } from './app';
import { type Answer, call, eventually } from './http';
import { expectStatus } from './payments';
import { listOf, textOf } from './read';

export interface MadeEndpoint {
  readonly id: string;
  readonly secret: string;
}

/** Staff's calls to `/api/webhook-endpoints`. */
export function endpointsOf(app: TestApp) {
  const as = (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> =>
    call(app, method, `/api/webhook-endpoints${path}`, { key: app.keys.staff, body, headers });
  return {
    as,
    make: async (body: object): Promise<MadeEndpoint> => {
      const made = await as('POST', '', body);
      expectStatus(made, 201);
      return { id: textOf(made.body, 'id'), secret: textOf(made.body, 'secret') };
    },
    /** Newest first. */
    deliveries: async (id: string, query = ''): Promise<readonly unknown[]> => {
      const listed = await as('GET', `/${id}/deliveries${query}`);
      expectStatus(listed, 200);
      return listOf(listed.body, 'data');
    },
  };
}

/** As if the pauses before all next attempts were over; nobody waits in real time for that. */
export async function endWebhookPauses(app: TestApp): Promise<void> {
  await app.query(
    `UPDATE webhooks.deliveries SET next_attempt_at = now()
     WHERE state = 'pending' AND next_attempt_at > now()`,
  );
  await app.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND run_at > now()`,
  );
}

/** Waits until every event that was published by now was handed on. */
export async function relayed(app: TestApp): Promise<void> {
  const sql = `SELECT NOT EXISTS (SELECT FROM platform.events e, webhooks.relay r
    WHERE (e.tx_id, e.id) > (r.tx_id, r.event_id)) AS is_done`;
  await eventually(
    async () => (await app.query(sql))[0]?.['is_done'],
    (isDone) => isDone === true,
  );
}

/** Waits until everything was handed on and nothing is left to do before a pause is over. */
export async function webhooksIdle(app: TestApp): Promise<void> {
  await relayed(app);
  const sql = `SELECT count(*)::int AS due FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier LIKE 'send-%webhook%' AND (j.locked_at IS NOT NULL OR j.run_at <= now())`;
  await eventually(
    async () => (await app.query(sql))[0]?.['due'],
    (due) => due === 0,
  );
}

export function uuidOfEndpoint(id: string): string {
  const uuid = readId('whe', id);
  if (uuid === null) throw new Error(`${id} is no endpoint's id`);
  return uuid;
}
