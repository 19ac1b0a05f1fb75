import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ConfigError, readConfig } from '../../src/config';
import { MIGRATION_LOCK } from '../../src/platform/database/migrate';
import { createLogger } from '../../src/platform/logging/logger';
import { environmentSource } from '../../src/shared/settings-reader';
import { startApp, startWorker } from '../../src/start-app';
import { PAYPAL, settingsFor, startTestApp, type TestApp } from '../support/app';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { configOf } from '../support/integration-parts';
import { makePayment } from '../support/payments';

type Settings = Readonly<Record<string, string>>;

/** Nobody has to answer there: a start does not call a gateway. */
const NOWHERE = 'http://127.0.0.1:9';

/** Six seconds are the limit where nobody migrates. */
const LONGER_THAN_ANY_ANSWER_MS = 7_000;

/** Several polls of a worker, and less than the four seconds for which a lock is waited for. */
const LOCKED_MS = 2_500;

/** Jobs that nobody took yet. */
async function untouched(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE attempts = 0',
  );
  return rows[0]?.count ?? -1;
}

async function start(settings: Settings): Promise<void> {
  const app = await startApp(configOf(settings), createLogger('silent'));
  await app.close();
}

describe('a start on a database', () => {
  let app: TestApp;
  let fresh: TestDatabase;
  beforeAll(async () => {
    app = await startTestApp({
      settings: (sandboxUrl) => ({
        PROVIDERS: 'paypal,paypro,paypal_be',
        PAYPAL_BE__TYPE: 'paypal',
        PAYPAL_BE__CLIENT_ID: PAYPAL.clientId,
        PAYPAL_BE__CLIENT_SECRET: PAYPAL.secret,
        PAYPAL_BE__MODE: 'sandbox',
        PAYPAL_BE__BASE_URL: `${sandboxUrl}/paypal`,
      }),
    });
    fresh = await createTestDatabase();
  });
  afterAll(async () => {
    await app?.close();
    await fresh?.drop();
  });

  it('is refused while an account that is not configured has payments under way', async () => {
    await makePayment(app, 'paypal_be');
    await makePayment(app, 'paypal_be');
    const refused = start(settingsFor(app.databaseUrl, NOWHERE));
    await expect(refused).rejects.toThrow(
      'PROVIDERS lacks accounts that have unfinished payments, refunds or operations: paypal_be (2). ' +
        'Add them again until their payments have ended and GET /api/operations names none of them.',
    );
  });

  it('is refused while an operation of one that has ended is open', async () => {
    await app.query(`UPDATE payments.payments SET state = 'canceled' WHERE account = 'paypal_be'`);
    const changed = await app.query(
      `UPDATE payments.operations SET state = 'needs_review', settled_at = NULL WHERE payment_id =
         (SELECT min(id::text)::uuid FROM payments.payments WHERE account = 'paypal_be') RETURNING id`,
    );
    expect(changed).toHaveLength(1);
    const refused = start(settingsFor(app.databaseUrl, NOWHERE));
    await expect(refused).rejects.toThrow('paypal_be (1)');
    await app.query(
      `UPDATE payments.operations SET state = 'succeeded', settled_at = now() WHERE state = 'needs_review'`,
    );
  });

  it('is allowed again when they have ended', async () => {
    await start(settingsFor(app.databaseUrl, NOWHERE));
  });

  it('for a demonstration is refused on real money', async () => {
    const demo = { ...settingsFor(app.databaseUrl, NOWHERE), DEMO: 'true' };
    await expect(start(demo)).rejects.toThrow('This database holds real payments');
  });

  it('with real money is refused on a demonstration', async () => {
    const settings = settingsFor(fresh.url, NOWHERE);
    await start({ ...settings, DEMO: 'true' });
    await start({ ...settings, DEMO: 'true' });
    await expect(start(settings)).rejects.toThrow('This database holds a demonstration');
  });

  it('by a demonstration worker is refused before it takes a job, however long the answer takes', async () => {
    const books = await createTestDatabase();
    const other = new Client({ connectionString: books.url });
    try {
      const settings = settingsFor(books.url, NOWHERE);
      await start({ ...settings, RUN_JOBS: 'false' });
      await other.connect();
      await other.query(`SELECT graphile_worker.add_job('forget-idempotency-keys')`);
      await other.query('BEGIN');
      await other.query('LOCK TABLE platform.installation');
      const demo = { ...settings, DEMO: 'true', SWEEP_INTERVAL_MS: '100' };
      const refused = startWorker(configOf(demo), createLogger('silent')).then(
        () => 'started',
        (error: unknown) => String(error),
      );
      expect(await Promise.race([refused, sleep(LOCKED_MS, 'waiting')])).toBe('waiting');
      expect(await untouched(other)).toBe(1);
      await other.query('COMMIT');
      expect(await refused).toContain('This database holds real payments');
      expect(await untouched(other)).toBe(1);
    } finally {
      await other.end();
      await books.drop();
    }
  });

  it('waits for a migration of another process longer than for any other answer', async () => {
    const empty = await createTestDatabase();
    const other = new Client({ connectionString: empty.url });
    try {
      await other.connect();
      await other.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const started = start(settingsFor(empty.url, NOWHERE));
      await Promise.race([started, sleep(LONGER_THAN_ANY_ANSWER_MS)]);
      await other.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await started;
    } finally {
      await other.end();
      await empty.drop();
    }
  });

  it('by two processes at once works on an empty database', async () => {
    const empty = await createTestDatabase();
    try {
      const settings = settingsFor(empty.url, NOWHERE);
      await Promise.all([start(settings), start(settings)]);
    } finally {
      await empty.drop();
    }
  });
});

