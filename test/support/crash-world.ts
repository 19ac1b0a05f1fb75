import { Pool } from 'pg';
import { generateApiKey, hashApiKey } from '../../src/platform/auth/api-key';
import { startSandbox } from '../../src/sandbox/start-sandbox';
import { newId } from '../../src/shared/id';
import { PAYPAL, PAYPRO_KEY, settingsFor } from './app';
import { compileApp, CrashApp } from './crash-app';
import { type GatewayProxy, startGatewayProxy } from './crash-gateway-proxy';
import { type PostgresProxy, startPostgresProxy } from './crash-postgres-proxy';
import { createTestDatabase, type TestDatabase } from './database';
import { call } from './http';
import { textOf } from './read';

/** The app as a process that may die, between a database and gateways that do not. */
export interface CrashWorld {
  readonly app: CrashApp;
  readonly databaseUrl: string;
  readonly sandboxUrl: string;
  readonly gateways: GatewayProxy;
  readonly postgres: PostgresProxy;
  readonly key: string;
  readonly customer: string;
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Starts all of it; the app reaches the database and the gateways through the proxies. */
export async function startCrashWorld(
  settings: Readonly<Record<string, string>> = {},
  database?: TestDatabase,
): Promise<CrashWorld> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    return await open(
      { settings, database: database ?? (await createTestDatabase()) },
      opened,
      close,
    );
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  given: { settings: Readonly<Record<string, string>>; database: TestDatabase },
  opened: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<CrashWorld> {
  const { settings, database } = given;
  opened.push(() => database.drop());
  await compileApp();
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    paypalAccounts: [PAYPAL],
    payproKeys: [PAYPRO_KEY],
  });
  opened.push(() => sandbox.close());
  const gateways = await startGatewayProxy(sandbox.url);
  opened.push(() => gateways.close());
  const postgres = await startPostgresProxy(database.url);
  opened.push(() => postgres.close());
  const app = new CrashApp({
    ...settingsFor(postgres.url, gateways.url),
    // The port changes with every start; links stay the same behind an address of their own.
    PUBLIC_URL: 'https://pay.example',
    ...settings,
  });
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
