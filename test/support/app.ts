import { Pool } from 'pg';
import { readConfig } from '../../src/config';
import { generateApiKey, hashApiKey } from '../../src/platform/auth/api-key';
import { type Role } from '../../src/platform/auth/caller';
import { type LogFields, Logger } from '../../src/platform/logging/log';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/start-sandbox';
import { newId } from '../../src/shared/id';
import { environmentSource } from '../../src/shared/settings-reader';
import { type RunningApp, startApp } from '../../src/start-app';
import { createMigratedDatabase } from './database-template';
import { call, forgetAnswersOf } from './http';
import { textOf } from './read';

/** Accounts at the simulators; the second PayPal account sees none of the first one's orders. */
export const PAYPAL = { clientId: 'e2e-client', secret: 'e2e-secret-that-nobody-may-see' };
export const PAYPAL_BE = { clientId: 'e2e-client-be', secret: 'e2e-secret-be' };
export const PAYPRO_KEY = 'pp_e2e0123456789abcdefghijABCDEFGHIJ';
export const PAYPAL_WEBHOOK_ID = '8PT597110X687430L';
export const PAYPRO_WEBHOOK_SECRET = '996QF2kLfVcmF8hzikZVfeB7GPH2RdP7';

type Settings = Readonly<Record<string, string>>;

export interface TestAppOptions {
  /** Ordinary settings, over the ones below; a function where they need the simulators' address. */
  readonly settings?: Settings | ((sandboxUrl: string) => Settings);
  /** How the program is started; without it inside of the test. */
  readonly start?: (settings: Settings, log: LogLines) => Promise<RunningApp>;
}

export interface TestApp {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
  readonly keys: { readonly staff: string; readonly user: string; readonly other: string };
  /** A customer of `keys.user` and one of `keys.other`. */
  readonly customers: { readonly user: string; readonly other: string };
  /** What was logged, in order. */
  readonly log: readonly LogLine[];
  /** For what no route shows: reads, and what time or an operator would have done. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  makeKey(key: NewKey): Promise<string>;
  close(): Promise<void>;
}

export interface LogLine extends LogFields {
  readonly level: string;
  readonly message: string;
}

export interface NewKey {
  readonly subject: string;
  readonly role: Role;
  readonly expiresAt?: Date;
  /** Where the settings name it already; left out: a new one. */
  readonly key?: string;
}

/** The whole program as it runs in production, over real HTTP, on a database and simulators of its own. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    return await open(options, opened, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  { settings = {}, start = startInside }: TestAppOptions,
  opened: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<TestApp> {
  const database = await createMigratedDatabase();
  opened.push(() => database.drop());
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    paypalAccounts: [PAYPAL, PAYPAL_BE],
    payproKeys: [PAYPRO_KEY],
  });
  opened.push(() => sandbox.close());
  const log = new LogLines();
  const changes = typeof settings === 'function' ? settings(sandbox.url) : settings;
  const values = {
    ...settingsFor(database.url, sandbox.url),
    ...webhookSettings(sandbox),
    ...changes,
  };
  const app = await start(values, log);
  opened.push(() => app.close());
  forgetAnswersOf(app);
  const pool = new Pool({ connectionString: database.url, max: 2 });
  opened.push(() => pool.end());
  const makeKey = (key: NewKey): Promise<string> => storeKey(pool, key);
  const keys = {
    staff: await makeKey({ subject: 'test-staff', role: 'staff' }),
    user: await makeKey({ subject: 'test-user', role: 'user' }),
    other: await makeKey({ subject: 'test-other', role: 'user' }),
  };
  return {
    url: app.url,
    sandboxUrl: sandbox.url,
    databaseUrl: database.url,
    keys,
    customers: {
      user: await makeCustomer(app.url, keys.user, 'Walter'),
      other: await makeCustomer(app.url, keys.other, 'Sobchak'),
    },
    log: log.lines,
    query: async (sql, given = []) => {
      const result = await pool.query<Record<string, unknown>>(sql, [...given]);
      return result.rows;
    },
    makeKey,
    close,
  };
}

/** A configuration like an operator's; that the gateways are simulated is only in the base URLs. */
export function settingsFor(databaseUrl: string, sandboxUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '10',
    HOST: '127.0.0.1',
    PORT: '0',
    DEMO: 'false',
    LOG_LEVEL: 'silent',
    SWEEP_INTERVAL_MS: '200',
    // Half of what an operator has: they need connections. Two of one account still run side by side.
    JOBS_AT_ONCE: '4',
    RATE_LIMIT_PER_MINUTE: '1000000',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '1000000',
    PROVIDERS: 'paypal,paypro',
    PAYPAL__CLIENT_ID: PAYPAL.clientId,
    PAYPAL__CLIENT_SECRET: PAYPAL.secret,
    PAYPAL__MODE: 'sandbox',
    PAYPAL__BASE_URL: `${sandboxUrl}/paypal`,
    PAYPRO__API_KEY: PAYPRO_KEY,
    PAYPRO__MODE: 'sandbox',
    PAYPRO__BASE_URL: `${sandboxUrl}/paypro`,
  };
}

/** What an operator copies from the gateways' dashboards; nothing is sent before `listen` of notifications.ts. */
export function webhookSettings({ url, paypalCaPem }: RunningSandbox): Record<string, string> {
  return {
    PAYPAL__WEBHOOK_ID: PAYPAL_WEBHOOK_ID,
    PAYPAL__WEBHOOK_CERT_URLS: `${url}/paypal/v1/notifications/certs/`,
    PAYPAL__WEBHOOK_CA: paypalCaPem,
    PAYPRO__WEBHOOK_SECRETS: PAYPRO_WEBHOOK_SECRET,
  };
}

/** As `npm run keys` stores one. */
async function storeKey(
  pool: Pool,
  { subject, role, expiresAt, key = generateApiKey() }: NewKey,
): Promise<string> {
  await pool.query(
    `INSERT INTO platform.api_keys (id, hash, subject, role, label, expires_at)
     VALUES ($1, $2, $3, $4, 'test', $5)`,
    [newId(), hashApiKey(key), subject, role, expiresAt ?? null],
  );
  return key;
}

async function makeCustomer(url: string, key: string, name: string): Promise<string> {
  const made = await call({ url }, 'POST', '/api/customers', { key, body: { name } });
  if (made.status !== 201) throw new Error(`no customer: ${made.text}`);
  return textOf(made.body, 'id');
}

/** Keeps what is logged. */
export class LogLines extends Logger {
  readonly lines: LogLine[] = [];

  debug(fields: LogFields, message = ''): void {
    this.lines.push({ ...fields, level: 'debug', message });
  }
  info(fields: LogFields, message = ''): void {
    this.lines.push({ ...fields, level: 'info', message });
  }
  warn(fields: LogFields, message = ''): void {
    this.lines.push({ ...fields, level: 'warn', message });
  }
  error(fields: LogFields, message = ''): void {
    this.lines.push({ ...fields, level: 'error', message });
  }
}

function startInside(settings: Settings, log: LogLines): Promise<RunningApp> {
  return startApp(readConfig(environmentSource(settings, noFile)), log);
}

function noFile(): string {
  throw new Error('no test setting comes from a file');
}
