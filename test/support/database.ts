import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Set by the global setup; it reaches the workers because they inherit the environment. */
export const ADMIN_URL_SETTING = 'KASSA_TEST_ADMIN_URL';

/** The name of this run's migrated database; another one each time, because the migrations may be others. */
export const TEMPLATE_SETTING = 'KASSA_TEST_TEMPLATE';

export interface TestDatabase {
  /** A `postgres://` URL of an empty database that nobody else uses. */
  url: string;
  /** Closes what is still connected and removes the database. */
  drop(): Promise<void>;
}

function adminUrl(): string {
  const url = process.env[ADMIN_URL_SETTING];
  if (url) return url;
  throw new Error('There is no test database: this jest project needs the globalSetup.');
}

export async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One empty database per spec file, so that files run side by side without seeing each other. */
export function createTestDatabase(): Promise<TestDatabase> {
  return asAdmin((client) => createDatabase(client, ''));
}

/** `from`: what the statement says after the name. */
export async function createDatabase(admin: Client, from: string): Promise<TestDatabase> {
  const name = `kassa_test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`CREATE DATABASE "${name}" ${from}`);
  return { url: databaseUrl(name), drop: () => dropDatabase(name) };
}

export function databaseUrl(name: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** Closes what is still connected to it. */
export async function dropDatabase(name: string): Promise<void> {
  await asAdmin((client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}