describe('a configuration', () => {
  let folder: string;
  const complete = settingsFor('postgres://kassa:top-secret@127.0.0.1/kassa', NOWHERE);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kassa-settings-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function problemsOf(settings: Readonly<Record<string, string | undefined>>): readonly string[] {
    try {
      readConfig(environmentSource(settings, (path) => readFileSync(path, 'utf8')));
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const value of Object.values(settings)) {
        if (value && /wrong|top-secret/.test(value)) expect(error.message).not.toContain(value);
      }
      return error.problems.map(({ name }) => name);
    }
  }

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** The configuration with one secret from a file. */
  function withFile(path: string): Readonly<Record<string, string | undefined>> {
    return { ...complete, PAYPRO__API_KEY: undefined, PAYPRO__API_KEY_FILE: path };
  }

  it('that is complete has no problem', () => {
    expect(problemsOf(complete)).toEqual([]);
  });

  it('that is wrong names every problem once, with its cure and never with its value', () => {
    const wrong = {
      ...complete,
      DATABASE_URL: undefined,
      DATABASE_POOL_SIZE: 'wrong-7',
      PORT: 'wrong-port',
      DEMO: 'wrong-demo',
      LOG_LEVEL: 'wrong-level',
      SWEEP_INTERVAL_MS: '1',
      DEFAULT_PROVIDER: 'wrong-provider',
      PAYPAL__MODE: 'wrong-mode',
      PAYPAL__CLIENT_SECRET: undefined,
      PAYPAL__BASE_URL: 'wrong url',
      PAYPAL__CLIENT_SECRETT: 'wrong-spelling',
      PAYPRO__API_KEY: undefined,
    };
    expect([...problemsOf(wrong)].sort()).toEqual([
      'DATABASE_POOL_SIZE',
      'DATABASE_URL',
      'DEFAULT_PROVIDER',
      'DEMO',
      'LOG_LEVEL',
      'PAYPAL__BASE_URL',
      'PAYPAL__CLIENT_SECRET',
      'PAYPAL__CLIENT_SECRETT',
      'PAYPAL__MODE',
      'PAYPRO__API_KEY',
      'PORT',
      'SWEEP_INTERVAL_MS',
    ]);
  });

  it('that names an account of no known kind says so', () => {
    expect(problemsOf({ ...complete, PROVIDERS: 'paypal,paypro,stripe' })).toEqual([
      'STRIPE__TYPE',
    ]);
  });

  it('may keep a secret in a file, with or without a line end', () => {
    for (const text of ['pp_key', 'pp_key\n', 'pp_key\r\n']) {
      expect(problemsOf(withFile(file('key', text)))).toEqual([]);
    }
  });

  it('takes the file without its line end', () => {
    const path = file('url', 'postgres://kassa:pass@db/kassa\n');
    const settings = { ...complete, DATABASE_URL: undefined, DATABASE_URL_FILE: path };
    const source = environmentSource(settings, (at) => readFileSync(at, 'utf8'));
    expect(readConfig(source).database.DATABASE_URL).toBe('postgres://kassa:pass@db/kassa');
  });

  it.each([
    ['is empty', () => file('empty', '')],
    ['holds nothing but a line end', () => file('blank', '\n')],
    ['is not there', () => join(folder, 'missing')],
    ['is a folder', () => folder],
  ])('with a file that %s is wrong', (_, path) => {
    expect(problemsOf(withFile(path()))).toEqual(['PAYPRO__API_KEY']);
  });

  it('with a setting and its file is wrong, whichever would have won', () => {
    const both = { ...complete, PAYPRO__API_KEY_FILE: file('both', 'pp_other') };
    expect(problemsOf(both)).toEqual(['PAYPRO__API_KEY']);
  });

  it('with a file that may not be read is wrong', () => {
    const path = file('locked', 'pp_key');
    chmodSync(path, 0o000);
    const read = (at: string) => {
      // Root reads everything, so the refusal is the reader's here.
      if (at === path) throw new Error('EACCES');
      return readFileSync(at, 'utf8');
    };
    const source = environmentSource(withFile(path), read);
    expect(() => readConfig(source)).toThrow('cannot be read');
  });
});
