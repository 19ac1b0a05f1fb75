import { Client } from 'pg';
import { type Queryable } from '../../src/platform/database/database';

/** Together below the time that a check has; a database that works answers within milliseconds. */
const CONNECT_TIMEOUT_MS = 4_000;
const ANSWER_TIMEOUT_MS = 4_000;

/** A connection on which the server refuses every write. */
export interface ReadOnlyDatabase extends Queryable {
  readonly name: string;
  close(): void;
}

export async function openReadOnly(url: string): Promise<ReadOnlyDatabase> {
  const client = new Client({
    connectionString: url,
    application_name: 'kassa doctor',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  });
  // Without a listener a connection that breaks would end the process; the next question reports it.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET default_transaction_read_only = on');
  await client.query(`SET statement_timeout = ${ANSWER_TIMEOUT_MS}`);
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  return {
    name: rows[0]?.name ?? '',
    query: async ({ text }, values) => {
      const result = await client.query<RowOf<never>>(text, [...values]);
      return result.rows;
    },
    close: () => void client.end().catch(() => undefined),
  };
}

type RowOf<Row> = Row extends object ? Row : never;
