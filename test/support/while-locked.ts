import { Client } from 'pg';
import { type TestApp } from './app';
import { eventually } from './http';

/** Who waits for a lock of this database connection. */
const WAITING = 'SELECT pid FROM pg_stat_activity WHERE $1::int = ANY (pg_blocking_pids(pid))';

interface Statement {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

/**
 * The answer to a request that comes while a transaction holds `lock`. As soon as the request waits for it, the
 * transaction does the rest of its work and commits.
 */
export async function whileLocked<T>(
  app: TestApp,
  [lock, ...rest]: readonly [Statement, ...Statement[]],
  ask: () => Promise<T>,
): Promise<T> {
  const holder = new Client({ connectionString: app.databaseUrl });
  await holder.connect();
  try {
    const run = ({ sql, values = [] }: Statement) => holder.query(sql, [...values]);
    const [self] = (await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    await run({ sql: 'BEGIN' });
    await run(lock);
    let isAnswered = false;
    const asked = ask().finally(() => (isAnswered = true));
    asked.catch(() => undefined);
    // Whoever needs no lock is answered without waiting for it.
    await eventually(
      () => app.query(WAITING, [self?.pid]),
      (rows) => isAnswered || rows.length > 0,
    );
    for (const one of rest) await run(one);
    await run({ sql: 'COMMIT' });
    return await asked;
  } finally {
    await holder.end();
  }
}
