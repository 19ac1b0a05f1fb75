import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '../../src/config';
import { type Caller } from '../../src/platform/auth/caller';
import { createLogger } from '../../src/platform/logging/logger';
import { readId } from '../../src/shared/id';
import { environmentSource } from '../../src/shared/settings-reader';
import { createApp } from '../../src/start-app';
import { settingsFor, type TestApp } from './app';
import { eventually } from './http';

/** The parts of a second process on the same database and gateways; its sweeper sleeps. */
export async function openParts(
  app: TestApp,
  changes: Readonly<Record<string, string>> = {},
): Promise<NestFastifyApplication> {
  const quiet = { ...settingsFor(app.databaseUrl, app.sandboxUrl), SWEEP_INTERVAL_MS: '60000' };
  const settings = { ...quiet, ...changes };
  const parts = await createApp(configOf(settings), createLogger('silent'));
  return parts.init();
}

export function configOf(settings: Readonly<Record<string, string>>) {
  return readConfig(environmentSource(settings, noFile));
}

function noFile(): string {
  throw new Error('no test setting comes from a file');
}

export const STAFF: Caller = { subject: 'test-staff', role: 'staff' };

/** The UUID behind `pay_…`. */
export function uuidOf(id: string): string {
  const uuid = readId('pay', id);
  if (uuid === null) throw new Error(`${id} is no payment's id`);
  return uuid;
}

/** What the database holds of a payment's newest operation, and the seconds until its next attempt. */
export async function newestOperation(app: TestApp, id: string) {
  const [row] = await app.query(
    `SELECT kind, slot, state, attempts, refusal, is_final, error_code, lease_until > now() AS is_leased,
       round(extract(epoch FROM next_attempt_at - now()))::int AS pause_s
     FROM payments.operations WHERE payment_id = $1 ORDER BY created_at DESC LIMIT 1`,
    [uuidOf(id)],
  );
  return row;
}

/** Moves an operation that nobody works on: its age, its lease, its next attempt, all in SQL. */
export async function moveOperation(app: TestApp, id: string, set: string): Promise<void> {
  await app.query(
    `UPDATE payments.operations SET ${set} WHERE payment_id = $1 AND state = 'unsettled'`,
    [uuidOf(id)],
  );
}

/** As if it had been sent so long ago; then the sweeper has its turn. */
export function ageOperation(app: TestApp, id: string, age: string): Promise<void> {
  const longAgo = `first_sent_at = clock_timestamp() - interval '${age}'`;
  return moveOperation(app, id, `${longAgo}, next_attempt_at = now(), lease_until = now()`);
}

/** A payment's newest operation, as soon as it waits for a person. */
export function inReview(app: TestApp, id: string) {
  return eventually(
    () => newestOperation(app, id),
    (seen) => seen?.['state'] === 'needs_review',
  );
}
