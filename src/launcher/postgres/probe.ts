import { Client } from 'pg';
import { systemCode } from '../launcher-error';

/** A server on this machine answers in milliseconds; one that is frozen never does. */
const PROBE_TIMEOUT_MS = 2_000;
/** A new database is a copy of files, which takes its time on a busy disk. */
const CREATE_TIMEOUT_MS = 120_000;

const INVALID_PASSWORD = '28P01';
const UNKNOWN_DATABASE = '3D000';

/** `silent` covers a server that is still starting or already stopping: it may change. */
export type Answer = 'ready' | 'wrong_password' | 'silent';

interface Where {
  readonly port: number;
  readonly password: string;
  readonly database: string;
}

export function databaseUrl(where: Where): string {
  return `postgres://kassa:${where.password}@127.0.0.1:${where.port}/${where.database}`;
}

interface Statement {
  readonly sql: string;
  readonly timeoutMs: number;
}

async function query(url: string, { sql, timeoutMs }: Statement): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // A connection that breaks later reports it here as well; without a listener that ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The code of the error that a trivial statement meets; null when it works. */
async function whyNot(where: Where, timeoutMs: number): Promise<string | null> {
  try {
    await query(databaseUrl(where), { sql: 'SELECT 1', timeoutMs });
    return null;
  } catch (error) {
    return systemCode(error) ?? 'unknown';
  }
}

/** Asks a server whether it takes our password and runs a statement. */
export async function askServer(port: number, password: string): Promise<Answer> {
  const reason = await whyNot({ port, password, database: 'postgres' }, PROBE_TIMEOUT_MS);
  if (reason === null) return 'ready';
  return reason === INVALID_PASSWORD ? 'wrong_password' : 'silent';
}

/** Creates the database of the service unless an earlier start did. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  // Connecting tells whether it exists; creating it again would put an error into the server's log.
  const reason = await whyNot({ port, password, database: 'kassa' }, CREATE_TIMEOUT_MS);
  if (reason !== UNKNOWN_DATABASE) return;
  const url = databaseUrl({ port, password, database: 'postgres' });
  await query(url, { sql: 'CREATE DATABASE kassa', timeoutMs: CREATE_TIMEOUT_MS });
}
