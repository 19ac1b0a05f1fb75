import { Pool } from 'pg';
import { generateApiKey, hashApiKey } from '../../src/platform/auth/api-key';
import { startSandbox } from '../../src/sandbox/start-sandbox';
import { newId } from '../../src/shared/id';
import { PAYPAL, PAYPAL_WEBHOOK_ID, PAYPRO_KEY, PAYPRO_WEBHOOK_SECRET, settingsFor } from './app';
import { compileApp, CrashApp, startSandboxProcess } from './crash-app';
import {
  type GatewayCall,
  type GatewayFault,
  type GatewayProxy,
  startGatewayProxy,
} from './crash-gateway-proxy';
import { type PostgresProxy, startPostgresProxy } from './crash-postgres-proxy';
import { type TestDatabase } from './database';
import { createMigratedDatabase } from './database-template';
import { askOnce } from './crash-ask';
import { call } from './http';
import { textOf } from './read';

/** Where orders are sent, and where the books about them are. */
export interface CrashSite {
  readonly app: { readonly url: string };
  readonly sandboxUrl: string;
  readonly key: string;
  readonly customer: string;
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/** The app as a process that may die, between a database and gateways that do not. */
export interface CrashWorld extends CrashSite {
  readonly app: CrashApp;
  readonly databaseUrl: string;
  readonly gateways: GatewayProxy;
  readonly postgres: PostgresProxy;
  close(): Promise<void>;
}

export interface CrashWorldOptions {
  /** Over the ordinary ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Instead of one on the server of the test run. */
  readonly database?: TestDatabase;
  /** What goes wrong at the gateways by itself. */
  readonly faultOf?: (call: GatewayCall) => GatewayFault;
  /** Keeps the simulators in a process of their own, with their memory in this file. */
  readonly sandboxFile?: string;
  /** How far away the database is; transactions then take long enough to meet. */
  readonly databaseLatencyMs?: number;
  /** Loaded by the app before its own code. */
  readonly preload?: string | null;
}

/** Starts all of it; the app reaches the database and the gateways through the proxies. */
export async function startCrashWorld(options: CrashWorldOptions = {}): Promise<CrashWorld> {
  const opened: (() => Promise<unknown>)[] = [];
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
  options: CrashWorldOptions,
  opened: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<CrashWorld> {
  const { settings, sandboxFile, faultOf, preload } = options;
  const database = options.database ?? (await createMigratedDatabase());
  opened.push(() => database.drop());
  await compileApp();
  const sandbox = await openSandbox(sandboxFile);
  opened.push(() => sandbox.close());
  const gateways = await startGatewayProxy(sandbox.url, faultOf);
  opened.push(() => gateways.close());
  const postgres = await startPostgresProxy(database.url, options.databaseLatencyMs);
  opened.push(() => postgres.close());
  const app = new CrashApp(
    {
      ...settingsFor(postgres.url, gateways.url),
      // As many as an operator has who sets nothing.
      JOBS_AT_ONCE: '8',
      ...(await webhookSettings(sandbox.url)),
      // The port changes with every start; links stay the same behind an address of their own.
      PUBLIC_URL: 'https://pay.example',
      ...settings,
    },
    preload,
  );
  opened.push(() => app.kill());
  await app.start();
  const pool = new Pool({ connectionString: database.url, max: 2 });
  // The server of some tests dies on purpose; the pool then connects anew.
  pool.on('error', () => undefined);
  opened.push(() => pool.end());
  const key = generateApiKey();
  await pool.query(
    `INSERT INTO platform.api_keys (id, hash, subject, role, label)
     VALUES ($1, $2, 'crash-user', 'user', 'test')`,
    [newId(), hashApiKey(key)],
  );
  const made = await call(app, 'POST', '/api/customers', { key, body: { name: 'Donny' } });
  return {
    app,
    databaseUrl: database.url,
    sandboxUrl: sandbox.url,
    gateways,
    postgres,
    key,
    customer: textOf(made.body, 'id'),
    query: async (sql, values = []) => {
      const result = await pool.query<Record<string, unknown>>(sql, [...values]);
      return result.rows;
    },
    close,
  };
}

/** The app believes the simulators' signatures, as an operator would make it believe the gateways'. */
async function webhookSettings(sandboxUrl: string): Promise<Record<string, string>> {
  const ca = await askOnce(sandboxUrl, { method: 'GET', path: '/_sandbox/paypal/ca' });
  return {
    PAYPAL__WEBHOOK_ID: PAYPAL_WEBHOOK_ID,
    PAYPAL__WEBHOOK_CERT_URLS: `${sandboxUrl}/paypal/v1/notifications/certs/`,
    PAYPAL__WEBHOOK_CA: textOf(ca.body, 'pem'),
    PAYPRO__WEBHOOK_SECRETS: PAYPRO_WEBHOOK_SECRET,
  };
}

function openSandbox(file: string | undefined) {
  if (file !== undefined) {
    const accounts = { SANDBOX_PAYPAL_ACCOUNTS: `${PAYPAL.clientId}:${PAYPAL.secret}` };
    const keys = { SANDBOX_PAYPRO_KEYS: PAYPRO_KEY };
    return startSandboxProcess({ SANDBOX_DATA_FILE: file, ...accounts, ...keys });
  }
  return startSandbox({
    host: '127.0.0.1',
    port: 0,
    paypalAccounts: [PAYPAL],
    payproKeys: [PAYPRO_KEY],
  });
}
