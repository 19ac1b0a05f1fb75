import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Set by the global setup; it reaches the workers because they inherit the environment. */
export const ADMIN_URL_SETTING = 'KASSA_TEST_ADMIN_URL';

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

async function runAsAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** One fresh database per spec file, so that files run side by side without seeing each other. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `kassa_test_${randomUUID().replaceAll('-', '')}`;
  await runAsAdmin(`CREATE DATABASE "${name}"`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => runAsAdmin(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}
